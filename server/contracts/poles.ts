import { Type } from 'typebox';
import { SpecialtyKey } from './names.ts';

/** How poles are found. Every field has a default: `{}` is the default analysis. */
export const PoleParameters = Type.Object(
  {
    method: Type.Union([Type.Literal('plurality'), Type.Literal('nystuen-dacey')], {
      default: 'plurality',
      description: 'plurality: where most residents go; nystuen-dacey: dominant flows (1961)',
    }),
    weights: Type.Record(SpecialtyKey, Type.Number({ minimum: 0, maximum: 1000 }), {
      default: {},
      maxProperties: 200,
      description: 'weight of a specialty in « all », 1 when not named, 0 leaves it out',
    }),
    masked: Type.Union([Type.Literal(0), Type.Literal(5), Type.Literal(10)], {
      default: 5,
      description: 'patients a masked cell (1 to 10 patients) counts as',
    }),
    minPatients: Type.Number({
      minimum: 0,
      maximum: 1_000_000_000,
      default: 0,
      description: 'a commune with fewer patients, all destinations, has no pole',
    }),
    minRate: Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0,
      description: 'a commune whose first destination draws a lesser share has no pole',
    }),
    minCommunes: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      default: 1,
      description: 'what attracts fewer communes is no pole, and those communes have none',
    }),
  },
  { additionalProperties: false },
);
export type PoleParameters = Type.Static<typeof PoleParameters>;

/** Place of a pole in the hierarchy of dominant flows (Nystuen–Dacey). */
export const PoleRank = Type.Union([
  Type.Literal('dominant'),
  Type.Literal('intermediate'),
  Type.Literal('dominated'),
]);
export type PoleRank = Type.Static<typeof PoleRank>;

export const defaultPoleParameters: PoleParameters = {
  method: 'plurality',
  weights: {},
  masked: 5,
  minPatients: 0,
  minRate: 0,
  minCommunes: 1,
};
