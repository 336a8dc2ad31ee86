import type { Kysely } from 'kysely';
import type { Border } from '../../core/graph/border-columns.ts';
import { borderRepository } from '../../db/repositories/borders.ts';
import { divisionRepository } from '../../db/repositories/divisions.ts';
import { leafSwapRepository, type NewLeaf } from '../../db/repositories/leaf-swap.ts';
import { unitRepository } from '../../db/repositories/units.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { BordersTask } from '../../workers/borders.ts';
import { runTask } from '../../workers/task.ts';

/** Leaves that go and those that come instead, of the same ground. */
export interface LeafSwap {
  vintage: string;
  /** one for each leaf that goes and each that comes in its place */
  pairs: { gone: string; come: string }[];
  /** those that come, their outlines staged; a commune that becomes whole again is not among them */
  leaves: NewLeaf[];
  /** a commune that becomes whole again */
  restored?: string;
}

/**
 * Puts leaves in the place of others, with the members, borders and revision that follow. Belongs
 * in a transaction that holds the turn to divide.
 */
export async function replaceLeaves(
  tx: Kysely<Schema>,
  { vintage, pairs, leaves, restored }: LeafSwap,
): Promise<void> {
  const swap = leafSwapRepository(tx);
  const gone = [...new Set(pairs.map((pair) => pair.gone))];
  const come = [...new Set(pairs.map((pair) => pair.come))];
  const around = await swap.around(gone);
  if (leaves.length > 0) await swap.insert(leaves);
  if (restored) await swap.restore(restored);
  await swap.moveMembers(
    pairs.map((pair) => pair.gone),
    pairs.map((pair) => pair.come),
  );
  await swap.remove(gone);
  const communes = leaves.map(({ commune }) => commune);
  await swap.shareVertices(come, [...new Set([...around, ...communes])]);
  await renewBorders(tx, vintage, come, around);
  await divisionRepository(tx).revise(vintage);
}

/** Lines of the leaves that came; those between the units around them stay as they are. */
async function renewBorders(
  tx: Kysely<Schema>,
  vintage: string,
  come: string[],
  around: string[],
): Promise<void> {
  const units = await unitRepository(tx).outlinesOf([...come, ...around]);
  const lines = await runTask<BordersTask, Border[]>(
    new URL('../../workers/borders.ts', import.meta.url),
    { units },
  );
  const fresh = new Set(come);
  const theirs = lines.filter(({ a, b }) => fresh.has(a) || (b !== null && fresh.has(b)));
  const borders = borderRepository(tx);
  await borders.insert(vintage, theirs, await borders.nextId(vintage));
}

/** @throws DomainError `proposal_under_way` */
export async function refuseUnderWay(tx: Kysely<Schema>, vintage: string): Promise<void> {
  const [first] = await divisionRepository(tx).proposalsUnderWay(vintage);
  if (first === undefined) return;
  throw new DomainError(
    'proposal_under_way',
    `La proposition ${first} est en cours de calcul sur les communes telles qu’elles sont : attendez sa fin, ou arrêtez-la, puis recommencez.`,
    { proposal: first },
  );
}
