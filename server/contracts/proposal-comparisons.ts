import { Type } from 'typebox';
import { CareKind } from './flow-words.ts';
import { Id, UnitCode } from './names.ts';
import { ProposalIndicators } from './proposals.ts';

export const ProposalComparisonQuery = Type.Object({ with: Id });

const territory = Type.Union([Type.Integer(), Type.Null()]);

const both = { run: Type.Number(), with: Type.Number() };

/** Two runs side by side. Territories are matched one to one, those that share most inhabitants first. */
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
  care: Type.Array(
    Type.Object({
      kind: CareKind,
      run: Type.Union([Type.Number(), Type.Null()]),
      with: Type.Union([Type.Number(), Type.Null()]),
    }),
    {
      description:
        'as in the explanation of each run: share of the patients of a kind of care treated in the territory where they live; null where the flows of a run hold none of it, or nothing else. Empty where those of neither hold several kinds',
    },
  ),
  wished: Type.Object(
    {
      poles: Type.Union([Type.Object(both), Type.Null()], {
        description:
          'share of the poles that have a territory of their own: of several in one, all but one have not',
      }),
      target: Type.Union([Type.Object({ ...both, inhabitants: Type.Integer() }), Type.Null()], {
        description: 'mean over territories of |population − inhabitants| / inhabitants',
      }),
    },
    {
      description:
        'both runs by what either weighs: the poles and the target of the first that does; null where none does',
    },
  ),
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
