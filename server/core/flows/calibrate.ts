import type { Distances } from './costs.ts';
import { type Goodness, goodness } from './goodness.ts';
import {
  type Choices,
  choices,
  type Evaluation,
  logLikelihood,
  type Market,
} from './likelihood.ts';

/**
 * What became of a parameter: found inside its bounds with a standard error; pushed to a bound by
 * flows that leave no choice (everybody goes to the nearest: β → 0); or left as it was, since no value
 * explains the flows better than another (one destination, supplies all equal).
 */
type ParameterState = 'estimated' | 'lower-bound' | 'upper-bound' | 'unidentified';

export interface Calibration extends Goodness {
  /** exponent of supply */
  alpha: number;
  /** decay: km, or minutes with a table of travel times */
  beta: number;
  alphaState: ParameterState;
  betaState: ParameterState;
  /** standard errors, each patient counted as an independent choice; null unless estimated */
  alphaError: number | null;
  betaError: number | null;
  /** whether the search ended on the maximum */
  converged: boolean;
  /** patients a year that the estimate rests on */
  patients: number;
  /** left out, since they went where the table of supply has nobody */
  withoutSupply: number;
  /** left out, since they went where the table of travel times has no way */
  unreachable: number;
  logLikelihood: number;
  /** of the model in which every destination is as likely as another (α = 0, no decay) */
  nullLogLikelihood: number;
  /** McFadden's 1 − L / L_null; null where there was no choice */
  mcFadden: number | null;
}

/** Where parameters are searched; outside, the model says nothing that the bound does not. */
export const calibrationBounds = {
  alpha: { min: -2, max: 5 },
  /** km or minutes */
  beta: { min: 0.1, max: 1000 },
};

const BOUNDS: [[number, number], [number, number]] = [
  [calibrationBounds.alpha.min, calibrationBounds.alpha.max],
  [1 / calibrationBounds.beta.max, 1 / calibrationBounds.beta.min],
];
const MOST_STEPS = 100;
/** Newton decrement, per patient, below which a step would change no digit that is shown. */
const SETTLED = 1e-14;
/** Variance per patient below which destinations do not differ. */
const NO_VARIATION = 1e-9;

/**
 * Maximum-likelihood α and β of Huff's model on the flows of one market, or of several together: one
 * α and β for all. Newton's method on the concave log-likelihood in (α, γ = 1/β), with backtracking,
 * in the box of `calibrationBounds`. A parameter that the flows do not tell keeps its value in
 * `initial`. Null where there are no patients to learn from.
 *
 * @throws RangeError of `costRows` and `suppliedUnits`
 */
export function calibrate(
  distances: Distances,
  markets: readonly Market[],
  initial: { alpha: number; beta: number },
  onProgress: (share: number) => void = () => {},
): Calibration | null {
  const sorted = markets.map((market) => choices(distances, market));
  const sum = (of: (market: Choices) => number) => sorted.reduce((s, market) => s + of(market), 0);
  const patients = sum(({ total }) => total);
  if (patients === 0) return null;

  const at = (point: Point) => logLikelihood(sorted, ...point);
  const nothing = at([0, 0]);
  const search = startingPoint(nothing, patients, initial);
  // Limits that steps over an ever flatter slope would take many rounds to reach.
  const everybody = patients * (1 - 1e-12);
  if (search.free[1] && sum(({ atNearest }) => atNearest) >= everybody) fix(search, 1);
  if (search.free[0] && sum(({ atLargest }) => atLargest) >= everybody) fix(search, 0);
  const climbed = climb(at, search, patients, onProgress);
  const { point, evaluation } = forgetFlat(at, climbed, search, patients, initial);

  const [alpha, gamma] = point;
  const [alphaState, gammaState] = ([0, 1] as const).map((k) => stateOf(k, point, search));
  const errors = standardErrors(evaluation, [
    alphaState === 'estimated',
    gammaState === 'estimated',
  ]);
  return {
    alpha,
    beta: 1 / gamma,
    alphaState: alphaState ?? 'unidentified',
    betaState: opposite(gammaState ?? 'unidentified'),
    alphaError: errors[0],
    betaError: errors[1] === null ? null : errors[1] / gamma ** 2,
    converged: climbed.converged,
    patients,
    withoutSupply: sum(({ withoutSupply }) => withoutSupply),
    unreachable: sum(({ unreachable }) => unreachable),
    logLikelihood: evaluation.value,
    nullLogLikelihood: nothing.value,
    mcFadden: nothing.value < 0 ? 1 - evaluation.value / nothing.value : null,
    ...goodness(sorted, alpha, gamma),
  };
}

/** alpha, gamma */
type Point = [number, number];

interface Search {
  point: Point;
  /** parameters that the steps move */
  free: [boolean, boolean];
  identified: [boolean, boolean];
}

/** Nearly the model without any effect, where the curvature is that of the destinations themselves. */
function startingPoint(
  { information: [xx, xd, dd] }: Evaluation,
  patients: number,
  initial: { alpha: number; beta: number },
): Search {
  const distance = dd > NO_VARIATION * patients;
  // Supply that only repeats distance tells nothing of its own.
  const supply =
    xx > NO_VARIATION * patients && (!distance || xx * dd - xd * xd > NO_VARIATION * xx * dd);
  return {
    point: [supply ? 0 : initial.alpha, distance ? BOUNDS[1][0] : 1 / initial.beta],
    free: [supply, distance],
    identified: [supply, distance],
  };
}

/** Puts a parameter at its upper bound. */
function fix(search: Search, k: 0 | 1): void {
  search.point[k] = BOUNDS[k][1];
  search.free[k] = false;
}

/** A parameter that the other one, at a bound, leaves without any effect goes back to `initial`. */
function forgetFlat(
  at: (point: Point) => Evaluation,
  { point, evaluation }: { point: Point; evaluation: Evaluation },
  search: Search,
  patients: number,
  initial: { alpha: number; beta: number },
): { point: Point; evaluation: Evaluation } {
  const { information } = evaluation;
  const kept: Point = [initial.alpha, 1 / initial.beta];
  const next: Point = [...point];
  for (const k of [0, 1] as const) {
    if (!search.free[k] || information[2 * k]! > 1e-12 * patients) continue;
    search.identified[k] = false;
    next[k] = kept[k];
  }
  const evaluated = at(next);
  const same = evaluated.value >= evaluation.value - 1e-9 * patients;
  return same ? { point: next, evaluation: evaluated } : { point, evaluation };
}

function climb(
  at: (point: Point) => Evaluation,
  search: Search,
  patients: number,
  onProgress: (share: number) => void,
): { point: Point; evaluation: Evaluation; converged: boolean } {
  let { point } = search;
  let evaluation = at(point);
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    // Newton's method ends in ten steps or so; how many is not known beforehand.
    onProgress(1 - 0.8 ** steps);
    const { gradient, information } = evaluation;
    const moving = ([0, 1] as const).map(
      (k) => search.free[k] && !leavesBox(k, point[k], gradient[k]),
    );
    const step = newtonStep(gradient, information, moving, patients);
    const decrement = step[0] * gradient[0] + step[1] * gradient[1];
    if (!(decrement > SETTLED * patients)) return { point, evaluation, converged: true };
    const next = backtrack(at, point, evaluation, step, patients);
    if (next === null) return { point, evaluation, converged: false };
    ({ point, evaluation } = next);
  }
  return { point, evaluation, converged: false };
}

function leavesBox(k: 0 | 1, value: number, slope: number): boolean {
  return (value <= BOUNDS[k][0] && slope <= 0) || (value >= BOUNDS[k][1] && slope >= 0);
}

/** Solves information · step = gradient over the parameters that move. */
function newtonStep(
  [ga, gg]: [number, number],
  [aa, ag, cc]: [number, number, number],
  [alpha, gamma]: boolean[],
  patients: number,
): Point {
  // A floor far below any curvature that matters, so that a flat slope gives no endless step.
  const floor = 1e-15 * patients;
  const determinant = aa * cc - ag * ag;
  if (alpha && gamma && determinant > 1e-14 * aa * cc) {
    return [(cc * ga - ag * gg) / determinant, (aa * gg - ag * ga) / determinant];
  }
  return [alpha ? ga / Math.max(aa, floor) : 0, gamma ? gg / Math.max(cc, floor) : 0];
}

/** Halves the step until the likelihood grows by enough of what its slope promises (Armijo). */
function backtrack(
  at: (point: Point) => Evaluation,
  point: Point,
  { value, gradient }: Evaluation,
  step: Point,
  patients: number,
): { point: Point; evaluation: Evaluation } | null {
  const noise = 1e-13 * (patients + Math.abs(value));
  for (let share = 1; share > 1e-9; share /= 2) {
    const next: Point = [
      clamped(0, point[0] + share * step[0]),
      clamped(1, point[1] + share * step[1]),
    ];
    const promised = gradient[0] * (next[0] - point[0]) + gradient[1] * (next[1] - point[1]);
    const evaluation = at(next);
    if (evaluation.value >= value + 1e-4 * promised - noise) return { point: next, evaluation };
  }
  return null;
}

function clamped(k: 0 | 1, value: number): number {
  return Math.min(BOUNDS[k][1], Math.max(BOUNDS[k][0], value));
}

function stateOf(k: 0 | 1, point: Point, { identified }: Search): ParameterState {
  if (!identified[k]) return 'unidentified';
  if (point[k] <= BOUNDS[k][0]) return 'lower-bound';
  return point[k] >= BOUNDS[k][1] ? 'upper-bound' : 'estimated';
}

/** A large γ is a small β. */
function opposite(state: ParameterState): ParameterState {
  if (state === 'lower-bound') return 'upper-bound';
  return state === 'upper-bound' ? 'lower-bound' : state;
}

/** Square roots of the inverse information, over the parameters estimated. */
function standardErrors(
  { information: [aa, ag, cc] }: Evaluation,
  [alpha, gamma]: [boolean, boolean],
): [number | null, number | null] {
  if (alpha && gamma) {
    const determinant = aa * cc - ag * ag;
    return [Math.sqrt(cc / determinant), Math.sqrt(aa / determinant)];
  }
  return [alpha ? 1 / Math.sqrt(aa) : null, gamma ? 1 / Math.sqrt(cc) : null];
}
