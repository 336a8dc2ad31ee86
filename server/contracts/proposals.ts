import { Type } from 'typebox';
import { ministryBand } from '../core/indicators/band.ts';
import { Id, MaskedCount, SpecialtyChoice, SpecialtyKey, UnitCode } from './names.ts';
import { Page } from './paging.ts';

const weight = (otherwise: number, description: string) =>
  Type.Number({ minimum: 0, maximum: 10, default: otherwise, description });

/** What is wanted besides care kept inside; 0 leaves it out, 0.1 makes it worth a tenth of the flow. */
const ProposalWeights = Type.Object(
  {
    border: weight(0.05, 'compact territories: share of the borders between communes inside them'),
    epci: weight(0, 'intercommunalités kept whole'),
    target: weight(0, 'territories near the target population'),
    poles: weight(0, 'poles each in a territory of its own'),
  },
  { additionalProperties: false, default: {} },
);

/** Which communes are divided. */
const ProposalScope = Type.Union(
  [
    Type.Object({ kind: Type.Literal('all') }, { additionalProperties: false }),
    Type.Object(
      {
        kind: Type.Literal('departments'),
        codes: Type.Array(Type.String({ pattern: '^[0-9][0-9AB][0-9]?$' }), {
          minItems: 1,
          maxItems: 110,
          uniqueItems: true,
        }),
      },
      { additionalProperties: false },
    ),
    Type.Object({ kind: Type.Literal('uncovered') }, { additionalProperties: false }),
  ],
  {
    default: { kind: 'all' },
    description: 'uncovered: communes in no recognised CPTS (« compléter la carte »)',
  },
);

const UnitChange = Type.Object(
  { unit: UnitCode, territory: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);

/** What a user touched of a proposal, which the run that improves it may not undo. */
const Touched = {
  changes: Type.Array(UnitChange, {
    default: [],
    maxItems: 5000,
    description: 'communes put into another territory of the proposal: each stays there',
  }),
  locked: Type.Array(UnitCode, {
    default: [],
    maxItems: 5000,
    description: 'communes that stay in the territory where the proposal has them',
  }),
  drafts: Type.Array(Id, {
    default: [],
    maxItems: 200,
    description: 'CPTS, as drawn now, held as territories just as they are',
  }),
  around: Type.Union([Type.Literal('neighbours'), Type.Literal('all')], {
    default: 'neighbours',
    description:
      'neighbours: only the territories touched and those beside them are divided anew; all: every one',
  }),
};

/** What a geographer asks for. Every field has a default: `{}` asks for the ministry's band. */
export const ProposalParameters = Type.Object(
  {
    floor: Type.Integer({ minimum: 1, maximum: 10_000_000, default: ministryBand.floor }),
    ceiling: Type.Integer({ minimum: 1, maximum: 10_000_000, default: ministryBand.ceiling }),
    flowDataset: Type.Optional(Id),
    specialty: SpecialtyChoice,
    specialtyWeights: Type.Record(SpecialtyKey, Type.Number({ minimum: 0, maximum: 1000 }), {
      default: {},
      maxProperties: 200,
      description: 'weight of a specialty in « all », 1 when not named, 0 leaves it out',
    }),
    masked: MaskedCount,
    weights: ProposalWeights,
    target: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000_000,
        description: 'inhabitants a territory should have; the middle of the band when absent',
      }),
    ),
    territories: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        description:
          'how many territories, recognised CPTS that are kept left out; absent: of all that the band allows, the number whose plan short searches find to be worth most',
      }),
    ),
    wholeEpci: Type.Boolean({
      default: false,
      description: 'holds whole every EPCI that is in one piece and not above the ceiling',
    }),
    walls: Type.Union([Type.Literal('none'), Type.Literal('department'), Type.Literal('region')], {
      default: 'none',
      description: 'limits that no territory crosses',
    }),
    scope: ProposalScope,
    keepCpts: Type.Boolean({
      default: false,
      description: 'recognised CPTS are territories just as they are',
    }),
    together: Type.Array(Type.Array(UnitCode, { minItems: 2, maxItems: 500 }), {
      default: [],
      maxItems: 500,
      description: 'lists of communes that end in one territory',
    }),
    apart: Type.Array(Type.Tuple([UnitCode, UnitCode]), {
      default: [],
      maxItems: 500,
      description: 'pairs of communes that end in two territories',
    }),
    effort: Type.Union([Type.Literal('quick'), Type.Literal('normal'), Type.Literal('thorough')], {
      default: 'normal',
      description: 'how many moves are tried, so that the same seed gives the same plan anywhere',
    }),
    poleRun: Type.Optional(
      Type.Intersect([Id], {
        description:
          'analysis whose poles the weight means; the default one of the dataset if absent',
      }),
    ),
    improves: Type.Optional(
      Type.Object({ proposal: Id, ...Touched }, { additionalProperties: false }),
    ),
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295, default: 1 }),
  },
  { additionalProperties: false },
);
export type ProposalParameters = Type.Static<typeof ProposalParameters>;

/** What `{}` asks for; runs of before a parameter existed had its default. */
export const defaultProposalParameters: ProposalParameters = {
  floor: ministryBand.floor,
  ceiling: ministryBand.ceiling,
  specialty: 'all',
  specialtyWeights: {},
  masked: 5,
  weights: { border: 0.05, epci: 0, target: 0, poles: 0 },
  wholeEpci: false,
  walls: 'none',
  scope: { kind: 'all' },
  keepCpts: false,
  together: [],
  apart: [],
  effort: 'normal',
  seed: 1,
};

/** « Improve around my changes »: a new run with the parameters of this one and what was touched held. */
export const ImproveProposal = Type.Object(
  {
    ...Touched,
    effort: Type.Optional(
      Type.Union([Type.Literal('quick'), Type.Literal('normal'), Type.Literal('thorough')]),
    ),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  },
  { additionalProperties: false },
);
export type ImproveProposal = Type.Static<typeof ImproveProposal>;

export const RunStatus = Type.Union([
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
  Type.Literal('interrupted'),
]);
export type RunStatus = Type.Static<typeof RunStatus>;

/** Of what is told of a finished run afterwards. */
export const AsAsked = Type.Boolean({
  description:
    'told of what the run was asked. false: a run of before that was kept with it, told of the CPTS and drafts that it names as they are drawn now, or were when it was proven',
});

/** Why a territory is outside the band. */
export const BandReason = Type.Union([
  Type.Literal('commune_above_ceiling'),
  Type.Literal('surrounded'),
  Type.Literal('island'),
  Type.Literal('locked_in'),
  Type.Literal('fixed'),
  Type.Literal('no_count_fits'),
  Type.Literal('not_found'),
]);
export type BandReason = Type.Static<typeof BandReason>;

export const ProposalIndicators = Type.Object({
  territories: Type.Integer(),
  inBand: Type.Integer({ description: 'territories in the band' }),
  reachablePopulation: Type.Integer({
    description:
      'inhabitants that can be in the band: all but communes above the ceiling and what they, the sea or a lock enclose under the floor',
  }),
  inBandPopulation: Type.Integer(),
  inBandShare: Type.Number({ description: 'inBandPopulation / reachablePopulation' }),
  inside: Type.Number({ description: 'share of the flow kept inside the territories' }),
  pieces: Type.Integer({
    description: 'connected pieces beyond one a territory: 0 when contiguous',
  }),
  compactness: Type.Optional(
    Type.Number({ description: 'mean over territories of 4π area / perimeter² (Polsby–Popper)' }),
  ),
  epciWhole: Type.Optional(
    Type.Number({ description: 'share of the EPCI of the scope that lie in one territory' }),
  ),
});
export type ProposalIndicators = Type.Static<typeof ProposalIndicators>;

/** Figures of a plan on the way. */
export const ProposalBest = Type.Object({
  territories: Type.Integer(),
  inBand: Type.Integer({ description: 'territories in the band' }),
  inBandShare: Type.Number({ description: 'as in indicators' }),
  inside: Type.Number({ description: 'as in indicators' }),
});
export type ProposalBest = Type.Static<typeof ProposalBest>;

export const ProposalSummary = Type.Object({
  id: Id,
  status: RunStatus,
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  parameters: ProposalParameters,
  indicators: Type.Union([ProposalIndicators, Type.Null()]),
  best: Type.Union([ProposalBest, Type.Null()], {
    description: 'the best plan found so far, while the run is under way',
  }),
  engine: Type.String({ description: 'name and version of what drew the territories' }),
  threads: Type.Union([Type.Integer(), Type.Null()], {
    description: 'threads that searched; their number changes the seconds, not the territories',
  }),
  seconds: Type.Union([Type.Number(), Type.Null()]),
  message: Type.Union([Type.String(), Type.Null()], { description: 'why it failed, in French' }),
  createdAt: Type.String(),
});
export type ProposalSummary = Type.Static<typeof ProposalSummary>;
export const ProposalPage = Page(ProposalSummary);
export type ProposalPage = Type.Static<typeof ProposalPage>;

export const Proposal = Type.Intersect([
  ProposalSummary,
  Type.Object({
    territories: Type.Array(
      Type.Object({
        id: Type.Integer(),
        name: Type.String({ description: 'its most populated commune' }),
        units: Type.Array(UnitCode),
        population: Type.Integer(),
        li: Type.Union([Type.Number(), Type.Null()]),
        inBand: Type.Boolean(),
        reason: Type.Union([BandReason, Type.Null()]),
        cpts: Type.Union([Id, Type.Null()], {
          description: 'the CPTS it was adopted as, or that it keeps',
        }),
        kept: Type.Boolean({
          description:
            'the run was told to keep or hold that CPTS; false too in runs of before what they were asked was kept with them',
        }),
      }),
    ),
  }),
]);
export type Proposal = Type.Static<typeof Proposal>;
