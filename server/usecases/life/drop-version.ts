import type { Kysely } from 'kysely';
import { cptsVersionRepository } from '../../db/repositories/cpts-versions.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';

/** Ends what waits for a decision on a CPTS, with all that was agreed with it; null where nothing does. */
export async function dropPending(
  tx: Kysely<Schema>,
  cpts: number,
  state: 'refused' | 'withdrawn',
  reason: string,
  actor: string,
): Promise<void> {
  const versions = cptsVersionRepository(tx);
  const parts = await versions.pending(cpts);
  for (const part of parts) await versions.drop(part.cpts, part.number, state, reason);
  await eventRepository(tx).recordAll(
    parts.map((part) => ({
      actor,
      verb: state === 'refused' ? 'refuse_version' : 'withdraw_version',
      subject: `cpts/${part.cpts}`,
      before: { version: part.number, state: 'proposed' },
      after: { version: part.number, state, ...(reason && { reason }) },
    })),
  );
}
