import { Type } from 'typebox';
import { Id } from './names.ts';
import { AsAsked } from './proposals.ts';

/** How far a run is from the best that its wishes allow: a proof, made when asked for. */
export const ProposalBound = Type.Object({
  run: Id,
  asAsked: AsAsked,
  status: Type.Union(
    [
      Type.Literal('none'),
      Type.Literal('queued'),
      Type.Literal('running'),
      Type.Literal('stopped'),
      Type.Literal('done'),
    ],
    {
      description:
        'done: as low as the proof comes to, stored with the run. stopped: stored too, and asked for again it is begun anew, the lower of both kept',
    },
  ),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  inside: Type.Number({ description: 'share of the flow that the run keeps inside' }),
  bound: Type.Union([Type.Number(), Type.Null()], {
    description:
      'share of the flow that no plan with these locks and limits, in the band wherever it can be and of that number of territories if one was asked for, keeps more than; null: not known yet',
  }),
  better: Type.Union([Type.Number(), Type.Null()], {
    description:
      'bound / inside − 1: at most so much better is possible. null without a bound, or where the run has territories outside the band that could be in it, of which the bound says nothing',
  }),
  message: Type.Union([Type.String(), Type.Null()], { description: 'why it failed, in French' }),
});
export type ProposalBound = Type.Static<typeof ProposalBound>;
