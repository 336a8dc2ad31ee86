import { Type } from 'typebox';
import { Id, UnitCode } from './names.ts';

/**
 * What keeps a territory from holding more care: moves of one commune that would, and that only this
 * forbids.
 */
export const BindingConstraint = Type.Union(
  [
    Type.Literal('ceiling'),
    Type.Literal('floor'),
    Type.Literal('contiguity'),
    Type.Literal('locked'),
    Type.Literal('wall'),
    Type.Literal('count'),
  ],
  {
    description:
      'ceiling: it has no room for a commune that would gain; floor: it cannot spare one; contiguity: it would fall apart; locked: the commune is held; wall: a limit lies between; count: the number of territories forbids to join it with a neighbour',
  },
);
export type BindingConstraint = Type.Static<typeof BindingConstraint>;

export const TerritoryExplanation = Type.Object({
  id: Type.Integer({ description: 'territory, as in the proposal' }),
  population: Type.Integer(),
  li: Type.Union([Type.Number(), Type.Null()], { description: 'localisation index, 0 to 1' }),
  msi: Type.Union([Type.Number(), Type.Null()], { description: 'market share index, 0 to 1' }),
  patients: Type.Number({ description: 'patients a year who live there' }),
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
  inside: Type.Number({ description: 'share of the flow kept inside the territories' }),
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
]);
export type MoveObstacle = Type.Static<typeof MoveObstacle>;

/** A commune of a proposal, and what it would change to put it into each territory beside it. */
export const UnitExplanation = Type.Object({
  run: Id,
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
    }),
    { description: 'those that may be made first, then by what they gain' },
  ),
});
export type UnitExplanation = Type.Static<typeof UnitExplanation>;
