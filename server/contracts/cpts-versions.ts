import { Type } from 'typebox';
import { Day } from './cpts-life.ts';
import { Id, UnitCode } from './names.ts';
import { Page } from './paging.ts';

export const VersionNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** Anything but control characters; a note keeps its tabs and lines. */
export const VersionLabel = Type.String({
  maxLength: 120,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
});
export const VersionNote = Type.String({
  maxLength: 1000,
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
});

/** What a person changed since the version they started from. */
export const TerritoryChange = Type.Object(
  {
    basedOn: VersionNumber,
    added: Type.Array(UnitCode, { maxItems: 5000 }),
    removed: Type.Array(UnitCode, { maxItems: 5000 }),
    label: Type.Optional(VersionLabel),
    note: Type.Optional(VersionNote),
  },
  {
    additionalProperties: false,
    description:
      'A unit that is in already may be added again, one that is not there removed: neither changes anything',
  },
);
export type TerritoryChange = Type.Static<typeof TerritoryChange>;

/** What others made of the territory since `basedOn`: `details` of `stale_version`. */
export const StaleVersion = Type.Object({
  version: VersionNumber,
  author: Type.String(),
  at: Type.String(),
  added: Type.Array(UnitCode),
  removed: Type.Array(UnitCode),
});
export type StaleVersion = Type.Static<typeof StaleVersion>;

const share = (description: string) =>
  Type.Union([Type.Number({ description: `${description}, 0 to 1` }), Type.Null()]);

/** What a territory amounted to when it was saved, kept as it was whatever is loaded since. */
export const TerritoryFigures = Type.Object({
  communes: Type.Integer(),
  population: Type.Integer({ description: 'inhabitants' }),
  areaKm2: Type.Number(),
  pieces: Type.Integer({ description: 'connected pieces' }),
  compactness: share('4π area / perimeter²'),
  li: share('localisation index'),
  msi: share('market share index'),
  dataset: Type.Union(
    [
      Type.Object({
        id: Id,
        name: Type.String(),
        kind: Type.Union([Type.Literal('extract'), Type.Literal('modelled')]),
      }),
      Type.Null(),
    ],
    { description: 'flows that li and msi are of; null where none were loaded' },
  ),
});
export type TerritoryFigures = Type.Static<typeof TerritoryFigures>;

export const VersionState = Type.Union([
  Type.Literal('in_force'),
  Type.Literal('replaced'),
  Type.Literal('proposed'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
]);
export type VersionState = Type.Static<typeof VersionState>;

const Who = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

/** Versions of several CPTS that are put in force together. */
const Agreement = Type.Object({
  id: Id,
  note: Type.String(),
  parts: Type.Array(
    Type.Object({
      cpts: Type.Object({ id: Id, name: Type.String() }),
      number: VersionNumber,
      state: VersionState,
      agreedBy: Who('leader who agreed'),
      acceptedBy: Who('who decided on it and accepted'),
    }),
  ),
});

export const VersionSummary = Type.Object({
  number: VersionNumber,
  author: Type.String(),
  at: Type.String(),
  label: Type.String(),
  note: Type.String(),
  restores: Type.Union([VersionNumber, Type.Null()], {
    description: 'version that it brought back',
  }),
  state: VersionState,
  since: Type.Union([Day, Type.Null()], { description: 'first day in force' }),
  until: Type.Union([Day, Type.Null()], { description: 'first day no longer in force' }),
  basedOn: Type.Union([VersionNumber, Type.Null()], {
    description: 'of a proposed version: the one that it is to replace',
  }),
  agreedBy: Who('leader who agreed to it while it was proposed'),
  acceptedBy: Who('who decided on it and accepted it'),
  reason: Type.String({ description: 'why it was refused' }),
  agreement: Type.Union([Agreement, Type.Null()]),
  figures: TerritoryFigures,
});
export type VersionSummary = Type.Static<typeof VersionSummary>;
export const VersionPage = Page(VersionSummary);
export type VersionPage = Type.Static<typeof VersionPage>;

export const Version = Type.Intersect([
  VersionSummary,
  Type.Object({ units: Type.Array(UnitCode) }),
]);
export type Version = Type.Static<typeof Version>;

const ComparedUnits = Type.Array(
  Type.Object({
    code: UnitCode,
    name: Type.String({ description: 'the code again, for a unit that is no longer loaded' }),
    population: Type.Integer(),
  }),
);

/** What leads from one version to another. */
export const VersionComparison = Type.Object({
  before: VersionSummary,
  after: VersionSummary,
  added: ComparedUnits,
  removed: ComparedUnits,
});
export type VersionComparison = Type.Static<typeof VersionComparison>;

export const RestoreVersion = Type.Object(
  { basedOn: VersionNumber, note: Type.Optional(VersionNote) },
  { additionalProperties: false },
);
export type RestoreVersion = Type.Static<typeof RestoreVersion>;
