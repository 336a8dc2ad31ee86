import type { Calibration } from './calibrate.ts';
import type { GravityParameters, GravityValues } from './gravity-parameters.ts';

type Fitted = Pick<Calibration, 'alpha' | 'beta' | 'alphaState' | 'betaState' | 'converged'>;

/**
 * What to model with after a calibration: each specialty its own values where its flows tell both,
 * those of all together for the rest, those of `wanted` where even they do not. Rounded to the three
 * decimals that are shown, so that flows can be made again from what is written.
 */
export function fittedParameters(
  pooled: Fitted | null,
  specialties: readonly { key: string; values: Fitted | null }[],
  wanted: GravityParameters,
): GravityParameters {
  const { destinations } = wanted;
  const own: Record<string, GravityValues> = {};
  for (const { key, values } of specialties) if (isTold(values)) own[key] = rounded(values);
  const all = isTold(pooled) ? rounded(pooled) : { alpha: wanted.alpha, beta: wanted.beta };
  return { ...all, destinations, specialties: own };
}

/** Whether the flows tell both parameters, so that they are worth modelling with. */
function isTold(values: Fitted | null): values is Fitted {
  if (!values) return false;
  const { alphaState, betaState, converged } = values;
  return alphaState === 'estimated' && betaState === 'estimated' && converged;
}

function rounded({ alpha, beta }: GravityValues): GravityValues {
  return { alpha: Math.round(alpha * 1000) / 1000, beta: Math.round(beta * 1000) / 1000 };
}
