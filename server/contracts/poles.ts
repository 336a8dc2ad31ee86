import { type TSchema, Type } from 'typebox';
import { Id, MaskedCount, SpecialtyChoice, SpecialtyKey, UnitCode } from './names.ts';
import { Page } from './paging.ts';

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
    masked: MaskedCount,
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

/** A stored analysis: the same parameters always answer the same run. */
export const PoleRun = Type.Object({
  id: Id,
  dataset: Id,
  parameters: PoleParameters,
  seconds: Type.Number({ description: 'how long the analysis took' }),
  createdAt: Type.String(),
});
export type PoleRun = Type.Static<typeof PoleRun>;

export const PoleRunPage = Page(PoleRun);
export type PoleRunPage = Type.Static<typeof PoleRunPage>;

export const PoleQuery = Type.Object({ specialty: SpecialtyChoice });

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const catchmentFigures = {
  communes: Type.Integer({ description: 'communes whose main attraction pole it is' }),
  population: Type.Integer({ description: 'inhabitants of those communes' }),
  patients: Type.Number({ description: 'patients a year treated at the pole' }),
  li: Type.Number({ description: 'localisation index of those communes, 0 to 1' }),
  msi: Type.Number({ description: 'market share index of those communes, 0 to 1' }),
  net: orNull(Type.Number({ description: 'inflow from outside them / outflow to outside' })),
  rank: PoleRank,
};

const Pole = Type.Object({ code: UnitCode, name: Type.String(), ...catchmentFigures });

/** One pole over every specialty it is a pole for, `all` among them. */
export const PoleProfile = Type.Object({
  run: Id,
  code: UnitCode,
  name: Type.String(),
  specialties: Type.Array(Type.Object({ specialty: Type.String(), ...catchmentFigures })),
});
export type PoleProfile = Type.Static<typeof PoleProfile>;

const CommunePole = Type.Object({
  code: UnitCode,
  pole: Type.Union([UnitCode, Type.Null()], {
    description: 'null where a threshold leaves the commune without one',
  }),
  patients: Type.Number({ description: 'patients a year, all destinations' }),
  rate: Type.Number({ description: 'attraction rate of the first destination, 0 to 1' }),
  second: orNull(UnitCode),
  gap: orNull(Type.Number({ description: 'rate less that of the second destination' })),
  entropy: Type.Number({ description: 'entropy of the destinations, bits' }),
  agreement: orNull(
    Type.Number({ description: 'over all: share of specialties with the same pole, 0 to 1' }),
  ),
  fragile: Type.Boolean({
    description: 'some value 1 to 10 in the commune’s masked cells changes its pole',
  }),
});

export const Poles = Type.Object({
  parameters: Type.Intersect([
    PoleParameters,
    Type.Object({ run: Id, dataset: Id, specialty: Type.String() }),
  ]),
  poles: Type.Array(Pole),
  communes: Type.Array(CommunePole),
});
export type Poles = Type.Static<typeof Poles>;

export const ComparisonQuery = Type.Object({
  with: Id,
  specialty: SpecialtyChoice,
  otherSpecialty: Type.Optional(
    Type.Union([Type.Literal('all'), SpecialtyKey], {
      description: 'specialty of the other analysis; the same one when it is not named',
    }),
  ),
});

/** What another analysis, another specialty or both change. */
export const PoleComparison = Type.Object({
  run: Id,
  with: Id,
  specialty: Type.String(),
  otherSpecialty: Type.String(),
  compared: Type.Integer({ description: 'communes in either analysis' }),
  changed: Type.Integer(),
  population: Type.Integer({ description: 'inhabitants of the communes that change pole' }),
  communes: Type.Array(
    Type.Object({
      code: UnitCode,
      name: Type.String(),
      population: Type.Integer(),
      pole: orNull(UnitCode),
      otherPole: orNull(UnitCode),
    }),
  ),
});
export type PoleComparison = Type.Static<typeof PoleComparison>;
