import { officialCommunes } from '../imports/cpts-list/official-communes.ts';
import {
  type Asked,
  type Found,
  type LoadedPlace,
  placeBook,
} from '../imports/cpts-list/place-book.ts';
import { readPassages } from '../imports/passages.ts';
import { serveTask } from './task.ts';

/** Communes of another year to find among those loaded. */
export interface OldCommunesTask {
  loaded: LoadedPlace[];
  /** paths of the tables of code changes */
  passages: string[];
  asked: Asked[];
}

await serveTask<OldCommunesTask, Found[]>(({ loaded, passages, asked }) =>
  asked.map(placeBook(loaded, officialCommunes(), readPassages(passages))),
);
