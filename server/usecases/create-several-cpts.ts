import type { Kysely } from 'kysely';
import type { CreatedCpts, CreateSeveralCpts } from '../contracts/territory-files.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import type { Schema } from '../db/schema.ts';
import { completeVersions } from './complete-versions.ts';
import { refuseUnknownUnits } from './create-cpts.ts';

/**
 * Creates CPTS (status `idea`) from lists of units: all or none.
 *
 * @throws DomainError `unknown_units`
 */
export async function createSeveralCpts(
  db: Kysely<Schema>,
  vintage: string,
  { cpts }: CreateSeveralCpts,
  actor: string,
): Promise<CreatedCpts> {
  const lists = cpts.map(({ units }) => [...new Set(units)].sort());
  await refuseUnknownUnits(db, vintage, [...new Set(lists.flat())]);
  const names = cpts.map(({ name }) => name.trim());
  const ids = await db.transaction().execute(async (tx) => {
    const ids = await cptsRepository(tx).insertIdeas(names, lists);
    await cptsVersionRepository(tx).insertFirst(ids, actor);
    await eventRepository(tx).recordAll(
      ids.map((id, k) => ({
        actor,
        verb: 'create',
        subject: `cpts/${id}`,
        after: { name: names[k], status: 'idea', units: lists[k] },
      })),
    );
    return ids;
  });
  await completeVersions(db, vintage, ids);
  return { created: ids.map((id, k) => ({ cpts: id, name: names[k]! })) };
}
