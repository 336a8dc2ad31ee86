import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StraightLine } from '../../../../server/core/flows/costs.ts';
import { distanceKm } from '../../../../server/core/flows/distance.ts';
import { type HuffInput, huffFlows } from '../../../../server/core/flows/gravity.ts';
import { outflows } from '../../../../server/core/flows/matrix.ts';
import { travelTable } from '../../../../server/core/flows/travel-table.ts';
import { dense } from '../arbitraries.ts';

const unit = fc.record({
  population: fc.nat(5000),
  lon: fc.double({ min: 0, max: 3, noNaN: true }),
  lat: fc.double({ min: 46, max: 48.5, noNaN: true }),
  supply: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
});

function straight(lon: number[], lat: number[]): StraightLine {
  return { kind: 'straight-line', lon, lat };
}

function inColumns(units: { population: number; lon: number; lat: number; supply: number }[]) {
  return {
    population: units.map((u) => u.population),
    distances: straight(
      units.map((u) => u.lon),
      units.map((u) => u.lat),
    ),
    supply: units.map((u) => u.supply),
  };
}

/** The formula as it is written, all destinations kept. */
function bruteForce(
  { population, supply, alpha, beta }: HuffInput,
  { lon, lat }: StraightLine,
): number[][] {
  const units = Array.from({ length: population.length }, (_, i) => i);
  return units.map((i) => {
    const pull = units.map((j) =>
      supply[j]! > 0
        ? supply[j]! ** alpha * Math.exp(-distanceKm(lon[i]!, lat[i]!, lon[j]!, lat[j]!) / beta)
        : 0,
    );
    const sum = pull.reduce((total, value) => total + value, 0);
    return pull.map((value) => (sum > 0 ? (population[i]! * value) / sum : 0));
  });
}

test('agrees with the formula as it is written', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 12 }), (units) => {
      const input = { ...inColumns(units), alpha: 0.7, beta: 40, destinations: 12 };
      const expected = bruteForce(input, input.distances);
      dense(huffFlows(input)).forEach((row, i) => {
        row.forEach((patients, j) => {
          expect(Math.abs(patients - expected[i]![j]!)).toBeLessThan(
            1e-6 * (1 + units[i]!.population),
          );
        });
      });
    }),
  );
});

test('keeps the largest destinations, and rows sum to the population of their origin', () => {
  fc.assert(
    fc.property(
      fc.array(unit, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      (units, destinations) => {
        const input = { ...inColumns(units), alpha: 0.7, beta: 8, destinations };
        const m = huffFlows(input);
        const supplied = units.filter((u) => u.supply > 0).length;
        const all = dense(huffFlows({ ...input, destinations: 12 }));
        outflows(m).forEach((sum, i) => {
          const size = m.offsets[i + 1]! - m.offsets[i]!;
          const people = units[i]!.population;
          expect(size).toBe(people > 0 ? Math.min(destinations, supplied) : 0);
          if (size > 0) expect(sum).toBeCloseTo(people, 6);
          const kept = [...m.destinations.slice(m.offsets[i], m.offsets[i + 1])];
          const least = Math.min(...kept.map((j) => all[i]![j]!));
          const left = all[i]!.filter((_, j) => !kept.includes(j));
          if (size > 0)
            expect(Math.max(0, ...left)).toBeLessThanOrEqual(least * (1 + 1e-9) + 1e-300);
        });
      },
    ),
  );
});

test('equal destinations: the lower units are kept, and share alike', () => {
  const m = huffFlows({
    population: [900, 0, 0, 0],
    distances: straight([2, 2, 2, 2], [47, 47.1, 47.1, 47.1]),
    supply: [0, 5, 5, 5],
    alpha: 0.7,
    beta: 8,
    destinations: 2,
  });
  expect([...m.destinations]).toEqual([1, 2]);
  expect([...m.patients]).toEqual([450, 450]);
});

test('supply on the other side of the Earth still treats everybody', () => {
  const m = huffFlows({
    population: [1000, 0, 0],
    distances: straight([2.3, 165, -149.6], [48.9, -21, -17.5]),
    supply: [0, 3, 2],
    alpha: 0.7,
    beta: 0.5,
    destinations: 2,
  });
  expect([...m.destinations]).toEqual([1, 2]);
  expect(m.patients[0]! + m.patients[1]!).toBeCloseTo(1000, 9);
  expect(m.patients.some(Number.isNaN)).toBe(false);
});

test('distances hold from a few metres to the antipodes', () => {
  const lon = [0, 0.0001, 0.5, 3, 20, 45, 120, 180];
  for (let j = 1; j < lon.length; j++) {
    // Two destinations of one supply: the ratio of their flows gives back the distance.
    const beta = 2000;
    const m = huffFlows({
      population: [1e6, 0],
      distances: straight([0, lon[j]!], [10, -5]),
      supply: [1, 1],
      alpha: 1,
      beta,
      destinations: 2,
    });
    const km = -beta * Math.log(m.patients[1]! / m.patients[0]!);
    expect(km / distanceKm(0, 10, lon[j]!, -5)).toBeCloseTo(1, 5);
  }
});

test('no supply anywhere leaves every row empty; progress ends at the whole', () => {
  const told: [number, number][] = [];
  const m = huffFlows({
    population: [10, 20],
    distances: straight([0, 1], [45, 45]),
    supply: [0, 0],
    alpha: 0.7,
    beta: 8,
    destinations: 3,
    onProgress: (done, total) => told.push([done, total]),
  });
  expect([...m.offsets]).toEqual([0, 0, 0]);
  expect(told.at(-1)).toEqual([2, 2]);
});

test.each([
  [{ beta: 0 }, 'got beta = 0'],
  [{ alpha: Number.NaN }, 'got alpha = NaN'],
  [{ destinations: 0 }, 'expected at least one destination, got 0'],
  [{ supply: [-1] }, 'unit 0: expected a supply, got -1'],
  [{ distances: straight([0], [91]) }, 'unit 0: expected degrees, got 0 and 91'],
  [{ distances: straight([], []) }, 'expected columns of one length, got 1, 0 and 1'],
])('refuses %j', (wrong, message) => {
  const right = {
    population: [1],
    distances: straight([0], [45]),
    supply: [1],
    alpha: 0.7,
    beta: 8,
  };
  expect(() => huffFlows({ ...right, destinations: 1, ...wrong })).toThrow(message);
});

test('by travel times: minutes decide, and who reaches nothing has an empty row', () => {
  // 0 reaches 2 in 10 min and 3 in 30; 1 reaches nothing; 3 stays; nobody asked for the way to 1.
  const table = travelTable(4, [0, 3, 1], [2, 0, 1], [10, 30, 5]);
  const m = huffFlows({
    population: [1000, 500, 200, 300],
    distances: table,
    supply: [0, 0, 4, 4],
    alpha: 0.5,
    beta: 10,
    destinations: 5,
  });
  expect([...m.offsets]).toEqual([0, 2, 2, 3, 4]);
  expect([...m.destinations]).toEqual([2, 3, 2, 3]);
  const near = 1 / (1 + Math.exp(-2));
  expect(m.patients[0]).toBeCloseTo(1000 * near, 9);
  expect([...m.patients.slice(2)]).toEqual([200, 300]);
});

test('a whole table of great-circle distances gives the flows of straight lines', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 10 }), (units) => {
      const input = { ...inColumns(units), alpha: 0.7, beta: 30, destinations: 4 };
      const { lon, lat } = input.distances;
      const pairs = units.flatMap((_, i) => units.map((_, j) => [i, j] as const));
      const table = travelTable(
        units.length,
        pairs.map(([i]) => i),
        pairs.map(([, j]) => j),
        pairs.map(([i, j]) => distanceKm(lon[i]!, lat[i]!, lon[j]!, lat[j]!)),
      );
      const expected = dense(huffFlows(input));
      dense(huffFlows({ ...input, distances: table })).forEach((row, i) => {
        row.forEach((patients, j) => {
          expect(Math.abs(patients - expected[i]![j]!)).toBeLessThan(1e-4);
        });
      });
    }),
  );
});
