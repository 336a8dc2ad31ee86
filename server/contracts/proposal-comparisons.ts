import { Type } from 'typebox';
import { Id, UnitCode } from './names.ts';
import { ProposalIndicators } from './proposals.ts';

export const ProposalComparisonQuery = Type.Object({ with: Id });

const territory = Type.Union([Type.Integer(), Type.Null()]);

/** Two runs side by side. A territory is matched with the one it shares most inhabitants with. */
export const ProposalComparison = Type.Object({
  run: Id,
  with: Id,
  common: Type.Object(
    {
      communes: Type.Integer(),
      whole: Type.Boolean({ description: 'the two scopes are the same' }),
    },
    {
      description:
        'the communes that both runs divide: only these are compared. Where the scopes differ, the indicators are of their inhabitants, flow and EPCI, in the whole territories that hold them',
    },
  ),
  indicators: ProposalIndicators,
  otherIndicators: ProposalIndicators,
  territories: Type.Array(
    Type.Object({
      territory,
      other: territory,
      population: Type.Integer({ description: 'inhabitants of both at once' }),
    }),
    { description: 'pairs, then those of either run without a counterpart' },
  ),
  communes: Type.Array(
    Type.Object({
      code: UnitCode,
      name: Type.String(),
      population: Type.Integer(),
      territory,
      other: territory,
    }),
    {
      description: 'those that change side, by code: `other` is not the counterpart of `territory`',
    },
  ),
  population: Type.Integer({ description: 'inhabitants of the communes that change side' }),
});
export type ProposalComparison = Type.Static<typeof ProposalComparison>;
