import { Type } from 'typebox';
import { calibrationBounds } from '../core/flows/calibrate.ts';
import { defaultGravity } from '../core/flows/gravity-parameters.ts';
import { UploadId } from './flow-imports.ts';
import { Id, MaskedCount, SpecialtyKey } from './names.ts';

const { alpha, beta } = calibrationBounds;
const Alpha = Type.Number({
  minimum: alpha.min,
  maximum: alpha.max,
  description: 'exponent of supply',
});
const Beta = Type.Number({
  minimum: beta.min,
  maximum: beta.max,
  description: 'decay with distance, km (minutes with a table of travel times)',
});

const TravelTimesId = Type.Unsafe<string>({
  ...UploadId,
  description: 'table that was sent: distances are then its minutes, and beta is in minutes',
});

/** What a table of travel times that was sent gives between the loaded communes. */
export const TravelTimesUpload = Type.Object({
  id: UploadId,
  file: Type.String(),
  pairs: Type.Integer({ description: 'ordered pairs of two communes that can be travelled' }),
  alone: Type.Integer({ description: 'communes that no pair joins to another' }),
  remarks: Type.Array(Type.String(), { description: 'French sentences' }),
  expiresAt: Type.String(),
});
export type TravelTimesUpload = Type.Static<typeof TravelTimesUpload>;

/** A wish for modelled flows; every field has a default. */
export const FlowModelWanted = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        maxLength: 200,
        pattern:
          '^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$',
      }),
    ),
    alpha: Type.Number({ ...Alpha, default: defaultGravity.alpha }),
    beta: Type.Number({ ...Beta, default: defaultGravity.beta }),
    destinations: Type.Integer({ minimum: 1, maximum: 1000, default: defaultGravity.destinations }),
    specialties: Type.Record(
      SpecialtyKey,
      Type.Object({ alpha: Alpha, beta: Beta }, { additionalProperties: false }),
      {
        default: {},
        description: 'specialties that have their own values',
      },
    ),
    calibratedOn: Type.Optional(Id),
    travelTimes: Type.Optional(TravelTimesId),
  },
  { additionalProperties: false },
);
export type FlowModelWanted = Type.Static<typeof FlowModelWanted>;

export const CalibrationWanted = Type.Object(
  { dataset: Id, masked: MaskedCount, travelTimes: Type.Optional(TravelTimesId) },
  { additionalProperties: false },
);
export type CalibrationWanted = Type.Static<typeof CalibrationWanted>;

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const ParameterState = Type.Union(
  [
    Type.Literal('estimated'),
    Type.Literal('lower-bound'),
    Type.Literal('upper-bound'),
    Type.Literal('unidentified'),
  ],
  { description: 'whether the flows tell the parameter, push it to a bound or say nothing of it' },
);

/** Values fitted on an extract, and how near the model then comes. */
export const CalibratedValues = Type.Object({
  alpha: Type.Number(),
  beta: Type.Number({ description: 'km, or minutes with a table of travel times' }),
  alphaState: ParameterState,
  betaState: ParameterState,
  alphaError: orNull(Type.Number({ description: 'standard error' })),
  betaError: orNull(Type.Number({ description: 'standard error' })),
  converged: Type.Boolean(),
  patients: Type.Number({ description: 'patients a year that the estimate rests on' }),
  withoutSupply: Type.Number({ description: 'left out: treated where the supply has nobody' }),
  unreachable: Type.Number({ description: 'left out: treated where no travel time leads' }),
  logLikelihood: Type.Number(),
  nullLogLikelihood: Type.Number({ description: 'every destination as likely as another' }),
  mcFadden: orNull(Type.Number({ description: '1 − log-likelihood / null log-likelihood' })),
  r2: orNull(Type.Number({ description: 'of the flows, over every possible pair of communes' })),
  origins: Type.Integer({ description: 'communes with a main pole, once a specialty' }),
  samePole: Type.Integer({ description: 'of these, those whose pole is that of the model' }),
});
export type CalibratedValues = Type.Static<typeof CalibratedValues>;

export const CalibrationReport = Type.Object({
  dataset: Type.Object({ id: Id, name: Type.String() }),
  masked: MaskedCount,
  travelTimes: orNull(Type.String({ description: 'the file that distances are read in' })),
  /** one alpha and one beta for all */
  pooled: orNull(CalibratedValues),
  specialties: Type.Array(
    Type.Object({
      key: SpecialtyKey,
      label: Type.String(),
      practitioners: Type.Number(),
      values: orNull(CalibratedValues),
    }),
  ),
  /** patients of the dataset that no estimate rests on */
  left: Type.Object({
    outside: Type.Number({ description: 'one end outside the loaded territory' }),
    otherSpecialties: Type.Number({ description: 'specialties without any supply' }),
  }),
});
export type CalibrationReport = Type.Static<typeof CalibrationReport>;

/** What flows can be modelled from: practitioners of each specialty in the loaded territory. */
export const SupplySummary = Type.Object({
  source: Type.String({ description: 'French sentence' }),
  specialties: Type.Array(
    Type.Object({
      key: SpecialtyKey,
      label: Type.String(),
      practitioners: Type.Number(),
      communes: Type.Integer({ description: 'communes that have at least one' }),
    }),
  ),
});
export type SupplySummary = Type.Static<typeof SupplySummary>;
