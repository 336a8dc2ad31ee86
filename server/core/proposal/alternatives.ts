import type { MoveObstacle, MoveWeight } from '../../contracts/proposal-explanations.ts';
import { exchanges } from '../flows/exchanges.ts';
import type { FlowMatrix } from '../flows/matrix.ts';
import { articulations } from '../graph/articulations.ts';
import { joinBlocks } from './blocks.ts';
import { gains } from './gains.ts';
import type { ProposalInput } from './input.ts';
import { outweigh, type Weighing, weighing } from './outweigh.ts';

/** What it would change to put one unit into a territory beside it. */
export interface Alternative {
  territory: number;
  /** patients a year more inside territories; less where negative */
  patients: number;
  /** inhabitants left to its territory */
  populationFrom: number;
  /** inhabitants of the other, with it */
  populationTo: number;
  /** rules that the move would break */
  obstacles: MoveObstacle[];
  /** weights that the care it would gain does not make up for, where it may be made and would gain */
  outweighedBy: MoveWeight[];
}

/** A plan, with what it takes to judge single moves. */
export interface JudgedPlan {
  input: ProposalInput;
  /** territory of each unit, 0 … count − 1, -1: none */
  label: Int32Array;
  count: number;
  /** inhabitants of each territory */
  total: Float64Array;
  members: number[][];
  /** flow between any two units, both ways added up */
  exchange: FlowMatrix;
  /** units that no move may take alone: fixed, or in a block with others */
  held: Uint8Array;
  /** territories kept just as they are */
  fixed: Uint8Array;
  /** units without which their territory would be in more pieces */
  cuts: Uint8Array;
  weighing: Weighing;
}

export function judgePlan(input: ProposalInput, label: Int32Array, count: number): JudgedPlan {
  const { flow, population } = input;
  const n = label.length;
  const total = new Float64Array(count);
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let u = 0; u < n; u++) {
    if (label[u]! < 0) continue;
    total[label[u]!]! += population[u]!;
    members[label[u]!]!.push(u);
  }
  const held = new Uint8Array(n);
  const fixed = new Uint8Array(count);
  const blocks = joinBlocks(input);
  if (!('reason' in blocks)) {
    const size = new Int32Array(blocks.count);
    for (const block of blocks.of) if (block >= 0) size[block]!++;
    for (let u = 0; u < n; u++) {
      if (blocks.fixed[u]! >= 0 && label[u]! >= 0) fixed[label[u]!] = 1;
      held[u] = blocks.fixed[u]! >= 0 || (size[blocks.of[u]!] ?? 0) > 1 ? 1 : 0;
    }
  }
  const exchange = exchanges(flow);
  const cuts = articulations(input.adjacency, label);
  const plan = { input, label, count, total, members, exchange, held, fixed, cuts };
  return { ...plan, weighing: weighing(plan) };
}

/**
 * The territories beside a unit and what it would change to put it there: those that may be first,
 * then those that keep most care inside, then by number. None for a unit in no territory.
 */
export function alternatives(plan: JudgedPlan, unit: number): Alternative[] {
  const { label, total, exchange, held, fixed } = plan;
  const { adjacency, population, floor, ceiling, walls } = plan.input;
  const { offsets, neighbours } = adjacency;
  const here = label[unit]!;
  if (here < 0) return [];
  /** whether a border that a territory may cross leads to each territory beside */
  const beside = new Map<number, boolean>();
  for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
    const v = neighbours[e]!;
    const there = label[v]!;
    if (there < 0 || there === here) continue;
    const open = !walls || walls[v] === walls[unit];
    beside.set(there, (beside.get(there) ?? false) || open);
  }
  if (beside.size === 0) return [];
  const exchanged = new Map<number, number>();
  for (let e = exchange.offsets[unit]!; e < exchange.offsets[unit + 1]!; e++) {
    const t = label[exchange.destinations[e]!]!;
    exchanged.set(t, (exchanged.get(t) ?? 0) + exchange.patients[e]!);
  }
  const own = population[unit]!;
  const left = total[here]! - own;
  const parts = plan.cuts[unit] === 1;
  const found = [...beside].map(([territory, open]): Alternative => {
    const grown = total[territory]! + own;
    const obstacles: MoveObstacle[] = [];
    if (grown > ceiling) obstacles.push('ceiling');
    if (plan.members[here]!.length > 1 && left < floor) obstacles.push('floor');
    if (parts) obstacles.push('contiguity');
    if (held[unit] || fixed[here] || fixed[territory] || meetsApart(plan, unit, territory)) {
      obstacles.push('locked');
    }
    if (!open) obstacles.push('wall');
    const alone = plan.members[here]!.length === 1;
    if (alone && plan.input.territories !== undefined) obstacles.push('count');
    const patients = (exchanged.get(territory) ?? 0) - (exchanged.get(here) ?? 0);
    const weighed = obstacles.length === 0 && gains({ patients });
    const outweighedBy = weighed ? outweigh(plan, unit, territory, patients) : [];
    const people = { populationFrom: left, populationTo: grown };
    return { territory, patients, ...people, obstacles, outweighedBy };
  });
  const barred = ({ obstacles }: Alternative) => (obstacles.length > 0 ? 1 : 0);
  return found.sort(
    (p, q) => barred(p) - barred(q) || q.patients - p.patients || p.territory - q.territory,
  );
}

/** The alternatives of each unit, by its index. */
export function everyAlternative(plan: JudgedPlan): Alternative[][] {
  return Array.from(plan.label, (_, unit) => alternatives(plan, unit));
}

function meetsApart({ input, label }: JudgedPlan, unit: number, territory: number): boolean {
  return (input.locks?.apart ?? []).some(
    ([u, v]) => (u === unit && label[v] === territory) || (v === unit && label[u] === territory),
  );
}
