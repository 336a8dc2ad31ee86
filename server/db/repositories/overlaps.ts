import { type Kysely, sql } from 'kysely';
import type { Overlap, OverlapQuery } from '../../contracts/overlaps.ts';
import type { Day } from '../../core/life/days.ts';
import { severityTable } from '../../core/overlap/severity.ts';
import type { Schema } from '../schema.ts';
import { heldOn } from './open-territories.ts';

/**
 * Pairs of open CPTS that share units, found from the members at each asking: no table of pairs can
 * be stale, and nobody who edits waits for another (ADR 13).
 */
export function overlapRepository(db: Kysely<Schema>) {
  return {
    /**
     * Gravest first, then most shared inhabitants. With `cpts`, the members of that CPTS alone are
     * looked up: what an edit of it can have changed. On a past day, of the territories of then.
     */
    async list(
      vintage: string,
      { limit, offset, cpts, severity, department, at: day }: OverlapQuery,
    ): Promise<{ items: Overlap[]; total: number }> {
      const { before, all, members } = groundOn(day);
      const table = severityTable();
      const mine =
        cpts === undefined ? sql`x.cpts < y.cpts` : sql`x.cpts = ${cpts} and y.cpts <> ${cpts}`;
      const ofDepartment =
        department === undefined ? sql`` : sql`having bool_or(u.department = ${department})`;
      const graded = severity === undefined ? sql`` : sql`where severity = ${severity}`;
      const side = (c: 'a' | 'b') => {
        const at = (column: string) => sql.ref(`${c}.${column}`);
        return sql`jsonb_build_object('id', ${at('id')}, 'name', ${at('name')},
          'status', ${at('status')}, 'version', ${at('version')},
          'population', ${at('population')}, 'share', case when ${at('population')} > 0
            then round(page.population::numeric / ${at('population')}, 6) else 0 end)`;
      };
      const { rows } = await sql<{ items: Overlap[]; total: number }>`
        with ${before} grade as materialized (
          select * from unnest(${table.a}::text[], ${table.b}::text[], ${table.severity}::text[],
            ${table.rank}::integer[]) as g(step, other, severity, rank)
        ), shared as materialized (
          select least(x.cpts, y.cpts) as a, greatest(x.cpts, y.cpts) as b,
            sum(u.population) as population, sum(u.area_km2) as area,
            array_agg(distinct u.department) as departments,
            jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name,
              'population', u.population) order by u.population desc, u.code collate "C") as units
          from ${members} x
          join ${all} cx on cx.id = x.cpts and cx.status <> 'closed'
          join ${members} y on y.unit = x.unit and ${mine}
          join ${all} cy on cy.id = y.cpts and cy.status <> 'closed'
          join unit u on u.code = x.unit and u.vintage = ${vintage}
          group by x.cpts, y.cpts ${ofDepartment}
        ), pair as materialized (
          select shared.*, g.severity, g.rank from shared
          join ${all} a on a.id = shared.a join ${all} b on b.id = shared.b
          join grade g on g.step = a.status and g.other = b.status ${graded}
        ), page as materialized (
          select * from pair order by rank, population desc, a, b limit ${limit} offset ${offset}
        ), side as materialized (
          select c.id, c.name, c.status, c.version, sum(u.population) as population
          from (select a as id from page union select b from page) p
          join ${all} c on c.id = p.id
          join ${members} m on m.cpts = c.id join unit u on u.code = m.unit
          group by c.id, c.name, c.status, c.version
        ), item as (
          select page.rank, page.population, page.a, page.b, jsonb_build_object(
            'a', ${side('a')}, 'b', ${side('b')}, 'severity', page.severity,
            'population', page.population, 'areaKm2', round(page.area::numeric, 2),
            'departments', page.departments, 'units', page.units) as item
          from page join side a on a.id = page.a join side b on b.id = page.b
        )
        select (select count(*) from pair) as total,
          coalesce((select jsonb_agg(item order by rank, population desc, a, b) from item),
            '[]') as items`.execute(db);
      return rows[0] ?? { items: [], total: 0 };
    },
  };
}

/** CPTS and what they hold: the tables themselves, or what they were at the end of a day. */
function groundOn(day: Day | undefined) {
  if (day === undefined) return { before: sql``, all: sql`cpts`, members: sql`cpts_member` };
  return {
    before: sql`then_cpts as materialized (
        select c.id, c.name, h.status, h.version, h.units
        from (select * from cpts_phase h where ${heldOn(day)}) h join cpts c on c.id = h.cpts
      ), then_member as materialized (
        select id as cpts, unnest(units) as unit from then_cpts
      ),`,
    all: sql`then_cpts`,
    members: sql`then_member`,
  };
}
