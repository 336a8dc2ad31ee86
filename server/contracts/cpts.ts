import { Type } from 'typebox';
import { Day, Opposition } from './cpts-life.ts';
import { VersionLabel, VersionNote, VersionNumber } from './cpts-versions.ts';
import { Id, UnitCode } from './names.ts';
import { Page, Paging } from './paging.ts';

/** Steps of a CPTS, in order (domain: idée → … → contrat ACI signé → clos). */
export const CptsStatus = Type.Union([
  Type.Literal('idea'),
  Type.Literal('letter_of_intent'),
  Type.Literal('territory_accepted'),
  Type.Literal('project_submitted'),
  Type.Literal('project_validated'),
  Type.Literal('aci_signed'),
  Type.Literal('closed'),
]);
export type CptsStatus = Type.Static<typeof CptsStatus>;

/** Two signs at least besides the spaces around, and no control character. */
export const CptsName = Type.String({
  maxLength: 120,
  pattern:
    '^\\s*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f]\\s*$',
});

/** A version of a CPTS. */
const VersionOf = Type.Object({ id: Id, version: VersionNumber }, { additionalProperties: false });

export const CreateCpts = Type.Object(
  {
    name: CptsName,
    units: Type.Optional(Type.Array(UnitCode, { minItems: 1, maxItems: 2000 })),
    proposal: Type.Optional(
      Type.Object(
        { id: Id, territory: Type.Integer({ minimum: 0 }) },
        { additionalProperties: false },
      ),
    ),
    forkedFrom: Type.Optional(VersionOf),
    label: Type.Optional(VersionLabel),
    note: Type.Optional(VersionNote),
  },
  { additionalProperties: false, description: 'Give either units or a territory of a proposal' },
);
export type CreateCpts = Type.Static<typeof CreateCpts>;

export const Cpts = Type.Object({
  id: Id,
  name: Type.String(),
  status: CptsStatus,
  since: { ...Day, description: 'when the present step took effect' },
  deemedValidatedOn: Type.Union([Day, Type.Null()], {
    description: 'last day to oppose the project that waits: deemed validated when it has passed',
  }),
  opposition: Type.Union([Opposition, Type.Null()]),
  recognised: Type.Boolean(),
  version: Type.Integer({ description: 'number of the version in force' }),
  proposed: Type.Union([VersionNumber, Type.Null()], {
    description: 'number of the version that waits to be accepted',
  }),
  units: Type.Array(UnitCode),
  population: Type.Integer(),
  areaKm2: Type.Number(),
  inBand: Type.Boolean(),
  departments: Type.Array(Type.String(), { description: 'codes, of its units' }),
  forkedFrom: Type.Union([VersionOf, Type.Null()], {
    description: 'version of another CPTS that it was made from',
  }),
  createdAt: Type.String(),
});
export type Cpts = Type.Static<typeof Cpts>;
export const CptsPage = Page(Cpts);
export const CptsQuery = Type.Intersect([
  Paging,
  Type.Object({
    at: Type.Optional({ ...Day, description: 'steps and territories as they were that day' }),
  }),
]);
export type CptsPage = Type.Static<typeof CptsPage>;

/** One CPTS that stands in the way of a recognition: `details` of `territory_conflict`. */
export const Conflict = Type.Object({
  cpts: Type.Object({ id: Id, name: Type.String(), status: CptsStatus }),
  units: Type.Array(
    Type.Object({ code: UnitCode, name: Type.String(), population: Type.Integer() }),
  ),
  population: Type.Integer(),
});
export type Conflict = Type.Static<typeof Conflict>;
