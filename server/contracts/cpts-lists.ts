import { Type } from 'typebox';
import { CptsName, CptsStatus } from './cpts.ts';
import { Day } from './cpts-life.ts';
import { Id, UnitCode } from './names.ts';

export const CptsListQuery = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255, description: 'name of the file' }) },
  { additionalProperties: false },
);

/** A loaded commune that a row may mean. */
const Candidate = Type.Object({
  code: UnitCode,
  name: Type.String(),
  department: Type.String(),
});

/** A row that a person decides on. */
const RowToDecide = Type.Object({
  line: Type.Integer({ description: 'of the file, 1 the first' }),
  cpts: Type.Integer({ description: 'place of its CPTS in the list' }),
  text: Type.String({ description: 'the commune as it is written' }),
  why: Type.Union(
    [
      Type.Literal('homonym'),
      Type.Literal('unknown_name'),
      Type.Literal('unknown_code'),
      Type.Literal('code_and_name'),
      Type.Literal('arrondissement'),
      Type.Literal('split_commune'),
    ],
    { description: 'code_and_name: they are those of different communes' },
  ),
  reason: Type.String({ description: 'French sentence' }),
  candidates: Type.Array(Candidate),
});

/** What a CPTS of a list shares with another of it, or with a recognised one that is there. */
export const ListConflict = Type.Object({
  wanted: Type.String({ description: 'CPTS of the list' }),
  cpts: Type.Object({
    id: Type.Union([Id, Type.Null()], { description: 'null: of the list too' }),
    name: Type.String(),
    status: Type.Union([CptsStatus, Type.Null()]),
  }),
  units: Type.Array(
    Type.Object({ code: UnitCode, name: Type.String(), population: Type.Integer() }),
  ),
  population: Type.Integer(),
});
export type ListConflict = Type.Static<typeof ListConflict>;

const ListedCpts = Type.Object({
  name: Type.String(),
  line: Type.Integer({ description: 'of its first row' }),
  units: Type.Array(UnitCode, { description: 'leaves' }),
  status: Type.Union([CptsStatus, Type.Null()], {
    description: 'null where the list is not plain',
  }),
  on: Type.Union([Day, Type.Null()]),
  existing: Type.Union(
    [Type.Object({ id: Id, name: Type.String(), status: CptsStatus }), Type.Null()],
    {
      description: 'the open CPTS of the same name, accents and case apart',
    },
  ),
});

export const CptsListReport = Type.Object({
  file: Type.String(),
  rows: Type.Integer(),
  cpts: Type.Array(ListedCpts),
  toDecide: Type.Array(RowToDecide),
  outside: Type.Array(
    Type.Object({ line: Type.Integer(), cpts: Type.Integer(), text: Type.String() }),
    { description: 'communes that are not in the loaded region' },
  ),
  conflicts: Type.Array(ListConflict),
  remarks: Type.Array(Type.String(), { description: 'French sentences' }),
});
export type CptsListReport = Type.Static<typeof CptsListReport>;

/** Steps that a CPTS may be imported in. */
const ImportedStatus = Type.Exclude(CptsStatus, Type.Literal('closed'));
export type ImportedStatus = Type.Static<typeof ImportedStatus>;

export const ImportCptsList = Type.Object(
  {
    file: Type.Optional(
      Type.String({ maxLength: 255, description: 'name of the list, for the events' }),
    ),
    cpts: Type.Array(
      Type.Object(
        {
          name: CptsName,
          units: Type.Array(UnitCode, { minItems: 1, maxItems: 2000 }),
          status: ImportedStatus,
          on: Type.Optional({ ...Day, description: 'since when, today unless given' }),
          again: Type.Optional(
            Type.Boolean({ description: 'even where an open CPTS has this name' }),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1500 },
    ),
  },
  { additionalProperties: false },
);
export type ImportCptsList = Type.Static<typeof ImportCptsList>;

export const ImportedCptsList = Type.Object({
  created: Type.Array(Type.Object({ cpts: Id, name: Type.String() })),
  skipped: Type.Array(Type.Object({ cpts: Id, name: Type.String() }), {
    description: 'those that were there already',
  }),
});
export type ImportedCptsList = Type.Static<typeof ImportedCptsList>;
