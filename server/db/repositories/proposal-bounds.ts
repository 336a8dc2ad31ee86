import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** The bound kept with a run. */
interface KeptBound {
  bound: number | null;
  /** its search went to its end */
  complete: boolean;
  /** what the run was asked is kept with it */
  asRead: boolean;
}

/** What was proven of runs, kept with them. */
export function proposalBoundRepository(db: Kysely<Schema>) {
  return {
    /** The upper bound of a run's flow inside that was proven, if any was, and of what. */
    async kept(id: number): Promise<KeptBound> {
      const row = await db
        .selectFrom('proposal_run')
        .select(['bound', 'bound_complete as complete'])
        .select(sql<boolean>`as_read is not null`.as('asRead'))
        .where('id', '=', id)
        .executeTakeFirst();
      return row ?? { bound: null, complete: false, asRead: false };
    },

    /** Keeps the lower of this bound and the one kept; false where that changes nothing. */
    async keep(id: number, bound: number, complete: boolean): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('proposal_run')
        .set({
          bound: sql<number>`least(bound, ${bound}::double precision)`,
          ...(complete && { bound_complete: true }),
        })
        .where('id', '=', id)
        .where((where) =>
          where.or([
            where('bound', 'is', null),
            where('bound', '>', bound),
            ...(complete ? [where('bound_complete', '=', false)] : []),
          ]),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
