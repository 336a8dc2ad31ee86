import { type Kysely, sql } from 'kysely';
import type { Unit } from '../../contracts/units.ts';
import { searchName } from '../../core/search-name.ts';
import type { Schema } from '../schema.ts';

export interface UnitFilter {
  vintage: string;
  /** west, south, east, north in degrees */
  bbox?: [number, number, number, number];
  /** start of a word of the name, without accents, or of the code */
  q?: string;
  limit: number;
  offset: number;
}

/**
 * What the page and the workers hold of the leaves of a vintage, or of its communes, in columns,
 * sorted by code.
 */
export interface UnitColumns {
  code: string[];
  name: string[];
  population: number[];
  department: string[];
  region: string[];
  epci: (string | null)[];
  areaKm2: number[];
  lon: number[];
  lat: number[];
}

/** What the map draws of a leaf. */
export interface UnitOutline {
  code: string;
  name: string;
  population: number;
  lon: number;
  lat: number;
  /** GeoJSON text */
  outline: string;
}

/** A unit as far as its name and its place among the others go. */
export interface Place {
  code: string;
  name: string;
  department: string;
  population: number;
  /** divided commune that it is a part of */
  parent: string | null;
  leaf: boolean;
}

const columns = [
  'code',
  'kind',
  'name',
  'parent',
  'leaf',
  'department',
  'region',
  'epci',
  'population',
  'area_km2 as areaKm2',
] as const;
const lon = sql<number>`round(st_x(point)::numeric, 6)`;
const lat = sql<number>`round(st_y(point)::numeric, 6)`;

export function unitRepository(db: Kysely<Schema>) {
  return {
    /** Leaves; their names hold that of their commune. */
    async list(filter: UnitFilter): Promise<{ items: Unit[]; total: number }> {
      let query = db
        .selectFrom('unit')
        .where('vintage', '=', filter.vintage)
        .where('leaf', '=', true);
      if (filter.bbox) {
        const [w, s, e, n] = filter.bbox;
        query = query.where(
          sql<boolean>`geom && st_makeenvelope(${w}::float8, ${s}::float8, ${e}::float8, ${n}::float8, 4326)`,
        );
      }
      const wanted = filter.q === undefined ? null : searchName(filter.q);
      // Only signs: no name holds them.
      if (wanted === '') return { items: [], total: 0 };
      if (wanted !== null) {
        // A code or the start of a word; the pattern holds only letters, digits and spaces.
        query = query.where((is) =>
          is.or([
            is('code', 'like', `${wanted.toUpperCase()}%`),
            is(sql<string>`' ' || search_name`, 'like', `% ${wanted}%`),
          ]),
        );
      }
      const [rows, count] = await Promise.all([
        query
          .select([...columns, lon.as('lon'), lat.as('lat')])
          .$if(wanted !== null, (q) =>
            q
              .orderBy(sql`code = ${wanted?.toUpperCase() ?? ''}`, 'desc')
              .orderBy(sql`search_name = ${wanted ?? ''}`, 'desc')
              .orderBy(sql`search_name like ${`${wanted ?? ''}%`}`, 'desc')
              .orderBy('population', 'desc'),
          )
          .orderBy('code')
          .limit(filter.limit)
          .offset(filter.offset)
          .execute(),
        query.select((s) => s.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
      ]);
      return { items: rows.map(toUnit), total: count.total };
    },

    /** A leaf, or a divided commune. */
    async byCode(vintage: string, code: string): Promise<Unit | undefined> {
      const row = await db
        .selectFrom('unit')
        .select([...columns, lon.as('lon'), lat.as('lat')])
        .where('code', '=', code)
        .where('vintage', '=', vintage)
        .executeTakeFirst();
      return row && toUnit(row);
    },

    /** What territories are made of. */
    async leaves(vintage: string): Promise<UnitColumns> {
      return columnsOf(vintage, sql`leaf`);
    },

    /** What flows and supply are known by, divided or not. */
    async communes(vintage: string): Promise<UnitColumns> {
      return columnsOf(vintage, sql`parent is null`);
    },

    async departments(vintage: string): Promise<string[]> {
      const rows = await db
        .selectFrom('unit')
        .select('department')
        .distinct()
        .where('vintage', '=', vintage)
        .orderBy('department')
        .execute();
      return rows.map(({ department }) => department);
    },

    /** Outlines of the leaves as GeoJSON text, sorted by code. */
    async outlines(vintage: string): Promise<UnitOutline[]> {
      return db
        .selectFrom('unit')
        .select(['code', 'name', 'population', lon.as('lon'), lat.as('lat')])
        .select(sql<string>`st_asgeojson(geom, 7)`.as('outline'))
        .where('vintage', '=', vintage)
        .where('leaf', '=', true)
        .orderBy(sql`code collate "C"`)
        .execute();
    },

    /** The same of some units. */
    async outlinesOf(codes: string[]): Promise<{ code: string; outline: string }[]> {
      return db
        .selectFrom('unit')
        .select(['code', sql<string>`st_asgeojson(geom, 7)`.as('outline')])
        .where(sql<boolean>`code = any(${codes}::text[])`)
        .orderBy(sql`code collate "C"`)
        .execute();
    },

    /** Every unit, divided communes and their parts alike, by code. */
    async places(vintage: string): Promise<Place[]> {
      return db
        .selectFrom('unit')
        .select(['code', 'name', 'department', 'population', 'parent', 'leaf'])
        .where('vintage', '=', vintage)
        .orderBy(sql`code collate "C"`)
        .execute();
    },

    /** Leaves that `codes` mean, those of a divided commune for the commune; each once, by code. */
    async leavesOf(vintage: string, codes: string[]): Promise<string[]> {
      const { rows } = await sql<{ code: string }>`
        select code from unit where vintage = ${vintage} and leaf
          and (code = any(${codes}::text[]) or parent = any(${codes}::text[]))
        order by code collate "C"`.execute(db);
      return rows.map(({ code }) => code);
    },

    /** Which of `codes` are taken, by units of any vintage. */
    async taken(codes: string[]): Promise<Set<string>> {
      const rows = await db
        .selectFrom('unit')
        .select('code')
        .where(sql<boolean>`code = any(${codes}::text[])`)
        .execute();
      return new Set(rows.map(({ code }) => code));
    },

    /** Which of `codes` are not in the vintage. */
    async missing(vintage: string, codes: string[]): Promise<string[]> {
      const { rows } = await sql<{ code: string }>`
        select code from unnest(${codes}::text[]) as wanted(code)
        where not exists (select from unit
          where unit.code = wanted.code and unit.vintage = ${vintage}) order by code`.execute(db);
      return rows.map(({ code }) => code);
    },
  };

  async function columnsOf(vintage: string, which: ReturnType<typeof sql>): Promise<UnitColumns> {
    const rows = await db
      .selectFrom('unit')
      .select(['code', 'name', 'population', 'department', 'region', 'epci', 'area_km2'])
      .select([lon.as('lon'), lat.as('lat')])
      .where('vintage', '=', vintage)
      .where(sql<boolean>`${which}`)
      .orderBy(sql`code collate "C"`)
      .execute();
    return {
      code: rows.map((row) => row.code),
      name: rows.map((row) => row.name),
      population: rows.map((row) => row.population),
      department: rows.map((row) => row.department),
      region: rows.map((row) => row.region),
      epci: rows.map((row) => row.epci),
      areaKm2: rows.map((row) => row.area_km2),
      lon: rows.map((row) => row.lon),
      lat: rows.map((row) => row.lat),
    };
  }
}

function toUnit({ lon, lat, ...row }: Omit<Unit, 'point'> & { lon: number; lat: number }): Unit {
  return { ...row, areaKm2: Math.round(row.areaKm2 * 100) / 100, point: [lon, lat] };
}
