import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insideBound } from '../../../../../server/core/proposal/bound/inside-bound.ts';
import type { ProposalInput } from '../../../../../server/core/proposal/input.ts';
import { propose } from '../../../../../server/core/proposal/propose.ts';
import { settle } from '../../../../../server/core/proposal/settle.ts';
import { sharedData } from '../../../../support/shared-data.ts';
import { anyFlows, anyGraph, chessboard, graph, matrixOf } from '../../arbitraries.ts';
import { everyDivision, insideShare, totals } from '../grounds.ts';

const band = { floor: 30, ceiling: 100 };

test('no division of a small map in the band keeps more, whatever the flows, locks and number', () => {
  const board = chessboard(4, 2);
  const divisions = everyDivision(board);
  const eight = (people: fc.Arbitrary<number>) => fc.array(people, { minLength: 8, maxLength: 8 });
  const drawn = fc.record({
    // Any, of which few divisions are in the band, or so that two to five always make a territory.
    population: fc.oneof(
      eight(fc.oneof(fc.nat(60), fc.constant(0))),
      eight(fc.integer({ min: 15, max: 20 })),
    ),
    flow: anyFlows(8).map((flows) => matrixOf(8, flows)),
    lost: fc.array(fc.nat(5), { minLength: 8, maxLength: 8 }),
    territories: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    together: fc.option(fc.constant([[0, 1]]), { nil: [] }),
    apart: fc.option(fc.constant([[2, 5]] as [number, number][]), { nil: [] }),
  });
  let compared = 0;
  fc.assert(
    fc.property(drawn, ({ territories, together, apart, lost, population, flow }) => {
      const input: ProposalInput = {
        ...band,
        adjacency: board,
        population,
        flow,
        lost,
        seed: 1,
        locks: { together, apart },
        ...(territories !== undefined && { territories }),
      };
      const bound = insideBound(input);
      if (!bound) return;
      expect(bound.inside).toBeLessThanOrEqual(1);
      const out = flow.patients.reduce((sum, p) => sum + p, 0);
      const all = out + lost.reduce((sum, p) => sum + p, 0);
      for (const plan of divisions) {
        const total = totals(plan, population);
        if (total.some((people) => people < band.floor || people > band.ceiling)) continue;
        if (territories !== undefined && total.length !== territories) continue;
        if (together.some(([u, v]) => plan[u!] !== plan[v!])) continue;
        if (apart.some(([u, v]) => plan[u] === plan[v])) continue;
        compared++;
        const inside = (insideShare(flow, plan) * out) / all;
        expect(bound.inside).toBeGreaterThanOrEqual(inside - 1e-12);
      }
    }),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(100);
});

test('what the engine finds is never above it: islands, communes above the ceiling, no band that fits', () => {
  const people = fc.oneof(fc.nat(40), fc.constant(0), fc.integer({ min: 90, max: 140 }));
  const drawn = anyGraph(10).chain(({ n, pairs }) =>
    fc.record({
      adjacency: fc.constant(graph(n, pairs)),
      population: fc.array(people, { minLength: n, maxLength: n }),
      flow: anyFlows(n).map((flows) => matrixOf(n, flows)),
    }),
  );
  fc.assert(
    fc.property(drawn, (map) => {
      const input = { ...map, ...band, seed: 1, effort: 5_000 };
      const outcome = propose(input);
      const bound = insideBound(input);
      if ('refusal' in outcome || !bound) return;
      // It speaks of plans in the band wherever they can be, which a short search may not find.
      if (outcome.plan.territories.some(({ reason }) => reason === 'not_found')) return;
      expect(bound.inside).toBeGreaterThanOrEqual(outcome.plan.indicators.inside - 1e-12);
    }),
    { numRuns: 60 },
  );
});

test('the number of territories tightens it, and it only goes down', () => {
  const board = chessboard(6, 6);
  const flows = Array.from({ length: 36 }, (_, u): [number, number, number][] => [
    [u, (u + 1) % 36, 10],
    [u, (u + 7) % 36, 6],
    [u, (u * 5 + 3) % 36, 3],
  ]).flat();
  const input = {
    ...band,
    adjacency: board,
    population: new Array<number>(36).fill(10),
    flow: matrixOf(36, flows),
    seed: 1,
  };
  const told: number[] = [];
  const free = insideBound(input, (_, bound) => told.push(bound.inside));
  expect(told).toEqual([...told].sort((p, q) => q - p));
  const many = insideBound({ ...input, territories: 10 });
  expect(free?.territories).toBe(null);
  expect(many?.territories).toBe(10);
  expect(many?.inside).toBeLessThan(free?.inside ?? 0);
  // Four of ten units and none left over can hold no more than Σ P² = 4 × 100² − …: far from all.
  expect(free?.inside).toBeLessThan(0.8);
});

test('wishes that contradict each other, and a map without flow, have none', () => {
  const map = {
    ...band,
    adjacency: graph(2, [[0, 1]]),
    population: [40, 40],
    flow: matrixOf(2, [[0, 1, 3]]),
    seed: 1,
  };
  expect(insideBound({ ...map, territories: 5 })).toBe(null);
  expect('reason' in settle({ ...map, territories: 5 })).toBe(true);
  expect(insideBound({ ...map, flow: matrixOf(2, []) })).toBe(null);
  expect(insideBound({ ...map, territories: 1 })?.inside).toBeCloseTo(1, 6);
  expect(insideBound({ ...map, territories: 2 })?.inside).toBeLessThan(0.1);
});

const data = sharedData();
const bench = data && join(data, '../bench/synthetic-100.json');

test.skipIf(!bench || !existsSync(bench))(
  '100 communes: above the proven optimum, and nearer to it than the linear programme of old',
  () => {
    const { meta, nodes, edges, flows } = JSON.parse(readFileSync(bench ?? '', 'utf8'));
    const bound = insideBound({
      population: nodes.map((node: { population: number }) => node.population),
      adjacency: graph(nodes.length, edges),
      flow: matrixOf(nodes.length, flows),
      floor: meta.pop_min,
      ceiling: meta.pop_max,
      territories: 3,
      seed: 1,
    });
    // `shared/bench/README.md`: the optimum, and the relaxation that the proof began from.
    expect(bound?.inside).toBeGreaterThan(0.7968);
    expect(bound?.inside).toBeLessThan(0.8277);
  },
);
