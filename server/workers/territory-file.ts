import { readTerritoryFile } from '../imports/territory/read-territory-file.ts';
import type { TerritoryFileContent } from '../imports/territory/territory-file.ts';
import { serveTask } from './task.ts';

export interface TerritoryFileTask {
  /** name of the file, for messages */
  file: string;
  bytes: Uint8Array;
  byArea: boolean;
}

await serveTask<TerritoryFileTask, TerritoryFileContent>(({ bytes, file, byArea }) =>
  readTerritoryFile(bytes, file, byArea),
);
