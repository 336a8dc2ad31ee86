import { type Kysely, sql } from 'kysely';
import type { Overlap } from '../../contracts/overlaps.ts';
import type { Schema } from '../schema.ts';

/** Pairs of open CPTS that share units. */
export function overlapRepository(db: Kysely<Schema>) {
  return {
    async list(
      vintage: string,
      limit: number,
      offset: number,
    ): Promise<{ items: Overlap[]; total: number }> {
      const { rows } = await sql<{ items: Overlap[]; total: number }>`
        with open_member as (
          select m.cpts, m.unit from cpts_member m join cpts c on c.id = m.cpts
          where c.status <> 'closed'
        ), side as (
          select c.id, jsonb_build_object('id', c.id, 'name', c.name, 'status', c.status,
            'population', sum(u.population)) as cpts
          from cpts c join open_member m on m.cpts = c.id join unit u on u.code = m.unit
          group by c.id, c.name, c.status
        ), pair as materialized (
          select x.cpts as a, y.cpts as b, sum(u.population) as population,
            sum(u.area_km2) as area,
            jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name,
              'population', u.population) order by u.population desc, u.code) as units
          from open_member x
          join open_member y on y.unit = x.unit and x.cpts < y.cpts
          join unit u on u.code = x.unit and u.vintage = ${vintage}
          group by x.cpts, y.cpts
        ), page as (
          select a.cpts as a, b.cpts as b, pair.units, pair.population,
            round(pair.area::numeric, 2) as "areaKm2"
          from pair join side a on a.id = pair.a join side b on b.id = pair.b
          order by pair.population desc, pair.a, pair.b
          limit ${limit} offset ${offset}
        )
        select (select count(*) from pair) as total,
          coalesce((select jsonb_agg(to_jsonb(page) order by page.population desc, (page.a ->> 'id')::integer, (page.b ->> 'id')::integer) from page), '[]') as items`.execute(
        db,
      );
      return rows[0] ?? { items: [], total: 0 };
    },
  };
}
