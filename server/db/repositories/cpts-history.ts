import { type Kysely, sql } from 'kysely';
import type { Cpts } from '../../contracts/cpts.ts';
import type { CptsHistory, UnitHistory } from '../../contracts/cpts-history.ts';
import type { Day } from '../../core/life/days.ts';
import type { Schema } from '../schema.ts';
import { type CptsRow, toCpts } from './cpts.ts';

/** What CPTS were and held, on the days when it took effect: the view `cpts_phase`. */
export function cptsHistoryRepository(db: Kysely<Schema>) {
  return {
    async steps(id: number): Promise<CptsHistory['steps']> {
      const { rows } = await sql<Omit<CptsHistory['steps'][number], 'at'> & { at: Date }>`
        select step, status, to_char(since, 'YYYY-MM-DD') as since, actor as by, at, reason
        from cpts_step where cpts = ${id} order by number`.execute(db);
      return rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() }));
    },

    async phases(id: number): Promise<CptsHistory['phases']> {
      const { rows } = await sql<CptsHistory['phases'][number]>`
        select to_char(since, 'YYYY-MM-DD') as since, to_char(until, 'YYYY-MM-DD') as until, status,
          recognised, version, cardinality(units) as units
        from cpts_phase where cpts = ${id} order by cpts_phase.since`.execute(db);
      return rows;
    },

    /**
     * Open CPTS that held some of the units, and from when until when: phases of one CPTS that follow
     * each other with the same units and the same step are told as one.
     */
    async holders(units: string[]): Promise<UnitHistory['holders']> {
      const { rows } = await sql<UnitHistory['holders'][number]>`
        with held as (
          select h.cpts, h.since, h.until, h.status, h.recognised,
            array(select u from unnest(h.units) u where u = any(${units}::text[])
              order by u collate "C") as units
          from cpts_phase h where h.status <> 'closed' and h.units && ${units}::text[]
        ), begun as (
          select held.*, (lag(until) over own = since and lag(status) over own = status
            and lag(units) over own = units) is not true as begins
          from held window own as (partition by cpts order by since)
        ), runs as (
          select begun.*, count(*) filter (where begins) over (partition by cpts order by since) as run
          from begun
        ), spans as (
          select cpts, min(since) as since, nullif(max(coalesce(until, 'infinity')), 'infinity') as until,
            status, recognised, units
          from runs group by cpts, run, status, recognised, units
        )
        select jsonb_build_object('id', c.id, 'name', c.name) as cpts,
          to_char(s.since, 'YYYY-MM-DD') as since, to_char(s.until, 'YYYY-MM-DD') as until,
          s.status, s.recognised, s.units
        from spans s join cpts c on c.id = s.cpts
        order by s.since desc, c.id desc`.execute(db);
      return rows;
    },

    /**
     * CPTS that held units of the vintage at the end of a day, closed ones too, by number: steps and
     * units as they were then, figures by what is known of these units now.
     */
    async at(
      vintage: string,
      day: Day,
      limit: number,
      offset: number,
    ): Promise<{ items: Cpts[]; total: number }> {
      const wanted = sql`h.since <= ${day}::date and (h.until is null or h.until > ${day}::date)
        and exists (select from unit u where u.vintage = ${vintage} and u.code = any(h.units))`;
      const { rows } = await sql<CptsRow>`
        select c.id, c.name, h.status, h.recognised, h.version,
          to_char(h.status_since, 'YYYY-MM-DD') as since, null as proposed, c.created_at,
          c.forked_from, c.forked_version, null as opposed_on, null as opposed_by,
          null as opposed_reason, h.units, held.*
        from (select * from cpts_phase h where ${wanted}
          order by h.cpts limit ${limit} offset ${offset}) h
        join cpts c on c.id = h.cpts
        cross join lateral (
          select coalesce(sum(u.population), 0) as population,
            coalesce(sum(u.area_km2), 0) as "areaKm2",
            coalesce(array_agg(distinct u.department collate "C"), '{}') as departments
          from unit u where u.code = any(h.units)
        ) held
        order by c.id`.execute(db);
      const count = await sql<{ total: number }>`
        select count(*) as total from cpts_phase h where ${wanted}`.execute(db);
      return { items: rows.map(toCpts), total: count.rows[0]?.total ?? 0 };
    },
  };
}
