import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exchanges } from '../../../../server/core/flows/exchanges.ts';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { Partition } from '../../../../server/core/proposal/partition.ts';
import { anyFlows, anyGraph, dense, graph, matrixOf } from '../arbitraries.ts';

const band = { floor: 10, ceiling: 30 };

const drawn = anyGraph(9).chain(({ n, pairs }) =>
  fc.record({
    adjacency: fc.constant(graph(n, pairs)),
    label: fc
      .array(fc.integer({ min: -1, max: 2 }), { minLength: n, maxLength: n })
      .map((label) => Int32Array.from(label)),
    population: fc.array(fc.nat(20), { minLength: n, maxLength: n }),
    flow: anyFlows(n).map((flows) => matrixOf(n, flows)),
    unit: fc.nat(n - 1),
    to: fc.nat(2),
  }),
);

test('without a unit, the rest of its territory is in one piece when a walk says so', () => {
  fc.assert(
    fc.property(drawn, ({ adjacency, label, population, flow, unit }) => {
      fc.pre(label[unit]! >= 0);
      const whole = groupPieces(adjacency, label)[label[unit]!];
      fc.pre(whole === 1);
      const exchange = exchanges(flow);
      const partition = new Partition({ population, adjacency, exchange, ...band }, label, 3);
      const without = label.slice();
      without[unit] = 3;
      const pieces = groupPieces(adjacency, without)[label[unit]!]!;
      expect(partition.holdsWithout(unit)).toBe(pieces <= 1);
      expect(partition.holdsWithout(unit)).toBe(pieces <= 1);
    }),
    { numRuns: 1000 },
  );
});

test('a ring that holds together only the long way round is searched', () => {
  //  0 ── 1 ── 2
  //  │    │    │     without 1: 0 reaches 2 by 3, 4, 5; without 1 and with 4 away it does not
  //  3 ── 4 ── 5
  const adjacency = graph(6, [
    [0, 1],
    [1, 2],
    [0, 3],
    [1, 4],
    [2, 5],
    [3, 4],
    [4, 5],
  ]);
  const exchange = matrixOf(6, []);
  const population = [1, 1, 1, 1, 1, 1];
  const land = { population, adjacency, exchange, ...band };
  expect(new Partition(land, new Int32Array(6), 1).holdsWithout(1)).toBe(true);
  const split = new Partition(land, Int32Array.of(0, 0, 0, 0, 1, 0), 2);
  expect(split.holdsWithout(1)).toBe(false);
  expect(split.holdsWithout(0)).toBe(false);
  expect(split.holdsWithout(3)).toBe(true);
});

test('gain and relief are what moving the unit changes', () => {
  const excess = (total: number) => Math.max(0, band.floor - total, total - band.ceiling);
  fc.assert(
    fc.property(drawn, ({ adjacency, label, population, flow, unit, to }) => {
      fc.pre(label[unit]! >= 0 && label[unit] !== to);
      const table = dense(flow);
      const inside = () =>
        table.reduce(
          (sum, row, i) =>
            sum + row.reduce((s, p, j) => s + (label[i]! >= 0 && label[i] === label[j] ? p : 0), 0),
          0,
        );
      const land = { population, adjacency, exchange: exchanges(flow), ...band };
      const partition = new Partition(land, label, 3);
      const [gain, relief] = [partition.gain(unit, to), partition.relief(unit, to)];
      const before = [inside(), partition.total.reduce((sum, t) => sum + excess(t), 0)];
      partition.move(unit, to);
      expect(gain).toBe(inside() - before[0]!);
      expect(relief).toBe(before[1]! - partition.total.reduce((sum, t) => sum + excess(t), 0));
      expect([...partition.size]).toEqual([0, 1, 2].map((t) => partition.members(t).length));
    }),
  );
});
