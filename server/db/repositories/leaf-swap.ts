import { type Kysely, sql } from 'kysely';
import { searchName } from '../../core/search-name.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

/** A leaf to come: its outline waits in `staged_leaf`. */
export interface NewLeaf {
  code: string;
  commune: string;
  kind: string;
  name: string;
  population: number;
}

/** How near an edge a new vertex must be to belong on it, degrees: a tenth of a millimetre. */
const ON_EDGE = 1e-9;

/**
 * Puts leaves in the place of others of the same ground; every call belongs inside one transaction,
 * in the order of this file. `from` are leaves that go, `to` those that come, row by row: a pair for
 * each leaf that goes and each that comes instead of it.
 */
export function leafSwapRepository(db: Kysely<Schema>) {
  return {
    /** An empty table for the outlines of the leaves to come. */
    async stage(): Promise<void> {
      await sql`drop table if exists staged_leaf`.execute(db);
      await sql`create temporary table staged_leaf
        (code text primary key, geom geometry(MultiPolygon, 4326) not null)`.execute(db);
    },

    /** One leaf made of several others. */
    async stageUnion(code: string, parts: string[]): Promise<void> {
      await sql`
        insert into staged_leaf
        select ${code}, st_multi(st_collectionextract(st_unaryunion(st_collect(geom)), 3))
        from unit where code = any(${parts}::text[])`.execute(db);
    },

    /** Staged outlines become leaves of their communes; the communes are leaves no more. */
    async insert(leaves: NewLeaf[]): Promise<void> {
      await sql`create temporary table new_leaf
        (code text, commune text, kind text, name text, search_name text, population integer)
        on commit drop`.execute(db);
      const text = (name: string, of: (leaf: NewLeaf) => string) =>
        ({ name, type: 'text', values: leaves.map(of) }) as const;
      await insertColumns(db, 'new_leaf', [
        text('code', (leaf) => leaf.code),
        text('commune', (leaf) => leaf.commune),
        text('kind', (leaf) => leaf.kind),
        text('name', (leaf) => leaf.name),
        text('search_name', (leaf) => searchName(leaf.name)),
        { name: 'population', type: 'integer', values: leaves.map((leaf) => leaf.population) },
      ]);
      await sql`
        insert into unit (code, kind, name, search_name, parent, department, region, epci,
          population, area_km2, geom, point, vintage)
        select n.code, n.kind, n.name, n.search_name, p.code, p.department, p.region, p.epci,
          n.population, st_area(s.geom::geography) / 1e6, s.geom,
          case when st_contains(s.geom, st_centroid(s.geom)) then st_centroid(s.geom)
            else st_pointonsurface(s.geom) end, p.vintage
        from new_leaf n join staged_leaf s on s.code = n.code join unit p on p.code = n.commune
        order by n.code`.execute(db);
      await sql`drop table new_leaf`.execute(db);
    },

    /** A commune is whole again. */
    async restore(commune: string): Promise<void> {
      await db.updateTable('unit').set({ leaf: true }).where('code', '=', commune).execute();
      await db.deleteFrom('division').where('commune', '=', commune).execute();
    },

    /** Whoever held a leaf that goes holds all that come instead of it, past versions too. */
    async moveMembers(from: string[], to: string[]): Promise<void> {
      const pairs = sql`unnest(${from}::text[], ${to}::text[]) as swap(gone, come)`;
      // Of a closed CPTS that held a part only, nothing is left: its versions say what it held.
      const whole = sql`not exists (
        select from unnest(${from}::text[], ${to}::text[]) as other(gone, come)
        where other.come = swap.come and not exists (
          select from held where held.holder = m.holder and held.unit = other.gone))`;
      for (const table of ['cpts_member', 'proposal_member'] as const) {
        const holder = sql.raw(table === 'cpts_member' ? 'cpts' : 'run');
        const rest = sql.raw(table === 'cpts_member' ? 'recognised' : 'territory');
        await sql`
          with held as materialized (
            select ${holder} as holder, unit, ${rest} as rest from ${sql.table(table)}
            where unit = any(${from}::text[])
          )
          insert into ${sql.table(table)} (${holder}, unit, ${rest})
          select distinct m.holder, swap.come, m.rest
          from held m join ${pairs} on swap.gone = m.unit where ${whole}`.execute(db);
        await sql`delete from ${sql.table(table)}
          where unit = any(${from}::text[])`.execute(db);
      }
      await sql`
        update cpts_version v set units = (
          select array_agg(distinct n.code collate "C" order by n.code collate "C") from (
            select k.code from unnest(v.units) as k(code)
            where not exists (select from ${pairs} where swap.gone = k.code
              and not exists (select from unnest(${from}::text[], ${to}::text[]) as other(gone, come)
                where other.come = swap.come and not other.gone = any(v.units)))
            union all
            select swap.come from ${pairs}
            where swap.gone = any(v.units) and not exists (
              select from unnest(${from}::text[], ${to}::text[]) as other(gone, come)
              where other.come = swap.come and not other.gone = any(v.units))
          ) n
        )
        where v.units && ${from}::text[]`.execute(db);
    },

    /** Removes what went, with its lines; a commune stays, as what its leaves are parts of. */
    async remove(from: string[]): Promise<void> {
      await sql`delete from unit_border
        where a = any(${from}::text[]) or b = any(${from}::text[])`.execute(db);
      await sql`delete from unit
        where code = any(${from}::text[]) and parent is not null`.execute(db);
      await sql`update unit set leaf = false
        where code = any(${from}::text[]) and parent is null`.execute(db);
    },

    /** Leaves on the other side of the lines around `codes`, these left out. */
    async around(codes: string[]): Promise<string[]> {
      const { rows } = await sql<{ code: string }>`
        select distinct code collate "C" as code from (
          select b as code from unit_border where a = any(${codes}::text[]) and b is not null
          union all select a from unit_border where b = any(${codes}::text[])
        ) ends
        where not code = any(${codes}::text[]) order by 1`.execute(db);
      return rows.map(({ code }) => code);
    },

    /**
     * Puts the vertices that new leaves have on the outer edge of their commune into the commune and
     * the units around, so that both sides of every line have the same vertices.
     */
    async shareVertices(leaves: string[], others: string[]): Promise<void> {
      await sql`
        with known as materialized (
          select code, geom, st_boundary(geom) as edge from unit where code = any(${others}::text[])
        ), fresh as materialized (
          select d.geom as point from (
            select st_boundary(st_union(geom)) as edge from unit where code = any(${leaves}::text[])
          ) ground, st_dumppoints(ground.edge) d
          except
          select d.geom from unit u, st_dumppoints(u.geom) d where u.code = any(${others}::text[])
        ), missing as (
          select k.code, st_collect(f.point) as points
          from fresh f join known k on st_dwithin(k.edge, f.point, ${ON_EDGE}::float8)
          group by k.code
        )
        update unit u set geom = st_multi(st_snap(u.geom, m.points, ${ON_EDGE}::float8))
        from missing m where m.code = u.code`.execute(db);
    },
  };
}
