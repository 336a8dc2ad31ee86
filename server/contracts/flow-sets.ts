import { Type } from 'typebox';
import { Id, MaskedCount, SpecialtyChoice, UnitCode } from './names.ts';

/** Sets of units whose exchanges are wanted: territories, catchments, one commune each. */
export const FlowSetsWanted = Type.Object(
  {
    sets: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 200 }),
          units: Type.Array(UnitCode, { minItems: 1, maxItems: 40_000 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 2000 },
    ),
    specialty: SpecialtyChoice,
    masked: MaskedCount,
    k: Type.Integer({
      minimum: 0,
      maximum: 1000,
      default: 10,
      description: 'how many of the largest flows between sets and to outside',
    }),
  },
  { additionalProperties: false },
);
export type FlowSetsWanted = Type.Static<typeof FlowSetsWanted>;

const share = (description: string) =>
  Type.Union([Type.Number({ description: `${description}, 0 to 1` }), Type.Null()]);

export const FlowSets = Type.Object({
  dataset: Id,
  specialty: Type.String(),
  masked: MaskedCount,
  sets: Type.Array(
    Type.Object({
      name: Type.String(),
      units: Type.Integer({ description: 'distinct units' }),
      patients: Type.Number({ description: 'patients a year living in the set' }),
      treated: Type.Number({ description: 'patients a year treated in the set' }),
      inside: Type.Number({ description: 'living and treated in the set' }),
      outflow: Type.Number({ description: 'living in the set, treated elsewhere' }),
      inflow: Type.Number({ description: 'treated in the set, living elsewhere' }),
      li: share('localisation index: inside / patients'),
      msi: share('market share index: inside / treated'),
      leakage: share('1 − localisation index'),
      attractivity: share('1 − market share index'),
      net: Type.Union([
        Type.Number({ description: 'inflow / outflow; null where nothing leaves' }),
        Type.Null(),
      ]),
    }),
  ),
  flows: Type.Array(
    Type.Object({
      from: Type.Integer({ description: 'index of a set' }),
      to: Type.Union([Type.Integer({ description: 'index of a set' }), Type.Null()], {
        description: 'null: outside every set',
      }),
      patients: Type.Number(),
    }),
    { description: 'the k largest flows between two sets or from a set to outside every set' },
  ),
});
export type FlowSets = Type.Static<typeof FlowSets>;
