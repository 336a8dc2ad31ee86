import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { TerritoryFigures, Version, VersionSummary } from '../../contracts/cpts-versions.ts';
import type { Day } from '../../core/life/days.ts';
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

/** What is asked of whoever decides, besides the version. */
interface Proposal {
  basedOn: number;
  authorAccount: number | null;
  agreement: number | null;
  agreedBy: string | null;
}

/** A version that waits to be put in force. */
export interface PendingVersion {
  cpts: number;
  number: number;
  author: string;
  authorAccount: number | null;
  basedOn: number;
  agreement: number | null;
  agreedBy: string | null;
  acceptedBy: string | null;
  units: string[];
}

/** The territories that a CPTS had or might have, each written once. */
export function cptsVersionRepository(db: Kysely<Schema>) {
  const summaries = (condition: RawBuilder<unknown>, limit: number, offset: number) =>
    sql<VersionRow>`
      select v.number, v.author, v.at, v.label, v.note, v.restores, v.indicators, v.units, v.state,
        to_char(v.since, 'YYYY-MM-DD') as since, to_char(v.until, 'YYYY-MM-DD') as until,
        v.based_on as "basedOn", v.agreed_by as "agreedBy", v.accepted_by as "acceptedBy", v.reason,
        case when a.id is not null then jsonb_build_object('id', a.id, 'note', a.note, 'parts', (
          select jsonb_agg(jsonb_build_object('cpts', jsonb_build_object('id', c.id, 'name', c.name),
            'number', o.number, 'state', o.state, 'agreedBy', o.agreed_by,
            'acceptedBy', o.accepted_by) order by c.id)
          from cpts_version o join cpts c on c.id = o.cpts where o.agreement = a.id)) end as agreement
      from cpts_version v left join agreement a on a.id = v.agreement
      where ${condition} order by v.number desc limit ${limit} offset ${offset}`.execute(db);

  return {
    /** The number of the next version: one more than the last, whatever became of it. */
    async nextNumber(cpts: number): Promise<number> {
      const { rows } = await sql<{ next: number }>`
        select max(number) + 1 as next from cpts_version where cpts = ${cpts}`.execute(db);
      return rows[0]!.next;
    },

    /** A version in force from a day, the one before replaced. */
    async insert(version: NewVersion, since: Day): Promise<void> {
      await this.replace(version.cpts, since);
      await sql`
        insert into cpts_version (cpts, number, author, label, note, units, restores, state, since)
        values (${version.cpts}, ${version.number}, ${version.author}, ${version.label},
          ${version.note}, ${version.units}::text[], ${version.restores}, 'in_force',
          ${since}::date)`.execute(db);
    },

    /** First versions of CPTS that were just created, from their units. */
    async insertFirst(ids: number[], author: string, since: Day): Promise<void> {
      await sql`
        insert into cpts_version (cpts, number, author, units, state, since)
        select cpts, 1, ${author}, array_agg(unit order by unit collate "C"), 'in_force',
          ${since}::date
        from cpts_member where cpts = any(${ids}::integer[]) group by cpts`.execute(db);
    },

    /** A version that waits to be accepted. */
    async propose(version: NewVersion, proposal: Proposal): Promise<void> {
      await sql`
        insert into cpts_version (cpts, number, author, label, note, units, restores, state, based_on,
          author_account, agreement, agreed_by)
        values (${version.cpts}, ${version.number}, ${version.author}, ${version.label},
          ${version.note}, ${version.units}::text[], ${version.restores}, 'proposed',
          ${proposal.basedOn}, ${proposal.authorAccount}, ${proposal.agreement},
          ${proposal.agreedBy})`.execute(db);
    },

    async insertAgreement(author: string, note: string): Promise<number> {
      const { id } = await db
        .insertInto('agreement')
        .values({ author, note })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    /** The versions that wait for the same decision as this CPTS's, by CPTS; empty where none waits. */
    async pending(cpts: number): Promise<PendingVersion[]> {
      const { rows } = await sql<PendingVersion>`
        select v.cpts, v.number, v.author, v.author_account as "authorAccount",
          v.based_on as "basedOn", v.agreement, v.agreed_by as "agreedBy",
          v.accepted_by as "acceptedBy", v.units
        from cpts_version mine join cpts_version v
          on v.cpts = mine.cpts and v.number = mine.number or v.agreement = mine.agreement
        where mine.cpts = ${cpts} and mine.state = 'proposed' and v.state = 'proposed'
        order by v.cpts`.execute(db);
      return rows;
    },

    /** Notes who agreed to a proposed version, as its leader or as who decides. */
    async consent(
      cpts: number,
      number: number,
      as: 'agreed_by' | 'accepted_by',
      name: string,
    ): Promise<void> {
      await sql`update cpts_version set ${sql.ref(as)} = ${name}
        where cpts = ${cpts} and number = ${number}`.execute(db);
    },

    /** Ends a proposal without putting it in force. */
    async drop(
      cpts: number,
      number: number,
      state: 'refused' | 'withdrawn',
      reason: string,
    ): Promise<void> {
      await sql`update cpts_version set state = ${state}, reason = ${reason}, decided_at = now()
        where cpts = ${cpts} and number = ${number} and state = 'proposed'`.execute(db);
    },

    /** Puts a proposed version in force from a day, the one before replaced. */
    async putInForce(cpts: number, number: number, since: Day): Promise<void> {
      await this.replace(cpts, since);
      await sql`update cpts_version set state = 'in_force', since = ${since}::date, decided_at = now()
        where cpts = ${cpts} and number = ${number}`.execute(db);
    },

    /** The version in force is no longer from a day on. */
    async replace(cpts: number, until: Day): Promise<void> {
      await sql`update cpts_version set state = 'replaced', until = greatest(since, ${until}::date)
        where cpts = ${cpts} and state = 'in_force'`.execute(db);
    },

    /** The latest first; only versions that are complete. */
    async list(
      cpts: number,
      limit: number,
      offset: number,
    ): Promise<{ items: VersionSummary[]; total: number }> {
      const { rows } = await summaries(
        sql`v.cpts = ${cpts} and v.indicators is not null`,
        limit,
        offset,
      );
      const { total } = await db
        .selectFrom('cpts_version')
        .select((s) => s.fn.countAll<number>().as('total'))
        .where('cpts', '=', cpts)
        .where('indicators', 'is not', null)
        .executeTakeFirstOrThrow();
      return { items: rows.map(toSummary), total };
    },

    /** Units, author and time of a version, complete or not. */
    async base(cpts: number, number: number) {
      return db
        .selectFrom('cpts_version')
        .select(['number', 'author', 'at', 'units', 'state'])
        .where('cpts', '=', cpts)
        .where('number', '=', number)
        .executeTakeFirst();
    },

    /** A version that is complete. */
    async byNumber(cpts: number, number: number): Promise<Version | undefined> {
      const { rows } = await summaries(
        sql`v.cpts = ${cpts} and v.number = ${number} and v.indicators is not null`,
        1,
        0,
      );
      const row = rows[0];
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
  units: string[];
}

function toSummary({ at, indicators, units: _, ...rest }: VersionRow): VersionSummary {
  if (!indicators) throw new Error(`version ${rest.number} is not complete`);
  return { ...rest, at: at.toISOString(), figures: indicators };
}
