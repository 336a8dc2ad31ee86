import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/**
 * The numbers that communes have in `flow_row`: four bytes instead of a code, since a national
 * extract names communes some nine million times. A number is never given again.
 */
export function flowPlaceRepository(db: Kysely<Schema>) {
  return {
    /** Numbers of communes, in the order of their distinct `codes`; new codes get one. */
    async numbers(codes: readonly string[]): Promise<Int32Array> {
      await sql`
        insert into flow_place (code)
        select code from unnest(${codes}::text[]) as c(code)
        where not exists (select from flow_place p where p.code = c.code)
        order by code on conflict do nothing`.execute(db);
      const { rows } = await sql<{ ids: number[] }>`
        select coalesce(array_agg(p.id order by c.at), '{}') as ids
        from unnest(${codes}::text[]) with ordinality as c(code, at)
        join flow_place p using (code)`.execute(db);
      return Int32Array.from(rows[0]?.ids ?? []);
    },
  };
}
