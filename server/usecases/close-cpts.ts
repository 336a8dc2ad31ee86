import type { Kysely } from 'kysely';
import type { Cpts } from '../contracts/cpts.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { eventRepository } from '../db/repositories/events.ts';
import type { Schema } from '../db/schema.ts';
import { unknownCpts } from './recognise-cpts.ts';

/** Ends a CPTS: its communes are free again, its history stays. Closing twice changes nothing. */
export async function closeCpts(db: Kysely<Schema>, id: number, actor: string): Promise<Cpts> {
  return db.transaction().execute(async (tx) => {
    const cpts = cptsRepository(tx);
    const status = await cpts.lock(id);
    if (status === undefined) throw unknownCpts(id);
    if (status !== 'closed') {
      await cpts.setStatus(id, 'closed');
      await eventRepository(tx).record({
        actor,
        verb: 'close',
        subject: `cpts/${id}`,
        before: { status },
        after: { status: 'closed' },
      });
    }
    const closed = await cpts.byId(id);
    if (!closed) throw unknownCpts(id);
    return closed;
  });
}
