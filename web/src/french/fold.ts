export { foldName as fold } from '../../../server/core/fold-name.ts';
