import { Delaunay } from 'd3-delaunay';
import type { FlowMatrix } from '../../../../server/core/flows/matrix.ts';
import type { Adjacency } from '../../../../server/core/graph/adjacency.ts';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import type { Ground } from '../../../../server/core/proposal/ground.ts';
import type { ProposalInput } from '../../../../server/core/proposal/input.ts';
import type { Plan } from '../../../../server/core/proposal/plan.ts';
import { propose } from '../../../../server/core/proposal/propose.ts';
import { TieList } from '../../../../server/core/proposal/ties.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { graph, matrixOf } from '../arbitraries.ts';

/** A ground as a search sees it: flows as ties, no poles, no target unless given. */
export function groundOf(
  population: number[],
  adjacency: Adjacency,
  flow: FlowMatrix,
  given: Partial<Ground> = {},
): Ground {
  const ties = new TieList();
  for (let i = 0; i < flow.n; i++) {
    for (let e = flow.offsets[i]!; e < flow.offsets[i + 1]!; e++) {
      ties.add(i, flow.destinations[e]!, flow.patients[e]!);
    }
  }
  return {
    population: Float64Array.from(population),
    poles: new Int32Array(population.length),
    adjacency,
    ties: ties.build(population.length),
    apart: { offsets: new Int32Array(population.length + 1), others: new Int32Array(0) },
    floor: 30,
    ceiling: 100,
    fewShort: false,
    target: 65,
    targetWeight: 0,
    poleWeight: 0,
    ...given,
  };
}

/** A plane map of random points that touch as in their Delaunay triangulation, with flows to near ones. */
export function randomMap(n: number, seed: number) {
  const random = seededRandom(seed);
  const points = Array.from({ length: n }, () => [random(), random()] as [number, number]);
  const delaunay = Delaunay.from(points);
  const pairs: [number, number][] = [];
  for (let u = 0; u < n; u++) for (const v of delaunay.neighbors(u)) if (u < v) pairs.push([u, v]);
  const lengths = pairs.map(() => 200 + random() * 3000);
  const population = points.map(() => Math.ceil(Math.exp(random() * 3.2)));
  const flows = points.flatMap(([x, y], u) =>
    Array.from({ length: 4 }, (): [number, number, number] => {
      const v = delaunay.find(x + 0.3 * (random() - 0.5), y + 0.3 * (random() - 0.5), u);
      return [u, v, population[u]! * random()];
    }),
  );
  return { population, adjacency: graph(n, pairs, lengths), flow: matrixOf(n, flows), points };
}

/** Every way to divide connected units into connected territories, as labels. */
export function everyDivision(adjacency: Adjacency): Int32Array[] {
  const found: Int32Array[] = [];
  const extend = (label: number[], used: number) => {
    if (label.length === adjacency.n) {
      const plan = Int32Array.from(label);
      if (groupPieces(adjacency, plan).every((pieces) => pieces === 1)) found.push(plan);
      return;
    }
    for (let t = 0; t <= used; t++) extend([...label, t], Math.max(used, t + 1));
  };
  extend([], 0);
  return found;
}

export function totals(label: ArrayLike<number>, population: ArrayLike<number>): number[] {
  const total: number[] = [];
  for (let u = 0; u < label.length; u++) {
    if (label[u]! >= 0) total[label[u]!] = (total[label[u]!] ?? 0) + population[u]!;
  }
  return total;
}

/** Share of all the flow that stays inside. */
export function insideShare(flow: FlowMatrix, label: ArrayLike<number>): number {
  let all = 0;
  let inside = 0;
  for (let i = 0; i < flow.n; i++) {
    for (let e = flow.offsets[i]!; e < flow.offsets[i + 1]!; e++) {
      all += flow.patients[e]!;
      if (label[i] === label[flow.destinations[e]!]) inside += flow.patients[e]!;
    }
  }
  return all > 0 ? inside / all : 0;
}

export function planOf(input: ProposalInput): Plan {
  const outcome = propose(input);
  if ('refusal' in outcome) throw new Error(`refused: ${outcome.refusal.reason}`);
  return outcome.plan;
}
