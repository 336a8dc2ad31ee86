import { type Kysely, sql } from 'kysely';
import type { TerritoryFigures, Version, VersionSummary } from '../../contracts/cpts-versions.ts';
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

const columns = ['number', 'author', 'at', 'label', 'note', 'restores', 'indicators'] as const;

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

    /** The latest first; only versions that are complete. */
    async list(
      cpts: number,
      limit: number,
      offset: number,
    ): Promise<{ items: VersionSummary[]; total: number }> {
      const all = db.selectFrom('cpts_version').where('cpts', '=', cpts);
      const rows = await all
        .select(columns)
        .orderBy('number', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await all
        .select((s) => s.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { items: rows.map(toSummary), total };
    },

    /** Units, author and time of a version, complete or not. */
    async base(cpts: number, number: number) {
      return db
        .selectFrom('cpts_version')
        .select(['number', 'author', 'at', 'units'])
        .where('cpts', '=', cpts)
        .where('number', '=', number)
        .executeTakeFirst();
    },

    /** A version that is complete. */
    async byNumber(cpts: number, number: number): Promise<Version | undefined> {
      const row = await db
        .selectFrom('cpts_version')
        .select([...columns, 'units'])
        .where('cpts', '=', cpts)
        .where('number', '=', number)
        .executeTakeFirst();
      return row && { ...toSummary(row), units: row.units };
    },

    /** Versions of some CPTS whose figures were not written yet. */
    async incomplete(cpts: number[]): Promise<{ cpts: number; number: number; units: string[] }[]> {
      return db
        .selectFrom('cpts_version')
        .select(['cpts', 'number', 'units'])
        .where(sql<boolean>`cpts = any(${cpts}::integer[])`)
        .where('indicators', 'is', null)
        .orderBy('cpts')
        .orderBy('number')
        .execute();
    },

    /** Writes the figures of a version, and its outline: the union of those of its units. */
    async complete(cpts: number, number: number, figures: TerritoryFigures): Promise<void> {
      await sql`
        update cpts_version v set indicators = ${JSON.stringify(figures)}::jsonb, geom = (
          select st_multi(st_collectionextract(st_unaryunion(st_collect(u.geom)), 3))
          from unit u where u.code = any(v.units))
        where v.cpts = ${cpts} and v.number = ${number} and v.indicators is null`.execute(db);
    },
  };
}

interface VersionRow extends Omit<VersionSummary, 'at' | 'figures'> {
  at: Date;
  indicators: TerritoryFigures | null;
}

function toSummary({ number, author, at, label, note, restores, indicators }: VersionRow) {
  if (!indicators) throw new Error(`version ${number} is not complete`);
  return { number, author, at: at.toISOString(), label, note, restores, figures: indicators };
}
