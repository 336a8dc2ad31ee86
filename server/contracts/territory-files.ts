import { Type } from 'typebox';
import { CptsName } from './cpts.ts';
import { Id, UnitCode } from './names.ts';

const Ring = Type.Array(Type.Tuple([Type.Number(), Type.Number()]), {
  minItems: 4,
  maxItems: 20_000,
});

/** WGS 84 degrees. */
const Polygon = Type.Object(
  { type: Type.Literal('Polygon'), coordinates: Type.Array(Ring, { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
);

export const OutlineQuestion = Type.Object({ outline: Polygon }, { additionalProperties: false });
export type OutlineQuestion = Type.Static<typeof OutlineQuestion>;

const CoveredUnit = Type.Object({
  code: UnitCode,
  share: Type.Number({ description: 'share of the area of the unit inside the outline, 0 to 1' }),
});

const Shown = Type.Union([Type.Unknown(), Type.Null()], {
  description: 'the outline as GeoJSON, simplified for a map; null where units were listed',
});

/** Every unit that an outline touches: whoever asks chooses from which share on one is in. */
export const OutlineShares = Type.Object({
  units: Type.Array(CoveredUnit),
  outline: Shown,
  repaired: Type.Boolean({ description: 'the outline crossed itself' }),
});
export type OutlineShares = Type.Static<typeof OutlineShares>;

export const TerritoryFileQuery = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255, description: 'name of the file' }),
    by: Type.Union([Type.Literal('auto'), Type.Literal('area')], {
      default: 'auto',
      description: 'area: outlines are read even where the file gives codes',
    }),
  },
  { additionalProperties: false },
);

/** One territory of a file, as the units it is made of. */
export const FileTerritory = Type.Object({
  name: Type.String(),
  by: Type.Union([Type.Literal('list'), Type.Literal('area')], {
    description: 'list: the file names its units, whose share is then 1',
  }),
  units: Type.Array(CoveredUnit),
  outline: Shown,
  unmatched: Type.Array(Type.String(), { description: 'what fits no loaded unit, as written' }),
  ambiguous: Type.Array(Type.Object({ text: Type.String(), codes: Type.Array(UnitCode) }), {
    description: 'names that several loaded units bear, and communes that were split since',
  }),
  byName: Type.Array(Type.Object({ text: Type.String(), code: UnitCode }), {
    description: 'taken by their name, the code being that of another commune',
  }),
  followed: Type.Array(Type.Object({ text: Type.String(), code: UnitCode }), {
    description: 'communes merged into one of today, and the loaded one that they became',
  }),
});
export type FileTerritory = Type.Static<typeof FileTerritory>;

export const TerritoryFile = Type.Object({
  kind: Type.Union([
    Type.Literal('geojson'),
    Type.Literal('topojson'),
    Type.Literal('shapefile'),
    Type.Literal('csv'),
  ]),
  territories: Type.Array(FileTerritory),
  remarks: Type.Array(Type.String(), { description: 'French sentences' }),
});
export type TerritoryFile = Type.Static<typeof TerritoryFile>;

export const ExportFormat = Type.Union([
  Type.Literal('geojson'),
  Type.Literal('topojson'),
  Type.Literal('shapefile'),
  Type.Literal('csv'),
  Type.Literal('xlsx'),
]);
export type ExportFormat = Type.Static<typeof ExportFormat>;

export const ExportQuery = Type.Object({ format: ExportFormat }, { additionalProperties: false });

export const CptsExportQuery = Type.Object(
  {
    format: ExportFormat,
    ids: Type.Optional(
      Type.String({
        pattern: '^[1-9]\\d{0,8}(,[1-9]\\d{0,8}){0,499}$',
        description: 'numbers of CPTS; all those that are not closed when absent',
      }),
    ),
  },
  { additionalProperties: false },
);

/** A territory that is no CPTS yet. */
export const DraftExport = Type.Object(
  {
    format: ExportFormat,
    name: Type.String({ maxLength: 120 }),
    units: Type.Array(UnitCode, { minItems: 1, maxItems: 40_000 }),
  },
  { additionalProperties: false },
);
export type DraftExport = Type.Static<typeof DraftExport>;

/** Several territories of a file, made CPTS at once: all or none. */
export const CreateSeveralCpts = Type.Object(
  {
    cpts: Type.Array(
      Type.Object(
        { name: CptsName, units: Type.Array(UnitCode, { minItems: 1, maxItems: 2000 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 300 },
    ),
  },
  { additionalProperties: false },
);
export type CreateSeveralCpts = Type.Static<typeof CreateSeveralCpts>;

export const CreatedCpts = Type.Object({
  created: Type.Array(Type.Object({ cpts: Id, name: Type.String() })),
});
export type CreatedCpts = Type.Static<typeof CreatedCpts>;
