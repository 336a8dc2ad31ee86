import type { MoveWeight } from '../../contracts/proposal-explanations.ts';
import type { JudgedPlan } from './alternatives.ts';
import { settle } from './settle.ts';

/** How far each weight of the search goes against a move; its terms are those of `Ground`. */
export interface Weighing {
  /** the units whose ties the search weighs */
  free: Uint8Array;
  /** patients a year of the whole map */
  patients: number;
  /** m of border between units */
  borderM: number;
  /** inhabitants of the whole map, and of each EPCI among the free units */
  people: number;
  epciPeople: Map<number, number>;
  target: number;
  targetWeight: number;
  poleWeight: number;
  isPole: Uint8Array;
  /** poles in each territory */
  poles: Int32Array;
}

export function weighing({ input, label, count }: Omit<JudgedPlan, 'weighing'>): Weighing {
  const { flow, lost, population, adjacency, epci } = input;
  const settled = settle(input);
  const refused = 'reason' in settled;
  const free = Uint8Array.from(label, (t, u) =>
    t >= 0 && (refused || settled.of[u]! >= 0) ? 1 : 0,
  );
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, one) => all + one, 0);
  const epciPeople = new Map<number, number>();
  const isPole = new Uint8Array(label.length);
  const poles = new Int32Array(count);
  for (let u = 0; u < label.length; u++) {
    if (!free[u] || !epci) continue;
    epciPeople.set(epci[u]!, (epciPeople.get(epci[u]!) ?? 0) + population[u]!);
  }
  for (const u of input.poles ?? []) {
    if (!free[u]) continue;
    isPole[u] = 1;
    poles[label[u]!]!++;
  }
  return {
    free,
    patients: sum(flow.patients) + sum(lost ?? []),
    borderM: sum(adjacency.lengthsM) / 2,
    people: sum(population),
    epciPeople,
    target: refused ? 1 : settled.ground.target,
    targetWeight: refused ? 0 : settled.ground.targetWeight,
    poleWeight: refused ? 0 : settled.ground.poleWeight,
    isPole,
    poles,
  };
}

/**
 * The weights that outweigh the care that a move gains, the heaviest first and no more than it takes;
 * none where the plan would be worth more with it.
 *
 * @param gain patients a year more inside territories
 */
export function outweigh(
  plan: JudgedPlan,
  unit: number,
  territory: number,
  gain: number,
): MoveWeight[] {
  const { weighing: known } = plan;
  const losses = (
    [
      ['border', borderLoss(plan, unit, territory)],
      ['epci', epciLoss(plan, unit, territory)],
      ['target', targetLoss(plan, unit, territory)],
      ['poles', polesLoss(plan, unit, territory)],
    ] as [MoveWeight, number][]
  ).sort(([, p], [, q]) => q - p);
  let worth = known.patients > 0 ? gain / known.patients : 0;
  for (const [, loss] of losses) if (loss < 0) worth -= loss;
  const named: MoveWeight[] = [];
  for (const [weight, loss] of losses) {
    if (loss <= 0 || worth < 0) break;
    worth -= loss;
    named.push(weight);
  }
  // Gains that no loss makes up for: a better plan, which the search has not come to.
  return worth > 1e-12 ? [] : named;
}

function borderLoss(plan: JudgedPlan, unit: number, territory: number): number {
  const { input, label, weighing: known } = plan;
  const weight = input.weights?.border ?? 0;
  if (weight === 0 || known.borderM === 0) return 0;
  const { offsets, neighbours, lengthsM } = input.adjacency;
  let kept = 0;
  for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
    const v = neighbours[e]!;
    if (!known.free[v]) continue;
    if (label[v] === label[unit]) kept += lengthsM[e]!;
    else if (label[v] === territory) kept -= lengthsM[e]!;
  }
  return (weight * kept) / known.borderM;
}

function epciLoss(plan: JudgedPlan, unit: number, territory: number): number {
  const { input, label, members, weighing: known } = plan;
  const weight = input.weights?.epci ?? 0;
  const epci = input.epci;
  if (weight === 0 || !epci || epci[unit]! < 0) return 0;
  const people = (t: number) => {
    let all = 0;
    for (const v of members[t]!) {
      if (v !== unit && known.free[v] && epci[v] === epci[unit]) all += input.population[v]!;
    }
    return all;
  };
  const whole = known.epciPeople.get(epci[unit]!) ?? 0;
  if (whole === 0) return 0;
  const apart = people(label[unit]!) - people(territory);
  return (weight * 2 * input.population[unit]! * apart) / (whole * known.people);
}

function targetLoss(plan: JudgedPlan, unit: number, territory: number): number {
  const { input, label, members, total, weighing: known } = plan;
  if (known.targetWeight === 0) return 0;
  const here = label[unit]!;
  const people = input.population[unit]!;
  const miss = (inhabitants: number) => (inhabitants - known.target) ** 2;
  const left = members[here]!.length > 1 ? miss(total[here]! - people) : 0;
  const after = left + miss(total[territory]! + people);
  return known.targetWeight * (after - miss(total[here]!) - miss(total[territory]!));
}

function polesLoss(plan: JudgedPlan, unit: number, territory: number): number {
  const { label, weighing: known } = plan;
  if (known.poleWeight === 0 || !known.isPole[unit]) return 0;
  const there = known.poles[territory]! > 0 ? 1 : 0;
  const here = known.poles[label[unit]!]! > 1 ? 1 : 0;
  return known.poleWeight * (there - here);
}
