import { Type } from 'typebox';

/** Where the loaded communes come from, most exact first. */
export const SourceKind = Type.Union([
  Type.Literal('files'),
  Type.Literal('geo-api'),
  Type.Literal('schematic'),
]);
export type SourceKind = Type.Static<typeof SourceKind>;

export const Health = Type.Object({
  status: Type.Literal('ok'),
  version: Type.String(),
  database: Type.Object({
    engine: Type.Union([Type.Literal('pglite'), Type.Literal('postgis')]),
    postgis: Type.String(),
  }),
  region: Type.Object({
    code: Type.String(),
    name: Type.String(),
    units: Type.Integer(),
    population: Type.Integer({ description: 'inhabitants' }),
    source: Type.String({ description: 'French sentence that names the source of the communes' }),
    sourceKind: SourceKind,
    supplySource: Type.String({
      description: 'French sentence that names the source of the supply',
    }),
    vintage: Type.String({
      description: 'Identifier of the loaded communes; part of tile addresses',
    }),
    remarks: Type.Array(
      Type.Object({
        kind: Type.Union([Type.Literal('changed'), Type.Literal('rejected'), Type.Literal('note')]),
        message: Type.String({ description: 'French sentence' }),
        where: Type.Optional(Type.String({ description: 'line of a file, or code of a unit' })),
      }),
      {
        maxItems: 100,
        description: 'What was repaired, left out or could not be fetched; the first hundred',
      },
    ),
    remarksTotal: Type.Integer({ minimum: 0 }),
  }),
  flowDataset: Type.Union([
    Type.Object({ id: Type.Integer(), name: Type.String(), kind: Type.String() }),
    Type.Null(),
  ]),
});
export type Health = Type.Static<typeof Health>;

/** 503: the first load runs, or failed. */
export const HealthUnavailable = Type.Object({
  status: Type.Union([Type.Literal('loading'), Type.Literal('failed')]),
  version: Type.String(),
  step: Type.String({ description: 'French name of the step under way' }),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  error: Type.Object({
    code: Type.String(),
    message: Type.String(),
    requestId: Type.String(),
  }),
});
export type HealthUnavailable = Type.Static<typeof HealthUnavailable>;
