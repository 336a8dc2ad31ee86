import type { Random } from '../random.ts';
import { moveInTurn } from './move-in-turn.ts';
import type { Partition } from './partition.ts';

export interface Cooling {
  /** moves tried */
  trials: number;
  /** temperature at the start and at the end, in the unit of ties */
  from: number;
  to: number;
  /**
   * what one inhabitant outside the band costs at the start and before the end, in the unit of ties: a
   * cost that moves can pay for now and then; in the last steps it becomes prohibitive
   */
  strictFrom: number;
  strictTo: number;
}

/** Steps of a cooling: at each the temperature goes down and progress is told. */
const STEPS = 400;
/** A loss of so many temperatures is not drawn for: e^−20. */
const HOPELESS = 20;
/** The last steps, in which being outside the band comes to cost so many times more. */
const LAST_STEPS = 40;
const PROHIBITIVE = 30;

/**
 * Simulated annealing (Kirkpatrick, Gelatt, Vecchi, Science 220, 1983) by single moves over borders:
 * of a random pair of neighbours in two territories, one goes over to the other's. What is gained is
 * ties kept inside, less what it costs that the territories are farther from the band; a loss of `x` is taken with
 * probability exp(−x / temperature), and the temperature goes down geometrically. A move that would
 * leave a territory empty or in two pieces is refused, which is looked at last as it costs most. Where
 * only the band stands in the way of a move, another is looked for in turn (`moveInTurn`).
 */
export function anneal(
  partition: Partition,
  { trials, from: hot, to: cold, strictFrom, strictTo }: Cooling,
  random: Random,
  /** told the share done after each step; answers by how much to shorten or lengthen the next */
  pace: (share: number) => number = () => 1,
): void {
  const { label, size, total, tied, count, ground } = partition;
  const { population, adjacency, floor, ceiling, targetWeight, poleWeight, apart } = ground;
  const { n, offsets, neighbours } = adjacency;
  const simple = targetWeight === 0 && poleWeight === 0;
  const someApart = apart.others.length > 0;
  const ends = neighbours.length;
  const source = new Int32Array(ends);
  for (let u = 0; u < n; u++) source.fill(u, offsets[u]!, offsets[u + 1]!);

  const cooling = (cold / hot) ** (1 / (STEPS - 1));
  const hardening = (strictTo / strictFrom) ** (1 / (STEPS - LAST_STEPS));
  const closing = PROHIBITIVE ** (1 / LAST_STEPS);
  let temperature = hot;
  let strict = strictFrom;
  let perStep = Math.ceil(trials / STEPS);
  for (let step = 0; step < STEPS; step++) {
    const least = -HOPELESS * temperature;
    for (let k = 0; k < perStep; k++) {
      const e = (random() * ends) | 0;
      const unit = source[e]!;
      const from = label[unit]!;
      const to = label[neighbours[e]!]!;
      if (from === to) continue;
      const row = unit * count;
      const gain = simple ? tied[row + to]! - tied[row + from]! : partition.gain(unit, to);
      const people = population[unit]!;
      const before = total[from]!;
      const after = total[to]!;
      if (gain < least && before <= ceiling && after >= floor) continue;
      const relief =
        before - people < floor || after + people > ceiling || before > ceiling || after < floor
          ? partition.relief(unit, to)
          : 0;
      const net = gain + strict * relief;
      const bar = net < 0 || relief < 0 ? temperature * Math.log(random()) : 0;
      if (net < bar && (relief >= 0 || gain < bar)) continue;
      if (size[from]! <= 1 || (someApart && partition.clashes(unit, to))) continue;
      if (!partition.holdsWithout(unit)) continue;
      if (net >= bar) partition.move(unit, to);
      else moveInTurn(partition, unit, to, bar, strict, random);
    }
    temperature *= cooling;
    strict *= step < STEPS - LAST_STEPS ? hardening : closing;
    perStep = Math.ceil((trials / STEPS) * pace((step + 1) / STEPS));
  }
}
