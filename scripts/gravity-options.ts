import { calibrationBounds } from '../server/core/flows/calibrate.ts';
import {
  defaultGravity,
  type GravityParameters,
  type GravityValues,
} from '../server/core/flows/gravity-parameters.ts';
import { DomainError } from '../server/errors.ts';
import { readNumber } from '../server/imports/french-number.ts';

/** Options of `npm run model:flows` that give the parameters. */
export interface GravityOptions {
  alpha?: string;
  beta?: string;
  destinations?: string;
  /** `key:alpha:beta`, several joined by `+` */
  specialty?: string;
}

/** @throws DomainError `invalid_configuration` that says what was expected */
export function readGravity(options: GravityOptions): GravityParameters {
  const { alpha, beta } = calibrationBounds;
  const values = (a: string | undefined, b: string | undefined, after: string): GravityValues => ({
    alpha: within(a, defaultGravity.alpha, alpha, `alpha${after}`),
    beta: within(b, defaultGravity.beta, beta, `beta${after}`),
  });
  const destinations = within(
    options.destinations,
    defaultGravity.destinations,
    { min: 1, max: 1000 },
    'destinations',
  );
  if (!Number.isInteger(destinations)) {
    throw wrong(`--destinations attend un nombre entier, « ${options.destinations} » a été lu`);
  }
  const specialties: Record<string, GravityValues> = {};
  for (const part of options.specialty?.split('+') ?? []) {
    const [key = '', a, b, ...more] = part.split(':').map((side) => side.trim());
    if (key === '' || !a || !b || more.length > 0) {
      throw wrong(
        `« ${part} » n’est pas compris : --specialty attend spécialité:alpha:beta, plusieurs séparées par +, comme cardiologie:0,9:12+orl:0,5:6`,
      );
    }
    specialties[key] = values(a, b, ` de ${key}`);
  }
  return { ...values(options.alpha, options.beta, ''), destinations, specialties };
}

function within(
  text: string | undefined,
  otherwise: number,
  { min, max }: { min: number; max: number },
  what: string,
): number {
  if (text === undefined) return otherwise;
  const value = readNumber(text);
  if (value !== null && value >= min && value <= max) return value;
  throw wrong(`${what} attend un nombre de ${min} à ${max}, « ${text} » a été lu`);
}

function wrong(sentence: string): DomainError {
  return new DomainError('invalid_configuration', `${sentence} : corrigez l’option.`);
}
