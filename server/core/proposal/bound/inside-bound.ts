import type { Ground } from '../ground.ts';
import type { ProposalInput } from '../input.ts';
import { type Settled, settle } from '../settle.ts';
import { MetricLp } from './metric-lp.ts';
import { TriangleFinder } from './triangles.ts';

export interface InsideBound {
  /** share of the flow that no plan in the band keeps more than, 0 to 1 */
  inside: number;
  /** territories that it holds for, those set apart included; null: any number */
  territories: number | null;
}

/** Iterations of a round, and rounds at most. */
const ITERATIONS = 200;
const ROUNDS = 30;
/** A round that lowers the bound by less than this share is slow; so many in a row are the last. */
const SLOW = 3e-4;
const PATIENCE = 2;

/**
 * An upper bound, proven, of the flow that any plan keeps inside under the wishes: each territory in the
 * band where it can be, as many as wanted, what is locked together or apart so. Weights play no part;
 * that territories are connected does only so far as units in two pieces are never together, so the
 * bound may be beyond what any plan reaches.
 *
 * Units in one territory make a metric (`MetricLp`). With p the population of a unit and P of its
 * territory, floor ≤ P ≤ ceiling is asked at each unit, and Σ p P = Σ P² of K territories that share the
 * whole population is most when all but one of them are at an end of the band: this is how the number
 * of territories limits what is inside.
 *
 * @param onProgress told the share of the rounds done and the bound so far
 * @returns null where the wishes contradict each other or there is no flow.
 */
export function insideBound(
  input: ProposalInput,
  onProgress: (share: number, bound: InsideBound) => void = () => {},
): InsideBound | null {
  const settled = settle({ ...input, weights: {} });
  if ('reason' in settled) return null;
  const { ground, wanted } = settled;
  const flow = flowOf(input, settled);
  if (flow.scope <= 0) return null;
  const territories = wanted === null ? null : wanted + settled.apartCount;
  // Ties are in shares of the flow of the whole map.
  const share = (bound: number) => Math.min(1, (flow.within + bound * flow.map) / flow.scope);

  const { lp, finder } = programme(ground, settled);
  let best = Infinity;
  let slow = 0;
  for (let round = 0; round < ROUNDS && slow < PATIENCE; round++) {
    const bound = Math.max(0, lp.solve(ITERATIONS));
    slow = bound > best * (1 - SLOW) ? slow + 1 : 0;
    best = Math.min(best, bound);
    onProgress((round + 1) / ROUNDS, { inside: share(best), territories });
    if (lp.columns === 0) break;
    finder.update();
  }
  return { inside: share(best), territories };
}

/** Flow that stays inside whatever is done, of all who live in the scope, and of the whole map. */
function flowOf({ flow, lost }: ProposalInput, { of, apart }: Settled) {
  let within = 0;
  let scope = 0;
  let map = 0;
  for (let u = 0; u < flow.n; u++) {
    let out = lost?.[u] ?? 0;
    for (let e = flow.offsets[u]!; e < flow.offsets[u + 1]!; e++) {
      const v = flow.destinations[e]!;
      const patients = flow.patients[e]!;
      out += patients;
      const together = of[u]! >= 0 ? of[u] === of[v] : apart[u]! >= 0 && apart[u] === apart[v];
      if (together) within += patients;
    }
    map += out;
    if (of[u]! >= 0 || apart[u]! >= 0) scope += out;
  }
  return { within, scope, map };
}

function programme(ground: Ground, { hopeless, piece, wanted }: Settled) {
  const { population, ties, floor, ceiling, apart } = ground;
  const n = population.length;
  const held = (u: number) => !hopeless.has(piece[u]!);
  // The ceiling is the unit of mass: shares and multipliers are then of one size.
  const mass = population.map((people) => people / ceiling);
  const lp = new MetricLp({
    mass,
    least: mass.map((own, u) => (held(u) ? Math.max(0, floor / ceiling - own) : 0)),
    most: mass.map((own) => Math.max(0, 1 - own)),
    squares:
      wanted === null || hopeless.size > 0 ? Infinity : mostSquares(ground, wanted) / ceiling ** 2,
  });
  const mayMeet = (u: number, v: number) => {
    if (population[u]! + population[v]! > ceiling || piece[u] !== piece[v]) return false;
    for (let e = apart.offsets[u]!; e < apart.offsets[u + 1]!; e++) {
      if (apart.others[e] === v) return false;
    }
    return true;
  };
  const finder = new TriangleFinder(lp, n, mayMeet);
  for (let u = 0; u < n; u++) {
    for (let e = ties.offsets[u]!; e < ties.offsets[u + 1]!; e++) {
      const v = ties.others[e]!;
      if (v > u && mayMeet(u, v)) finder.column(u, v, ties.worth[e]!);
    }
  }
  return { lp, finder };
}

/**
 * Σ P² over territories, less Σ p² over units, is at most this: a sum of squares is most at a corner of
 * what the band and the whole population leave, where all but one are at the floor or the ceiling.
 */
function mostSquares({ population, floor, ceiling }: Ground, territories: number): number {
  let all = 0;
  let own = 0;
  for (const people of population) {
    all += people;
    own += people * people;
  }
  const spare = Math.max(0, all - territories * floor);
  const full = ceiling > floor ? Math.min(territories, Math.floor(spare / (ceiling - floor))) : 0;
  const rest = full < territories ? floor + Math.max(0, spare - full * (ceiling - floor)) : 0;
  return full * ceiling ** 2 + rest ** 2 + Math.max(0, territories - full - 1) * floor ** 2 - own;
}
