import { Type } from 'typebox';

const ColumnName = Type.String({ minLength: 1, maxLength: 1000 });

/** Which columns of an extract hold what; names are those of the header. */
export const ExtractMapping = Type.Object(
  {
    origin: Type.String({ ...ColumnName, description: 'commune of residence' }),
    destination: Type.String({ ...ColumnName, description: 'commune of care' }),
    specialty: Type.Optional(
      Type.String({ ...ColumnName, description: 'long form: the specialty of the row…' }),
    ),
    patients: Type.Optional(Type.String({ ...ColumnName, description: '…and its patients' })),
    wide: Type.Optional(
      Type.Array(ColumnName, {
        minItems: 1,
        maxItems: 500,
        description: 'wide form: the columns of patients, one a specialty',
      }),
    ),
    names: Type.Optional(
      Type.Record(Type.String({ maxLength: 120 }), Type.String({ minLength: 1, maxLength: 120 }), {
        description: 'specialties that stand for another: as written → key or name',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ExtractMapping = Type.Static<typeof ExtractMapping>;

const Count = Type.Integer({ minimum: 0 });

/** Rows or patients of a file: read = kept + outside + rejected, to the unit. */
const Balance = Type.Object({
  read: Count,
  kept: Count,
  outside: Type.Integer({ minimum: 0, description: 'both ends outside the loaded territory' }),
  rejected: Count,
});

/** What became of an extract, for the user to check. */
export const FlowImportReport = Type.Object({
  file: Type.String(),
  separator: Type.String(),
  encoding: Type.String(),
  rows: Balance,
  patients: Balance,
  masked: Balance,
  crossing: Type.Object(
    { rows: Count, patients: Count },
    { description: 'kept, with one end outside: leakage depends on them' },
  ),
  changedRows: Count,
  changedByKind: Type.Object(
    { repaired: Count, arrondissement: Count, moved: Count, split: Count },
    { description: 'rows, once for each of their codes that changed' },
  ),
  changes: Type.Array(
    Type.Object({
      kind: Type.Union([
        Type.Literal('repaired'),
        Type.Literal('arrondissement'),
        Type.Literal('moved'),
        Type.Literal('split'),
      ]),
      from: Type.String(),
      to: Type.String(),
      rows: Count,
    }),
    { description: 'the first thousand, those of most rows first' },
  ),
  undated: Type.Optional(
    Type.Array(Type.String(), {
      description:
        'codes taken as they are for want of a year, though their commune changed under the same code',
    }),
  ),
  rejections: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() }), {
    description: 'the first thousand; the report as CSV has the first hundred thousand',
  }),
  specialties: Type.Array(
    Type.Object({
      key: Type.String(),
      label: Type.String(),
      known: Type.Boolean(),
      patients: Type.Number({ description: 'kept' }),
      masked: Type.Number({ description: 'masked cells kept' }),
    }),
  ),
});
export type FlowImportReport = Type.Static<typeof FlowImportReport>;

/** A specialty as the file writes it, and what it is taken for. */
export const SpecialtyFound = Type.Object({
  written: Type.String(),
  key: Type.String(),
  label: Type.String(),
  known: Type.Boolean({ description: 'whether Maillage knows it; else it keeps its own name' }),
});
export type SpecialtyFound = Type.Static<typeof SpecialtyFound>;

/** Identifier of a file that was sent and waits to be imported; nobody can guess it. */
export const UploadId = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' });

const FileName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f\\u007f/\\\\]+$',
});
export const UploadQuery = Type.Object({ name: FileName });

/** What the first lines of a file sent tell, for the user to confirm. */
export const ExtractInspection = Type.Object({
  id: UploadId,
  file: Type.String(),
  bytes: Type.Integer(),
  expiresAt: Type.String(),
  separator: Type.String(),
  encoding: Type.String(),
  columns: Type.Array(Type.String()),
  sample: Type.Array(Type.Array(Type.String()), { description: 'the first twenty rows' }),
  mapping: Type.Partial(Type.Omit(ExtractMapping, ['names']), {
    description: 'which column is what, as far as one can guess',
  }),
  specialties: Type.Array(SpecialtyFound, { description: 'of the column or columns guessed' }),
  professions: Type.Array(Type.Object({ key: Type.String(), label: Type.String() }), {
    description: 'the specialties that Maillage knows',
  }),
  imported: Type.Union([Type.Object({ id: Type.Integer(), name: Type.String() }), Type.Null()], {
    description: 'the dataset that the same file gave before',
  }),
});
export type ExtractInspection = Type.Static<typeof ExtractInspection>;

/** Which columns name the specialties: one whose cells do, or those of the wide form. */
export const SpecialtyColumns = Type.Union([
  Type.Object({ specialty: ColumnName }, { additionalProperties: false }),
  Type.Object(
    { wide: Type.Array(ColumnName, { minItems: 1, maxItems: 500 }) },
    { additionalProperties: false },
  ),
]);
export type SpecialtyColumns = Type.Static<typeof SpecialtyColumns>;

export const SpecialtiesFound = Type.Object({
  items: Type.Array(SpecialtyFound),
  complete: Type.Boolean({ description: 'false when only the beginning of a long file was read' }),
});
export type SpecialtiesFound = Type.Static<typeof SpecialtiesFound>;

/** What the user confirms. */
export const ImportChoices = Type.Object(
  {
    mapping: ExtractMapping,
    name: Type.String({
      maxLength: 120,
      pattern: '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$',
    }),
    year: Type.Union([Type.Integer({ minimum: 1990, maximum: 2100 }), Type.Null()], {
      default: null,
    }),
    rejected: Type.Union([Type.Literal('refuse'), Type.Literal('skip')], {
      default: 'refuse',
      description: 'whether one rejected line refuses the file, or is left out',
    }),
  },
  { additionalProperties: false },
);
export type ImportChoices = Type.Static<typeof ImportChoices>;
