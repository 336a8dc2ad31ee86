import {
  readSubdivisions,
  type SubdivisionFile,
} from '../imports/subdivisions/read-subdivisions.ts';
import { serveTask } from './task.ts';

export interface ReadSubdivisionsTask {
  path: string;
  /** what its user calls the file */
  name: string;
}

await serveTask<ReadSubdivisionsTask, SubdivisionFile>(({ path, name }) =>
  readSubdivisions(path, name),
);
