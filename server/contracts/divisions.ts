import { Type } from 'typebox';
import { UploadId } from './flow-imports.ts';
import { UnitCode } from './names.ts';

const Remark = Type.Object({
  kind: Type.Union([Type.Literal('changed'), Type.Literal('rejected'), Type.Literal('note')]),
  message: Type.String({ description: 'French sentence' }),
  where: Type.Optional(Type.String({ description: 'object of a file, or code of a unit' })),
});

/** A commune that is divided: territories are made of its leaves. */
export const DivisionSummary = Type.Object({
  code: UnitCode,
  name: Type.String(),
  population: Type.Integer(),
  lon: Type.Number(),
  lat: Type.Number(),
  units: Type.Array(UnitCode, { description: 'leaves, by code' }),
  source: Type.String({
    description: 'French sentence: the file they come from, or that they were cut',
  }),
  byArea: Type.Boolean({ description: 'populations were shared by area' }),
  remarks: Type.Array(Remark),
});
export type DivisionSummary = Type.Static<typeof DivisionSummary>;

const SectorName = Type.String({
  minLength: 1,
  maxLength: 120,
  pattern: '^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$',
});
const Position = Type.Tuple([
  Type.Number({ minimum: -180, maximum: 180 }),
  Type.Number({ minimum: -90, maximum: 90 }),
]);

/** A line drawn, or a straight one across the unit. */
const CutLine = Type.Union([
  Type.Object(
    {
      points: Type.Array(Position, {
        minItems: 2,
        maxItems: 2000,
        description: 'longitude, latitude',
      }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      course: Type.Union([
        Type.Literal('north-south'),
        Type.Literal('east-west'),
        Type.Literal('northeast-southwest'),
        Type.Literal('northwest-southeast'),
      ]),
      at: Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'where across the unit; 0.5 halfway',
      }),
    },
    { additionalProperties: false },
  ),
]);
export type CutLine = Type.Static<typeof CutLine>;

export const CutPreviewWanted = Type.Object(
  { unit: UnitCode, line: CutLine },
  { additionalProperties: false },
);
export type CutPreviewWanted = Type.Static<typeof CutPreviewWanted>;

const MultiPolygon = Type.Object({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Array(Type.Array(Type.Array(Type.Array(Type.Number())))),
});

/** The two sides that a line would make of a unit. */
export const CutPreview = Type.Object({
  unit: UnitCode,
  name: Type.String(),
  population: Type.Integer(),
  line: Type.Array(Position),
  sectors: Type.Array(
    Type.Object({
      name: Type.String({ description: 'suggested' }),
      areaKm2: Type.Number(),
      population: Type.Integer({ description: 'by area' }),
      outline: MultiPolygon,
    }),
    { minItems: 2, maxItems: 2 },
  ),
});
export type CutPreview = Type.Static<typeof CutPreview>;

const SectorWanted = Type.Object(
  { name: SectorName, population: Type.Optional(Type.Integer({ minimum: 0 })) },
  { additionalProperties: false },
);

/** Populations are given for both sectors, adding up to the unit's, or for none: then by area. */
export const CutWanted = Type.Object(
  {
    unit: UnitCode,
    line: CutLine,
    sectors: Type.Tuple([SectorWanted, SectorWanted]),
  },
  { additionalProperties: false },
);
export type CutWanted = Type.Static<typeof CutWanted>;

export const MergeWanted = Type.Object(
  { units: Type.Array(UnitCode, { minItems: 2, maxItems: 1000 }), name: SectorName },
  { additionalProperties: false },
);
export type MergeWanted = Type.Static<typeof MergeWanted>;

/** Which units took the place of which; the page then reads the unit graph anew. */
export const LeavesReplaced = Type.Object({
  communes: Type.Array(UnitCode),
  replaced: Type.Array(UnitCode),
  units: Type.Array(UnitCode),
  vintage: Type.String({ description: 'the content of tiles and unit graph from now on' }),
  remarks: Type.Array(Remark),
});
export type LeavesReplaced = Type.Static<typeof LeavesReplaced>;

/** What a file of subdivisions holds, commune by commune. */
export const SubdivisionInspection = Type.Object({
  id: UploadId,
  file: Type.String(),
  communes: Type.Array(
    Type.Object({
      code: UnitCode,
      name: Type.String(),
      population: Type.Integer(),
      parts: Type.Integer(),
      kinds: Type.Array(Type.String()),
      withPopulation: Type.Boolean(),
      divided: Type.Boolean({ description: 'divided already' }),
    }),
  ),
  remarks: Type.Array(Remark),
});
export type SubdivisionInspection = Type.Static<typeof SubdivisionInspection>;

export const SubdivisionChoice = Type.Object(
  { communes: Type.Array(UnitCode, { minItems: 1, maxItems: 40_000 }) },
  { additionalProperties: false },
);
