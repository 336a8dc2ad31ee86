import { exchanges } from '../flows/exchanges.ts';
import { checkBand } from '../indicators/band.ts';
import { seededRandom } from '../random.ts';
import { agglomerate } from './agglomerate.ts';
import { anneal, climb } from './anneal.ts';
import { settleGround } from './ground.ts';
import { Partition } from './partition.ts';
import { measurePlan, type Plan, type ProposalInput } from './plan.ts';
import { repairUnderFloor } from './repair.ts';

/** Moves tried for each unit, and at most in all: about a second a region, ten for the country. */
const TRIES_PER_UNIT = 1500;
const MOST_TRIES = 16_000_000;
/** Temperatures, as shares of the mean exchange of a unit. */
const HOT = 1;
const COLD = 0.01;
const SWEEPS = 20;
const REPAIRS = 3;

/**
 * Proposes territories: every unit in one, each connected, each in the band wherever the units allow
 * it, keeping inside as much of the flow as a short search finds. What can't be in the band is set
 * apart (`settleGround`); the rest is agglomerated from the smallest, repaired where it is under the
 * floor, and refined by moves over borders.
 *
 * @throws RangeError when the columns differ in length, a population is not a count, the band is
 * inverted or the seed is out of its domain.
 */
export function propose(input: ProposalInput): Plan {
  checkInput(input);
  const { population, adjacency, floor, ceiling, onProgress = () => {} } = input;
  const n = adjacency.n;
  const random = seededRandom(input.seed);
  const exchange = exchanges(input.flow);
  const { apart, reasons } = settleGround(input);
  const start = agglomerate(population, adjacency, exchange, floor, ceiling, apart);
  onProgress(0.1);

  const { label, count } = numberTerritories(start, apart);
  const partition = new Partition(
    { population, adjacency, exchange, floor, ceiling },
    label,
    count,
  );
  repairUnderFloor(partition, random);
  onProgress(0.2);
  const unit = n > 0 ? exchange.patients.reduce((sum, p) => sum + p, 0) / n : 0;
  const tries = Math.min(n * TRIES_PER_UNIT, MOST_TRIES);
  anneal(partition, { tries, from: HOT * unit, to: COLD * unit }, random, (share) =>
    onProgress(0.2 + 0.7 * share),
  );
  climb(partition, SWEEPS);
  for (let k = 0; k < REPAIRS && repairUnderFloor(partition, random) > 0; k++) {
    climb(partition, SWEEPS);
  }
  onProgress(1);
  // Names of territories set apart are units; those of the others start after.
  const names = apart.map((name, u) => (name >= 0 ? name : n + label[u]!));
  return measurePlan(input, names, reasons);
}

function numberTerritories(
  start: Int32Array,
  apart: Int32Array,
): { label: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  const label = start.map((name, u) => {
    if (apart[u]! >= 0) return -1;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { label, count: numbers.size };
}

function checkInput({ population, adjacency, flow, floor, ceiling }: ProposalInput): void {
  checkBand({ floor, ceiling });
  if (population.length !== adjacency.n || flow.n !== adjacency.n) {
    throw new RangeError(
      `expected populations and flows of ${adjacency.n} units, got ${population.length} and ${flow.n}`,
    );
  }
  for (let u = 0; u < population.length; u++) {
    if (!(population[u]! >= 0 && population[u]! < Infinity)) {
      throw new RangeError(`unit ${u}: expected a population, got ${population[u]}`);
    }
  }
}
