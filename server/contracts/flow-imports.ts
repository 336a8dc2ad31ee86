import { Type } from 'typebox';

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
  rejections: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() }), {
    description: 'the first thousand',
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
