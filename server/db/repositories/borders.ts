import { type Kysely, sql } from 'kysely';
import type { Border, BorderColumns } from '../../core/graph/border-columns.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

/** Lines between neighbours. */
export function borderRepository(db: Kysely<Schema>) {
  return {
    /** Numbered from `first` in the order they are given. */
    async insert(vintage: string, borders: Border[], first = 1): Promise<void> {
      await sql`create temporary table staged_border
        (id integer, a text, b text, length_m double precision, line text)`.execute(db);
      await insertColumns(db, 'staged_border', [
        { name: 'id', type: 'integer', values: borders.map((_, i) => i + first) },
        { name: 'a', type: 'text', values: borders.map(({ a }) => a) },
        { name: 'b', type: 'text', values: borders.map(({ b }) => b) },
        {
          name: 'length_m',
          type: 'double precision',
          values: borders.map(({ lengthM }) => lengthM),
        },
        {
          name: 'line',
          type: 'text',
          values: borders.map(({ lines }) =>
            JSON.stringify({ type: 'MultiLineString', coordinates: lines }),
          ),
        },
      ]);
      await sql`insert into unit_border (vintage, id, a, b, length_m, geom)
        select ${vintage}, id, a, b, length_m, st_setsrid(st_geomfromgeojson(line), 4326)
        from staged_border order by id`.execute(db);
      await sql`drop table staged_border`.execute(db);
      await sql`analyze unit_border`.execute(db);
    },

    /** The number after the highest of the vintage. */
    async nextId(vintage: string): Promise<number> {
      const { last } = await db
        .selectFrom('unit_border')
        .select((s) => s.fn.max('id').as('last'))
        .where('vintage', '=', vintage)
        .executeTakeFirstOrThrow();
      return (last ?? 0) + 1;
    },

    async columns(vintage: string): Promise<BorderColumns> {
      const rows = await db
        .selectFrom('unit_border')
        .select(['id', 'a', 'b', 'length_m'])
        .where('vintage', '=', vintage)
        .orderBy('id')
        .execute();
      return {
        id: rows.map((row) => row.id),
        a: rows.map((row) => row.a),
        b: rows.map((row) => row.b),
        lengthM: rows.map((row) => Math.round(row.length_m)),
      };
    },

    /** Lines as GeoJSON text, with the highest limit each one marks. */
    async lines(vintage: string): Promise<{ id: number; level: string; line: string }[]> {
      const { rows } = await sql<{ id: number; level: string; line: string }>`
        select l.id, st_asgeojson(l.geom, 7) as line,
          case when l.b is null then 'region'
            when a.department <> b.department then 'department'
            when a.epci is distinct from b.epci then 'epci'
            when a.parent = b.parent then 'sector'
            else 'commune' end as level
        from unit_border l join unit a on a.code = l.a left join unit b on b.code = l.b
        where l.vintage = ${vintage} order by l.id`.execute(db);
      return rows;
    },
  };
}
