import { type Kysely, sql } from 'kysely';
import type { Overlap, OverlapQuery } from '../../contracts/overlaps.ts';
import { severityTable } from '../../core/overlap/severity.ts';
import type { Schema } from '../schema.ts';

/**
 * Pairs of open CPTS that share units, found from the members at each asking: no table of pairs can
 * be stale, and nobody who edits waits for another (ADR 13).
 */
export function overlapRepository(db: Kysely<Schema>) {
  return {
    /**
     * Gravest first, then most shared inhabitants. With `cpts`, the members of that CPTS alone are
     * looked up: what an edit of it can have changed.
     */
    async list(
      vintage: string,
      { limit, offset, cpts, severity, department }: OverlapQuery,
    ): Promise<{ items: Overlap[]; total: number }> {
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
        with grade as materialized (
          select * from unnest(${table.a}::text[], ${table.b}::text[], ${table.severity}::text[],
            ${table.rank}::integer[]) as g(step, other, severity, rank)
        ), shared as materialized (
          select least(x.cpts, y.cpts) as a, greatest(x.cpts, y.cpts) as b,
            sum(u.population) as population, sum(u.area_km2) as area,
            array_agg(distinct u.department) as departments,
            jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name,
              'population', u.population) order by u.population desc, u.code collate "C") as units
          from cpts_member x
          join cpts cx on cx.id = x.cpts and cx.status <> 'closed'
          join cpts_member y on y.unit = x.unit and ${mine}
          join cpts cy on cy.id = y.cpts and cy.status <> 'closed'
          join unit u on u.code = x.unit and u.vintage = ${vintage}
          group by x.cpts, y.cpts ${ofDepartment}
        ), pair as materialized (
          select shared.*, g.severity, g.rank from shared
          join cpts a on a.id = shared.a join cpts b on b.id = shared.b
          join grade g on g.step = a.status and g.other = b.status ${graded}
        ), page as materialized (
          select * from pair order by rank, population desc, a, b limit ${limit} offset ${offset}
        ), side as materialized (
          select c.id, c.name, c.status, c.version, sum(u.population) as population
          from (select a as id from page union select b from page) p
          join cpts c on c.id = p.id
          join cpts_member m on m.cpts = c.id join unit u on u.code = m.unit
          group by c.id
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
