import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** Whether an import kept what places receive (`flow_inflow`), and the ranks with it (ADR 6). */
export async function keepsInflows(db: Kysely<Schema>, dataset: number): Promise<boolean> {
  const row = await db
    .selectFrom('flow_inflow')
    .select('dataset')
    .where('dataset', '=', dataset)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
