import type { BindingConstraint } from '../../contracts/proposal-explanations.ts';
import { compactness } from '../indicators/compactness.ts';
import { type EpciPart, epciCuts } from '../indicators/epci-cuts.ts';
import { localisation } from '../indicators/localisation.ts';
import type { Alternative, JudgedPlan } from './alternatives.ts';
import { gains } from './gains.ts';

/** What is measured of a plan besides what it was made from, by unit. */
export interface Surroundings {
  areaKm2: ArrayLike<number>;
  /** length of the edge on no other unit, m */
  outerM: ArrayLike<number>;
  /** patients a year treated there who live outside every unit */
  gained: ArrayLike<number>;
}

export interface ExplainedTerritory {
  /** inhabitants */
  population: number;
  /** localisation index, 0 to 1; null where nobody is treated anywhere */
  li: number | null;
  /** market share index F[T,T] / Σ_{j∈T} F[·,j], 0 to 1; null where nobody is treated there */
  msi: number | null;
  /** patients a year who live there */
  patients: number;
  /** where they leave to, the three largest; null: outside every territory */
  leaks: { territory: number | null; patients: number }[];
  epciCut: EpciPart[];
  /** 4π area / perimeter², null without a perimeter */
  compactness: number | null;
  /** units that are poles */
  poles: number[];
  binding: BindingConstraint[];
}

const LEAKS = 3;

/**
 * Why each territory of a plan is as it is: its figures, where its care goes, what holds it back.
 *
 * @param moves `alternatives` of each unit
 */
export function explainTerritories(
  plan: JudgedPlan,
  around: Surroundings,
  moves: readonly (readonly Alternative[])[],
): ExplainedTerritory[] {
  const { input, label, count } = plan;
  const care = localisation(input.flow, label, count, input.lost);
  const treated = treatedIn(plan, around.gained);
  const shape = compactness(input.adjacency, label, count, around.areaKm2, around.outerM);
  const cuts = epciCuts(input.epci ?? [], label, input.population);
  const leaks = leaksOf(plan);
  const binding = bindingOf(plan, moves);
  return plan.members.map((_, t) => ({
    population: plan.total[t]!,
    li: care.out[t]! > 0 ? care.li[t]! : null,
    msi: treated[t]! > 0 ? care.inside[t]! / treated[t]! : null,
    patients: care.out[t]!,
    leaks: leaks[t]!,
    epciCut: cuts.filter(({ group }) => group === t),
    compactness: Number.isFinite(shape[t]!) ? shape[t]! : null,
    poles: (input.poles ?? []).filter((unit) => label[unit] === t).sort((p, q) => p - q),
    binding: binding[t]!,
  }));
}

function treatedIn({ input: { flow }, label, count }: JudgedPlan, gained: ArrayLike<number>) {
  const treated = new Float64Array(count);
  for (let u = 0; u < label.length; u++) if (label[u]! >= 0) treated[label[u]!]! += gained[u]!;
  for (let e = 0; e < flow.destinations.length; e++) {
    const t = label[flow.destinations[e]!]!;
    if (t >= 0) treated[t]! += flow.patients[e]!;
  }
  return treated;
}

function leaksOf({ input: { flow, lost }, label, count }: JudgedPlan) {
  const leaving = Array.from({ length: count }, () => new Map<number, number>());
  const add = (t: number, to: number, patients: number) => {
    if (patients > 0 && to !== t) leaving[t]!.set(to, (leaving[t]!.get(to) ?? 0) + patients);
  };
  for (let u = 0; u < label.length; u++) {
    const t = label[u]!;
    if (t < 0) continue;
    add(t, -1, lost?.[u] ?? 0);
    for (let e = flow.offsets[u]!; e < flow.offsets[u + 1]!; e++) {
      add(t, label[flow.destinations[e]!]!, flow.patients[e]!);
    }
  }
  return leaving.map((to) =>
    [...to]
      .sort(([s, p], [t, q]) => q - p || s - t)
      .slice(0, LEAKS)
      .map(([t, patients]) => ({ territory: t < 0 ? null : t, patients })),
  );
}

/**
 * What stands against every move of one commune, out of the territory or into it, that would keep more
 * care inside: a rule that alone forbids it, weights that outweigh it, or nothing but the effort of the
 * search. Where several rules at once forbid each such move, all of them are told: so nothing is told
 * only where no such move would gain. A number of territories also binds one that fits under the ceiling
 * with a neighbour, since any merger keeps more inside.
 */
function bindingOf(
  plan: JudgedPlan,
  moves: readonly (readonly Alternative[])[],
): BindingConstraint[][] {
  const { input, label, count, total, fixed } = plan;
  const alone = Array.from({ length: count }, () => new Set<BindingConstraint>());
  const several = Array.from({ length: count }, () => new Set<BindingConstraint>());
  const { offsets, neighbours } = input.adjacency;
  for (let u = 0; u < label.length; u++) {
    const here = label[u]!;
    if (here < 0) continue;
    for (const move of moves[u]!) {
      if (!gains(move)) continue;
      const found = move.obstacles.length > 1 ? several : alone;
      for (const [left, joined] of against(move)) {
        found[here]!.add(left);
        found[move.territory]!.add(joined);
      }
    }
    if (input.territories === undefined || fixed[here]) continue;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const there = label[neighbours[e]!]!;
      if (there < 0 || there === here || fixed[there]) continue;
      if (total[here]! + total[there]! <= input.ceiling) alone[here]!.add('count');
    }
  }
  return alone.map((rules, t) => {
    const told = rules.size > 0 ? rules : several[t]!;
    return ORDER.filter((rule) => told.has(rule));
  });
}

/** What stands against a move, as told of the territory that is left and of the one that is joined. */
function against({
  obstacles,
  outweighedBy,
}: Alternative): [BindingConstraint, BindingConstraint][] {
  if (obstacles.length > 0) {
    return obstacles.map((rule) => {
      if (rule === 'ceiling') return ['neighbour_ceiling', rule];
      return [rule, rule === 'floor' ? 'neighbour_floor' : rule];
    });
  }
  if (outweighedBy.length > 0) return outweighedBy.map((weight) => [weight, weight]);
  return [['search', 'search']];
}

const ORDER: BindingConstraint[] = [
  'ceiling',
  'floor',
  'neighbour_ceiling',
  'neighbour_floor',
  'contiguity',
  'locked',
  'wall',
  'count',
  'border',
  'epci',
  'target',
  'poles',
  'search',
];
