import { Type } from 'typebox';
import { CptsStatus } from './cpts.ts';
import { Day } from './cpts-life.ts';
import { VersionNote, VersionNumber } from './cpts-versions.ts';
import { FlowsAsked, FlowsUsed, FlowWord } from './flow-words.ts';
import { DepartmentCode, Id, UnitCode } from './names.ts';
import { Page, Paging } from './paging.ts';

/** How grave an overlap is, the gravest first. */
const OverlapSeverity = Type.Union([
  Type.Literal('two_recognised'),
  Type.Literal('recognised_deposited'),
  Type.Literal('two_deposited'),
  Type.Literal('recognised_draft'),
  Type.Literal('deposited_draft'),
  Type.Literal('two_drafts'),
]);

const Side = Type.Object({
  id: Id,
  name: Type.String(),
  status: CptsStatus,
  version: VersionNumber,
  population: Type.Integer(),
  share: Type.Number({ description: 'of its inhabitants who live in the shared units, 0 to 1' }),
});

const pair = {
  a: Side,
  b: Side,
  severity: OverlapSeverity,
  population: Type.Integer({ description: 'inhabitants of the shared units' }),
  areaKm2: Type.Number({ description: 'of the shared units' }),
};

/** Two open CPTS that share units; `a.id` < `b.id`. */
export const Overlap = Type.Object({
  ...pair,
  departments: Type.Array(DepartmentCode, { description: 'of the shared units' }),
  units: Type.Array(
    Type.Object({ code: UnitCode, name: Type.String(), population: Type.Integer() }),
  ),
});
export type Overlap = Type.Static<typeof Overlap>;
export const OverlapPage = Page(Overlap);
export type OverlapPage = Type.Static<typeof OverlapPage>;

export const OverlapQuery = Type.Intersect([
  Paging,
  Type.Object({
    cpts: Type.Optional(
      Type.Intersect([Id], {
        description: 'pairs of this CPTS alone: all that an edit of it can have changed',
      }),
    ),
    at: Type.Optional({ ...Day, description: 'territories and steps as they were that day' }),
    severity: Type.Optional(OverlapSeverity),
    department: Type.Optional(
      Type.Intersect([DepartmentCode], { description: 'of one at least of the shared units' }),
    ),
  }),
]);
export type OverlapQuery = Type.Static<typeof OverlapQuery>;

/** To whom a shared unit goes, when it is not to the one that receives most of its patients. */
const Gift = Type.Object({ unit: UnitCode, to: Id }, { additionalProperties: false });
const gifts = Type.Optional(
  Type.Array(Gift, {
    maxItems: 2000,
    description: 'the shared units not named go to the one that receives most of their patients',
  }),
);

export const PreviewResolution = Type.Object(
  { give: gifts, ...FlowsAsked.properties },
  { additionalProperties: false },
);
export type PreviewResolution = Type.Static<typeof PreviewResolution>;

const Figures = Type.Object({
  units: Type.Integer(),
  population: Type.Integer(),
  band: Type.Union([Type.Literal('below'), Type.Literal('in'), Type.Literal('above')], {
    description: 'against 30,000 to 100,000 inhabitants',
  }),
  pieces: Type.Integer({ description: 'connected pieces' }),
  li: Type.Union([Type.Number({ description: 'localisation index, 0 to 1' }), Type.Null()], {
    description: 'null without flows',
  }),
});
export type TerritoryEffect = Type.Static<typeof Figures>;
const Effect = Type.Object({ before: Figures, after: Figures });

const SharedUnit = Type.Object({
  code: UnitCode,
  name: Type.String(),
  department: DepartmentCode,
  population: Type.Integer(),
  areaKm2: Type.Number(),
  patients: Type.Number({ description: 'patients a year living in the unit, wherever treated' }),
  toA: Type.Number({ description: 'of them, treated in the units that a alone holds' }),
  toB: Type.Number({ description: 'of them, treated in the units that b alone holds' }),
  maskedCells: Type.Number({ description: 'masked cells counted in toA and toB' }),
  to: Type.Intersect([Id], { description: 'the CPTS that the unit goes to' }),
  proposed: Type.Intersect([Id], { description: 'the CPTS that the rule gives it to' }),
  because: Type.Union(
    [
      Type.Literal('patients'),
      Type.Literal('step'),
      Type.Literal('border'),
      Type.Literal('number'),
    ],
    {
      description:
        'why it is proposed: more patients; else the CPTS is further on its way; else a longer border; else the older CPTS',
    },
  ),
  tie: Type.Boolean({ description: 'as many patients for both, more than none' }),
  flows: FlowWord,
});

const ResolvedSide = Type.Object({
  ...Side.properties,
  proposed: Type.Union([VersionNumber, Type.Null()], {
    description: 'number of the version that waits to be accepted: no other can be proposed',
  }),
});

/** How two CPTS would share out what both hold, and what it would make of each. */
export const OverlapResolution = Type.Object({
  ...pair,
  a: ResolvedSide,
  b: ResolvedSide,
  ...FlowsUsed.properties,
  units: Type.Array(SharedUnit, { description: 'the most populated first' }),
  effects: Type.Object({ a: Effect, b: Effect }),
  empties: Type.Array(Id, { description: 'CPTS that would hold nothing: to close instead' }),
});
export type OverlapResolution = Type.Static<typeof OverlapResolution>;

export const ResolveOverlap = Type.Object(
  {
    basedOn: Type.Object(
      { a: VersionNumber, b: VersionNumber },
      {
        additionalProperties: false,
        description: 'versions looked at, of the CPTS with the lower number and of the other',
      },
    ),
    note: Type.Optional(VersionNote),
    ...PreviewResolution.properties,
  },
  { additionalProperties: false },
);
export type ResolveOverlap = Type.Static<typeof ResolveOverlap>;

export const ResolvedOverlap = Type.Object({
  resolution: OverlapResolution,
  proposed: Type.Array(Type.Object({ cpts: Id, number: VersionNumber }), {
    description: 'versions that wait to be accepted, in force together when both were',
  }),
});
export type ResolvedOverlap = Type.Static<typeof ResolvedOverlap>;
