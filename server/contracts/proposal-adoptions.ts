import { Type } from 'typebox';
import { Id } from './names.ts';

/** Which territories become drafts; without a list, all that are none yet. */
export const AdoptProposal = Type.Object(
  {
    territories: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0 }), {
        minItems: 1,
        maxItems: 5000,
        uniqueItems: true,
      }),
    ),
  },
  { additionalProperties: false },
);
export type AdoptProposal = Type.Static<typeof AdoptProposal>;

export const ProposalAdoption = Type.Object({
  created: Type.Array(
    Type.Object({
      territory: Type.Integer(),
      cpts: Id,
      name: Type.String({ description: 'of the territory, told apart where a CPTS has that name' }),
    }),
  ),
});
export type ProposalAdoption = Type.Static<typeof ProposalAdoption>;

/** Which drafts are taken back; without a list, all that nothing was done to. */
export const UndoAdoption = Type.Object(
  { cpts: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5000, uniqueItems: true })) },
  { additionalProperties: false },
);
export type UndoAdoption = Type.Static<typeof UndoAdoption>;

export const UndoneAdoption = Type.Object({
  removed: Type.Array(Id),
  kept: Type.Array(
    Type.Object({
      cpts: Id,
      name: Type.String({ description: 'of a CPTS changed since, or adopted by someone else' }),
    }),
  ),
});
export type UndoneAdoption = Type.Static<typeof UndoneAdoption>;
