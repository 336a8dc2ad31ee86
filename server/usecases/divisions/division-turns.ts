import type { Kysely } from 'kysely';
import { type Vintage, vintageRepository } from '../../db/repositories/vintages.ts';
import type { Schema } from '../../db/schema.ts';
import { readLoaded } from '../open-region.ts';
import type { RegionState } from '../region-state.ts';

type Work<T> = (db: Kysely<Schema>, vintage: Vintage) => Promise<T>;

/**
 * Divides one commune after the other, and has the region answer for the new leaves: graph and tiles
 * are read anew, under an address of their own, before the caller hears that it is done.
 */
export function divisionTurns(database: () => Kysely<Schema>, region: RegionState) {
  let last: Promise<unknown> = Promise.resolve();

  async function take<T>(work: Work<T>): Promise<T & { vintage: string }> {
    const db = database();
    const done = await work(db, region.loaded().vintage);
    const before = region.loaded();
    const vintage = await vintageRepository(db).byId(before.vintage.id);
    if (!vintage) throw new Error(`vintage ${before.vintage.id} was divided but is not there`);
    const after = await readLoaded(db, vintage);
    region.ready(after);
    await before.tiles.close();
    return { ...done, vintage: after.graph.vintage };
  }

  return <T>(work: Work<T>): Promise<T & { vintage: string }> => {
    const turn = last.then(() => take(work));
    last = turn.catch(() => {});
    return turn;
  };
}
