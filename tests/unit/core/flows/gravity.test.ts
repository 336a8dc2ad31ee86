import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceKm } from '../../../../server/core/flows/distance.ts';
import { type HuffInput, huffFlows } from '../../../../server/core/flows/gravity.ts';
import { outflows } from '../../../../server/core/flows/matrix.ts';
import { dense } from '../arbitraries.ts';

const unit = fc.record({
  population: fc.nat(5000),
  lon: fc.double({ min: 0, max: 3, noNaN: true }),
  lat: fc.double({ min: 46, max: 48.5, noNaN: true }),
  supply: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
});

function inColumns(units: { population: number; lon: number; lat: number; supply: number }[]) {
  return {
    population: units.map((u) => u.population),
    lon: units.map((u) => u.lon),
    lat: units.map((u) => u.lat),
    supply: units.map((u) => u.supply),
  };
}

/** The formula as it is written, all destinations kept. */
function bruteForce({ population, lon, lat, supply, alpha, betaKm }: HuffInput): number[][] {
  const units = Array.from({ length: population.length }, (_, i) => i);
  return units.map((i) => {
    const pull = units.map((j) =>
      supply[j]! > 0
        ? supply[j]! ** alpha * Math.exp(-distanceKm(lon[i]!, lat[i]!, lon[j]!, lat[j]!) / betaKm)
        : 0,
    );
    const sum = pull.reduce((total, value) => total + value, 0);
    return pull.map((value) => (sum > 0 ? (population[i]! * value) / sum : 0));
  });
}

test('agrees with the formula as it is written', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 12 }), (units) => {
      const input = { ...inColumns(units), alpha: 0.7, betaKm: 40, destinations: 12 };
      const expected = bruteForce(input);
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
        const input = { ...inColumns(units), alpha: 0.7, betaKm: 8, destinations };
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
    lon: [2, 2, 2, 2],
    lat: [47, 47.1, 47.1, 47.1],
    supply: [0, 5, 5, 5],
    alpha: 0.7,
    betaKm: 8,
    destinations: 2,
  });
  expect([...m.destinations]).toEqual([1, 2]);
  expect([...m.patients]).toEqual([450, 450]);
});

test('supply on the other side of the Earth still treats everybody', () => {
  const m = huffFlows({
    population: [1000, 0, 0],
    lon: [2.3, 165, -149.6],
    lat: [48.9, -21, -17.5],
    supply: [0, 3, 2],
    alpha: 0.7,
    betaKm: 0.5,
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
    const betaKm = 2000;
    const m = huffFlows({
      population: [1e6, 0],
      lon: [0, lon[j]!],
      lat: [10, -5],
      supply: [1, 1],
      alpha: 1,
      betaKm,
      destinations: 2,
    });
    const km = -betaKm * Math.log(m.patients[1]! / m.patients[0]!);
    expect(km / distanceKm(0, 10, lon[j]!, -5)).toBeCloseTo(1, 5);
  }
});

test('no supply anywhere leaves every row empty; progress ends at the whole', () => {
  const told: [number, number][] = [];
  const m = huffFlows({
    population: [10, 20],
    lon: [0, 1],
    lat: [45, 45],
    supply: [0, 0],
    alpha: 0.7,
    betaKm: 8,
    destinations: 3,
    onProgress: (done, total) => told.push([done, total]),
  });
  expect([...m.offsets]).toEqual([0, 0, 0]);
  expect(told.at(-1)).toEqual([2, 2]);
});

test.each([
  [{ betaKm: 0 }, 'got betaKm = 0'],
  [{ alpha: Number.NaN }, 'got alpha = NaN'],
  [{ destinations: 0 }, 'expected at least one destination, got 0'],
  [{ supply: [-1] }, 'unit 0: expected a supply, got -1'],
  [{ lat: [91] }, 'unit 0: expected degrees, got 0 and 91'],
  [{ lon: [] }, 'expected four columns of one length, got 1, 0, 1 and 1'],
])('refuses %j', (wrong, message) => {
  const right = { population: [1], lon: [0], lat: [45], supply: [1], alpha: 0.7, betaKm: 8 };
  expect(() => huffFlows({ ...right, destinations: 1, ...wrong })).toThrow(message);
});
