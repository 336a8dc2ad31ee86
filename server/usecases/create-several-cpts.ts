import type { Kysely } from 'kysely';
import type { CreatedCpts, CreateSeveralCpts } from '../contracts/territory-files.ts';
import { type Day, parisDay } from '../core/life/days.ts';
import { accountRepository } from '../db/repositories/accounts.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import type { Schema } from '../db/schema.ts';
import { completeSaved } from './complete-versions.ts';
import { refuseUnknownUnits } from './create-cpts.ts';
import { heldLeaves } from './held-leaves.ts';

/**
 * Creates CPTS (status `idea`) from lists of units: all or none. `leader` is the account that leads
 * them from then on, null where none does.
 *
 * @throws DomainError `unknown_units`
 */
export async function createSeveralCpts(
  db: Kysely<Schema>,
  vintage: string,
  { cpts }: CreateSeveralCpts,
  actor: string,
  leader: number | null = null,
): Promise<CreatedCpts> {
  const lists = cpts.map(({ units }) => [...new Set(units)].sort());
  await refuseUnknownUnits(db, vintage, [...new Set(lists.flat())]);
  const names = cpts.map(({ name }) => name.trim());
  const on = parisDay(new Date());
  const ids = await db
    .transaction()
    .execute((tx) => createIdeas(tx, { names, lists, leader }, { actor, on }));
  await completeSaved(db, vintage, ids);
  return { created: ids.map((id, k) => ({ cpts: id, name: names[k]! })) };
}

interface NewIdeas {
  names: string[];
  /** leaves of each, ascending */
  lists: string[][];
  leader: number | null;
  /** file that they come from, for the events */
  file?: string;
}

/** Writes CPTS with their first versions, which are to be completed when the transaction ended. */
export async function createIdeas(
  tx: Kysely<Schema>,
  { names, lists, leader, file }: NewIdeas,
  made: { actor: string; on: Day },
): Promise<number[]> {
  const { actor, on } = made;
  const ids = await heldLeaves(cptsRepository(tx).insertIdeas(names, lists, made));
  await cptsVersionRepository(tx).insertFirst(ids, actor, on);
  await accountRepository(tx).lead(leader, ids);
  await eventRepository(tx).recordAll(
    ids.map((id, k) => ({
      actor,
      verb: 'create',
      subject: `cpts/${id}`,
      after: {
        name: names[k],
        status: 'idea',
        units: lists[k],
        ...(leader !== null && { leader }),
        ...(file && { file }),
      },
    })),
  );
  return ids;
}
