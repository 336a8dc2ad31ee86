import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

interface NewVersion {
  cpts: number;
  number: number;
  author: string;
  label: string;
  note: string;
  units: string[];
  restores: number | null;
}

/** The territories that a CPTS had, each written once. */
export function cptsVersionRepository(db: Kysely<Schema>) {
  return {
    async insert(version: NewVersion): Promise<void> {
      await sql`
        insert into cpts_version (cpts, number, author, label, note, units, restores)
        values (${version.cpts}, ${version.number}, ${version.author}, ${version.label},
          ${version.note}, ${version.units}::text[], ${version.restores})`.execute(db);
    },

    /** First versions of CPTS that were just created, from their units. */
    async insertFirst(ids: number[], author: string): Promise<void> {
      await sql`
        insert into cpts_version (cpts, number, author, units)
        select cpts, 1, ${author}, array_agg(unit order by unit collate "C")
        from cpts_member where cpts = any(${ids}::integer[]) group by cpts`.execute(db);
    },

    /** Units, author and time of a version. */
    async byNumber(cpts: number, number: number) {
      return db
        .selectFrom('cpts_version')
        .select(['number', 'author', 'at', 'units'])
        .where('cpts', '=', cpts)
        .where('number', '=', number)
        .executeTakeFirst();
    },

    /** Writes the outline of a version: the union of those of its units that are loaded. */
    async dissolve(cpts: number, number: number): Promise<void> {
      await sql`
        update cpts_version v set geom = (
          select st_multi(st_collectionextract(st_unaryunion(st_collect(u.geom)), 3))
          from unit u where u.code = any(v.units))
        where v.cpts = ${cpts} and v.number = ${number}`.execute(db);
    },
  };
}
