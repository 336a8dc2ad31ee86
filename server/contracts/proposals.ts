import { Type } from 'typebox';
import { ministryBand } from '../core/indicators/band.ts';
import { Id, SpecialtyKey, UnitCode } from './names.ts';
import { Page } from './paging.ts';

/** What a geographer asks for. Every field has a default; the defaults are the ministry's band. */
export const ProposalParameters = Type.Object({
  floor: Type.Integer({ minimum: 1, maximum: 10_000_000, default: ministryBand.floor }),
  ceiling: Type.Integer({ minimum: 1, maximum: 10_000_000, default: ministryBand.ceiling }),
  flowDataset: Type.Optional(Id),
  specialty: Type.Union([Type.Literal('all'), SpecialtyKey], { default: 'all' }),
  seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295, default: 1 }),
});
export type ProposalParameters = Type.Static<typeof ProposalParameters>;

export const RunStatus = Type.Union([
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
  Type.Literal('interrupted'),
]);
export type RunStatus = Type.Static<typeof RunStatus>;

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
});
export type ProposalIndicators = Type.Static<typeof ProposalIndicators>;

export const ProposalSummary = Type.Object({
  id: Id,
  status: RunStatus,
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  parameters: ProposalParameters,
  indicators: Type.Union([ProposalIndicators, Type.Null()]),
  engine: Type.String(),
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
      }),
    ),
  }),
]);
export type Proposal = Type.Static<typeof Proposal>;
