import { Type } from 'typebox';
import { CareKind } from './flow-words.ts';
import { Id, UnitCode } from './names.ts';
import { AsAsked } from './proposals.ts';

/** A weight of the run that may outweigh the care that a move gains. */
export const MoveWeight = Type.Union([
  Type.Literal('border'),
  Type.Literal('epci'),
  Type.Literal('target'),
  Type.Literal('poles'),
]);
export type MoveWeight = Type.Static<typeof MoveWeight>;

/**
 * What keeps care from being held inside: what stands against moves of one commune, out of the territory
 * or into it, that would keep more. None: no such move would.
 */
export const BindingConstraint = Type.Union(
  [
    Type.Literal('ceiling'),
    Type.Literal('floor'),
    Type.Literal('neighbour_ceiling'),
    Type.Literal('neighbour_floor'),
    Type.Literal('contiguity'),
    Type.Literal('locked'),
    Type.Literal('wall'),
    Type.Literal('count'),
    ...MoveWeight.anyOf,
    Type.Literal('search'),
  ],
  {
    description:
      'ceiling: it has no room for a commune that would gain; floor: it cannot spare one; neighbour_ceiling: the neighbour that one of its communes would join has no room; neighbour_floor: the neighbour of a commune that would join cannot spare it; contiguity: the one that is left would fall apart; locked: the commune is held; wall: a limit lies between; count: the number of territories forbids to join it with a neighbour; border, epci, target, poles: the move may be made, but this weight outweighs the care it gains; search: it may be made and is worth it, and was not found',
  },
);
export type BindingConstraint = Type.Static<typeof BindingConstraint>;

/** What stays inside of one kind of care. */
const KeptCare = Type.Object({
  kind: CareKind,
  patients: Type.Number({ description: 'patients a year who live there' }),
  inside: Type.Union([Type.Number(), Type.Null()], {
    description: 'share of them treated inside, 0 to 1; null where there are none',
  }),
});
export type KeptCare = Type.Static<typeof KeptCare>;

const keptCare = Type.Array(KeptCare, {
  description:
    'general practice, specialists and other care told apart, over the whole dataset, each patient once whatever the weights of the run; empty where the dataset holds one kind of care only',
});

export const TerritoryExplanation = Type.Object({
  id: Type.Integer({ description: 'territory, as in the proposal' }),
  population: Type.Integer(),
  li: Type.Union([Type.Number(), Type.Null()], { description: 'localisation index, 0 to 1' }),
  msi: Type.Union([Type.Number(), Type.Null()], { description: 'market share index, 0 to 1' }),
  patients: Type.Number({ description: 'patients a year who live there' }),
  care: keptCare,
  leaks: Type.Array(
    Type.Object({
      territory: Type.Union([Type.Integer(), Type.Null()], {
        description: 'null: outside every territory, the loaded region included',
      }),
      patients: Type.Number({ description: 'patients a year' }),
      share: Type.Number({ description: 'of those who live in the territory, 0 to 1' }),
    }),
    { description: 'where its patients leave to, the three largest' },
  ),
  epciCut: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      share: Type.Number({ description: 'of its inhabitants who live in this territory, 0 to 1' }),
    }),
    { description: 'intercommunalités that lie partly here, the largest part first' },
  ),
  compactness: Type.Union([Type.Number(), Type.Null()], {
    description: '4π area / perimeter² (Polsby–Popper): 1 for a disc',
  }),
  poles: Type.Array(Type.Object({ code: Type.String(), name: Type.String() }), {
    description: 'attraction poles inside, by code',
  }),
  binding: Type.Array(BindingConstraint),
});
export type TerritoryExplanation = Type.Static<typeof TerritoryExplanation>;

export const ProposalExplanation = Type.Object({
  run: Id,
  asAsked: AsAsked,
  inside: Type.Number({ description: 'share of the flow kept inside the territories' }),
  care: keptCare,
  territories: Type.Array(TerritoryExplanation),
});
export type ProposalExplanation = Type.Static<typeof ProposalExplanation>;

/** What forbids a move. */
export const MoveObstacle = Type.Union([
  Type.Literal('ceiling'),
  Type.Literal('floor'),
  Type.Literal('contiguity'),
  Type.Literal('locked'),
  Type.Literal('wall'),
  Type.Literal('count'),
]);
export type MoveObstacle = Type.Static<typeof MoveObstacle>;

/** A commune of a proposal, and what it would change to put it into each territory beside it. */
export const UnitExplanation = Type.Object({
  run: Id,
  asAsked: AsAsked,
  code: UnitCode,
  name: Type.String(),
  population: Type.Integer(),
  territory: Type.Union([Type.Integer(), Type.Null()], { description: 'null: outside the scope' }),
  alternatives: Type.Array(
    Type.Object({
      territory: Type.Integer(),
      patients: Type.Number({ description: 'patients a year more inside territories, or less' }),
      inside: Type.Number({ description: 'the same in share of all the flow, −1 to 1' }),
      populationFrom: Type.Integer({ description: 'inhabitants left to its territory' }),
      populationTo: Type.Integer({ description: 'inhabitants of the other, with it' }),
      obstacles: Type.Array(MoveObstacle, {
        description: 'rules that the move would break; none: it may be made',
      }),
      outweighedBy: Type.Array(MoveWeight, {
        description:
          'of a move that may be made and gains care: the weights of the run that outweigh it; none: the run would be better with it',
      }),
    }),
    { description: 'those that may be made first, then by what they gain' },
  ),
});
export type UnitExplanation = Type.Static<typeof UnitExplanation>;
