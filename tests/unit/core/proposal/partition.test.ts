import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { bandExcess } from '../../../../server/core/proposal/band-excess.ts';
import { groundWorth } from '../../../../server/core/proposal/ground.ts';
import { Partition } from '../../../../server/core/proposal/partition.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { anyFlows, anyGraph, graph, matrixOf } from '../arbitraries.ts';
import { groundOf, randomMap } from './grounds.ts';

const band = { floor: 10, ceiling: 30 };

const drawn = anyGraph(9).chain(({ n, pairs }) =>
  fc.record({
    adjacency: fc.constant(graph(n, pairs)),
    label: fc
      .array(fc.nat(2), { minLength: n, maxLength: n })
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
      fc.pre(groupPieces(adjacency, label)[label[unit]!] === 1);
      const partition = new Partition(groundOf(population, adjacency, flow, band), label, 3);
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
  const ground = groundOf([1, 1, 1, 1, 1, 1], adjacency, matrixOf(6, []));
  expect(new Partition(ground, new Int32Array(6), 1).holdsWithout(1)).toBe(true);
  const split = new Partition(ground, Int32Array.of(0, 0, 0, 0, 1, 0), 2);
  expect(split.holdsWithout(1)).toBe(false);
  expect(split.holdsWithout(0)).toBe(false);
  expect(split.holdsWithout(3)).toBe(true);
});

test('a commune with more neighbours than an integer has bits is searched', () => {
  //  a wheel: 0 in the middle, 1 … 40 around, each touching the next
  const around = Array.from({ length: 40 }, (_, k): [number, number] => [
    k + 1,
    ((k + 1) % 40) + 1,
  ]);
  const spokes = around.map(([u]): [number, number] => [0, u]);
  const ground = groundOf(
    new Array(41).fill(1),
    graph(41, [...around, ...spokes]),
    matrixOf(41, []),
  );
  const label = new Int32Array(41);
  expect(new Partition(ground, label, 2).holdsWithout(0)).toBe(true);
  label[5] = label[25] = 1;
  expect(new Partition(ground, label, 2).holdsWithout(0)).toBe(false);
});

test('gain and relief are what moving the unit changes, poles and target too', () => {
  fc.assert(
    fc.property(drawn, fc.infiniteStream(fc.nat(2)), (map, poles) => {
      const { adjacency, label, population, flow, unit, to } = map;
      fc.pre(label[unit] !== to);
      const ground = groundOf(population, adjacency, flow, {
        ...band,
        poles: Int32Array.from(population, () => poles.next().value ?? 0),
        poleWeight: 0.25,
        targetWeight: 0.01,
        target: 20,
      });
      const partition = new Partition(ground, label, 3);
      const [gain, relief] = [partition.gain(unit, to), partition.relief(unit, to)];
      const before = [groundWorth(ground, label, 3), partition.outside()];
      partition.move(unit, to);
      expect(gain).toBeCloseTo(groundWorth(ground, label, 3) - before[0]!, 9);
      expect(relief).toBe(before[1]! - partition.outside());
    }),
  );
});

test('after many moves, all that is kept up equals what is counted anew, to 1e-9', () => {
  const { population, adjacency, flow } = randomMap(80, 4);
  const ground = groundOf(population, adjacency, flow, { targetWeight: 1e-4, poleWeight: 1 });
  const random = seededRandom(9);
  const label = Int32Array.from(population, () => Math.floor(random() * 5));
  const partition = new Partition(ground, label, 5);
  let worth = groundWorth(ground, label, 5);
  for (let k = 0; k < 20_000; k++) {
    const unit = Math.floor(random() * 80);
    const to = Math.floor(random() * 5);
    if (to === label[unit]) continue;
    worth += partition.gain(unit, to);
    partition.move(unit, to);
  }
  const anew = new Partition(ground, label.slice(), 5);
  const scale = groundWorth(ground, new Int32Array(80), 5);
  expect(Math.abs(worth - groundWorth(ground, label, 5)) / Math.abs(scale)).toBeLessThan(1e-9);
  anew.tied.forEach((tie, at) => {
    expect(Math.abs(partition.tied[at]! - tie) / Math.abs(scale)).toBeLessThan(1e-9);
  });
  expect([...partition.total]).toEqual([...anew.total]);
  expect([...partition.size]).toEqual([...anew.size]);
  expect(bandExcess(ground, 20)).toBe(10);
});
