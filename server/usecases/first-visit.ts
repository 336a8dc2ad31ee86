import type { Kysely } from 'kysely';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import type { Schema } from '../db/schema.ts';
import { shownPoles } from './analyse-poles.ts';
import { packedMatrix } from './flow-matrix.ts';
import { keptPlaceNames } from './place-names.ts';
import type { LoadedRegion } from './region-state.ts';

/** Makes what a page asks for at its opening before any page does, so that the first waits for no more than the others. */
export interface FirstVisit {
  /** Begins anew for a region; what was under way for another is given up. */
  prepare(region: LoadedRegion): void;
  /** Settles once all is made, given up or failed. */
  done(): Promise<void>;
  /** Gives up what is left; the database may be closed after it. */
  close(): Promise<void>;
}

/** `onFailure` is told of what could not be made: who asks for it will be told in turn. */
export function firstVisit(
  database: () => Kysely<Schema>,
  onFailure: (error: unknown) => void,
): FirstVisit {
  let under = new AbortController();
  let last: Promise<void> = Promise.resolve();
  return {
    prepare(region) {
      under.abort();
      under = new AbortController();
      const { signal } = under;
      const before = last;
      last = before
        .then(() => makeFirstAnswers(database(), region, signal))
        .catch((error: unknown) => {
          if (!signal.aborted) onFailure(error);
        });
    },
    done: () => last,
    close() {
      under.abort();
      return last;
    },
  };
}

/**
 * In the order a page asks, and one after the other: who asks for something else meanwhile waits for
 * one of them at most. The longest to read comes last, and no map waits for it.
 */
async function makeFirstAnswers(
  db: Kysely<Schema>,
  { vintage, graph, tiles, answers }: LoadedRegion,
  signal: AbortSignal,
): Promise<void> {
  const dataset = await flowDatasetRepository(db).latest(vintage.id);
  const steps = [
    async () => {
      if (!dataset) return;
      const run = await poleRepository(db).defaultRun(dataset.id);
      await shownPoles(db, answers, run, 'all');
    },
    () => tiles.cutAhead(graph.bbox),
    () => keptPlaceNames(answers, graph),
    async () => {
      if (!dataset) return;
      const wanted = { dataset: dataset.id, specialty: 'all', run: undefined };
      await packedMatrix(db, vintage.id, answers, wanted);
    },
  ];
  for (const step of steps) {
    if (signal.aborted) return;
    await step();
  }
}
