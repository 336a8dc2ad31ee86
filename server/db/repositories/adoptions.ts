import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** A draft that a territory of a run became. */
export interface AdoptedDraft {
  id: number;
  name: string;
  units: string[];
  /** who adopted it */
  author: string;
  /** something was done to it since, or another CPTS was made from it */
  touched: boolean;
}

/** What became of the territories of runs. Writes belong inside one transaction. */
export function adoptionRepository(db: Kysely<Schema>) {
  return {
    /**
     * CPTS that territories of a run became, of some or of all that are ideas; nobody else changes
     * them until the transaction ends. Whatever is done to a CPTS leaves a trace, so one whose only
     * trace is its creation is untouched.
     */
    async drafts(run: number, among: number[] | null): Promise<AdoptedDraft[]> {
      const { rows } = await sql<AdoptedDraft>`
        select c.id, c.name,
          array(select unit from cpts_member m where m.cpts = c.id order by unit collate "C") as units,
          coalesce((select actor from event where subject = 'cpts/' || c.id and verb = 'create'
            order by id limit 1), '') as author,
          c.status <> 'idea'
            or exists (select from event e where e.verb <> 'create'
              and (e.subject = 'cpts/' || c.id or e.subject like 'cpts/' || c.id || '/%'))
            or exists (select from cpts f where f.forked_from = c.id)
            or exists (select from territory_comment s where s.cpts = c.id) as touched
        from cpts c
        where c.id in (select t.cpts from proposal_territory t where t.run = ${run})
          and ${among ? sql`c.id = any(${among}::integer[])` : sql`c.status = 'idea'`}
        order by c.id for update`.execute(db);
      return rows;
    },

    /** Removes drafts as if they had not been; the territories they were made of are free again. */
    async remove(ids: number[]): Promise<void> {
      await sql`delete from cpts where id = any(${ids}::integer[])`.execute(db);
    },
  };
}
