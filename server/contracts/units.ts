import { Type } from 'typebox';
import { DivisionSummary } from './divisions.ts';
import { UnitCode } from './names.ts';
import { Page, Paging } from './paging.ts';

export const Unit = Type.Object({
  code: UnitCode,
  kind: Type.String({ description: 'commune, arrondissement, iris, quartier, sector' }),
  name: Type.String(),
  parent: Type.Union([UnitCode, Type.Null()], { description: 'the commune that it is a part of' }),
  leaf: Type.Boolean({ description: 'false for a divided commune: territories take its parts' }),
  department: Type.String(),
  region: Type.String(),
  epci: Type.Union([Type.String(), Type.Null()]),
  population: Type.Integer({ minimum: 0, description: 'inhabitants' }),
  areaKm2: Type.Number(),
  point: Type.Tuple([Type.Number(), Type.Number()], { description: 'longitude, latitude' }),
});
export type Unit = Type.Static<typeof Unit>;

export const UnitQuery = Type.Intersect([
  Paging,
  Type.Object({
    bbox: Type.Optional(
      Type.String({
        pattern: '^(-?\\d+(\\.\\d+)?(,-?\\d+(\\.\\d+)?){3})?$',
        description: 'west,south,east,north in degrees',
      }),
    ),
    q: Type.Optional(Type.String({ maxLength: 80, description: 'name without accents, or code' })),
  }),
]);
export const UnitPage = Page(Unit);
export type UnitPage = Type.Static<typeof UnitPage>;

/**
 * All that the page keeps in memory of the loaded region, in columns: one row a unit (sorted by
 * code), one row a border line. `a` and `b` index the unit columns; `b` is -1 on the outer edge.
 * `id` is the feature id of the line in the `borders` layer of the tiles. Units are leaves: a divided
 * commune is not among them, but in `divisions`, with its parts.
 */
export const UnitGraph = Type.Object({
  vintage: Type.String(),
  bbox: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
  units: Type.Object({
    code: Type.Array(Type.String()),
    name: Type.Array(Type.String()),
    population: Type.Array(Type.Integer()),
    department: Type.Array(Type.String()),
    epci: Type.Array(Type.Union([Type.String(), Type.Null()])),
    areaKm2: Type.Array(Type.Number()),
    lon: Type.Array(Type.Number()),
    lat: Type.Array(Type.Number()),
  }),
  borders: Type.Object({
    id: Type.Array(Type.Integer()),
    a: Type.Array(Type.Integer()),
    b: Type.Array(Type.Integer()),
    lengthM: Type.Array(Type.Integer()),
  }),
  divisions: Type.Array(DivisionSummary),
});
export type UnitGraph = Type.Static<typeof UnitGraph>;

/** What people also call the units of the region by: too much to wait for before the first map. */
export const PlaceNames = Type.Object({
  vintage: Type.String(),
  postal: Type.Array(Type.String(), {
    description: 'postal codes of each unit of the graph, separated by spaces',
  }),
  epci: Type.Object({ code: Type.Array(Type.String()), name: Type.Array(Type.String()) }),
  department: Type.Object({ code: Type.Array(Type.String()), name: Type.Array(Type.String()) }),
});
export type PlaceNames = Type.Static<typeof PlaceNames>;
