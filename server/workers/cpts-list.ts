import type { ListContent } from '../imports/cpts-list/list-rows.ts';
import { readListRows } from '../imports/cpts-list/list-rows.ts';
import { officialCommunes } from '../imports/cpts-list/official-communes.ts';
import { type Found, type LoadedPlace, placeBook } from '../imports/cpts-list/place-book.ts';
import { readPassages } from '../imports/passages.ts';
import { serveTask } from './task.ts';

export interface CptsListTask {
  /** name of the file, for messages */
  file: string;
  bytes: Uint8Array;
  loaded: LoadedPlace[];
  /** paths of the tables of code changes */
  passages: string[];
}

/** A list, and what each of its rows was found to be. */
export interface MatchedList extends ListContent {
  found: Found[];
}

await serveTask<CptsListTask, MatchedList>(({ bytes, file, loaded, passages }) => {
  const content = readListRows(bytes, file);
  const find = placeBook(loaded, officialCommunes(), readPassages(passages));
  return { ...content, found: content.rows.map(find) };
});
