import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrate, calibrationBounds } from '../../../../server/core/flows/calibrate.ts';
import type { Distances } from '../../../../server/core/flows/costs.ts';
import { distanceKm } from '../../../../server/core/flows/distance.ts';
import { huffFlows } from '../../../../server/core/flows/gravity.ts';
import { choices, logLikelihood, type Market } from '../../../../server/core/flows/likelihood.ts';
import { flowMatrix } from '../../../../server/core/flows/matrix.ts';
import { travelTable } from '../../../../server/core/flows/travel-table.ts';
import { seededRandom } from '../../../../server/core/random.ts';

const initial = { alpha: 0.7, beta: 8 };

interface Place {
  population: number;
  lon: number;
  lat: number;
  supply: number;
}

const place = fc.record({
  population: fc.integer({ min: 1, max: 5000 }),
  lon: fc.double({ min: 0, max: 2, noNaN: true }),
  lat: fc.double({ min: 46, max: 48, noNaN: true }),
  supply: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
});

function country(seed: number, n: number, supplied: number): Place[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => ({
    population: 200 + Math.floor(4000 * random()),
    lon: 2 * random(),
    lat: 46.5 + random(),
    supply: i < supplied ? 1 + Math.floor(40 * random() ** 2) : 0,
  }));
}

const straight = (places: Place[]): Distances => ({
  kind: 'straight-line',
  lon: places.map(({ lon }) => lon),
  lat: places.map(({ lat }) => lat),
});

/** The model's shares of each origin, by the formula as it is written. */
function shares(places: Place[], alpha: number, gamma: number): number[][] {
  return places.map((from) => {
    const pull = places.map((to) =>
      to.supply > 0
        ? to.supply ** alpha * Math.exp(-gamma * distanceKm(from.lon, from.lat, to.lon, to.lat))
        : 0,
    );
    const sum = pull.reduce((total, value) => total + value, 0);
    return pull.map((value) => value / sum);
  });
}

/** Residents who each choose a destination by the model's shares. */
function drawn(places: Place[], alpha: number, beta: number, seed: number): Market {
  const random = seededRandom(seed);
  const columns: [number, number, number][] = [];
  shares(places, alpha, 1 / beta).forEach((row, i) => {
    const counts = new Map<number, number>();
    for (let patient = 0; patient < Math.round(places[i]!.population / 20); patient++) {
      let left = random();
      const j = row.findIndex((share) => {
        left -= share;
        return left < 0;
      });
      if (j >= 0) counts.set(j, (counts.get(j) ?? 0) + 1);
    }
    for (const [j, count] of counts) columns.push([i, j, count]);
  });
  return market(places, columns);
}

function market(places: Place[], flows: [number, number, number][]): Market {
  const column = (k: 0 | 1 | 2) => flows.map((flow) => flow[k]);
  return {
    supply: places.map(({ supply }) => supply),
    flows: flowMatrix(places.length, column(0), column(1), column(2)),
  };
}

test('the likelihood is the formula, its gradient and curvature those of finite differences', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 2, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.integer({ min: 1, max: 30 })), { minLength: 1 }),
      fc.double({ min: -1, max: 2, noNaN: true }),
      fc.double({ min: 0.005, max: 0.3, noNaN: true }),
      (places, pairs, alpha, gamma) => {
        const n = places.length;
        const flows = pairs.filter(([i, j]) => i < n && j < n && places[j]!.supply > 0);
        const sorted = [choices(straight(places), market(places, flows))];
        const at = (a: number, g: number) => logLikelihood(sorted, a, g);
        const here = at(alpha, gamma);
        const p = shares(places, alpha, gamma);
        const expected = flows.reduce((sum, [i, j, count]) => sum + count * Math.log(p[i]![j]!), 0);
        const scale = 1 + Math.abs(expected);
        expect(Math.abs(here.value - expected) / scale).toBeLessThan(1e-6);

        const h = 1e-4;
        const slope = [
          (at(alpha + h, gamma).value - at(alpha - h, gamma).value) / (2 * h),
          (at(alpha, gamma + h).value - at(alpha, gamma - h).value) / (2 * h),
        ];
        const [byAlpha, byGamma] = here.gradient;
        expect(Math.abs(byAlpha - slope[0]!)).toBeLessThan(1e-4 * (scale + Math.abs(byAlpha)));
        expect(Math.abs(byGamma - slope[1]!)).toBeLessThan(1e-3 * (scale + Math.abs(byGamma)));
        const [aa, ag, gg] = here.information;
        const bend = (k: 0 | 1, a: number, g: number) =>
          (at(alpha - a, gamma - g).gradient[k] - at(alpha + a, gamma + g).gradient[k]) / (2 * h);
        expect(Math.abs(aa - bend(0, h, 0))).toBeLessThan(1e-3 * (scale + aa));
        expect(Math.abs(ag - bend(0, 0, h))).toBeLessThan(1e-2 * (scale + gg));
        expect(Math.abs(gg - bend(1, 0, h))).toBeLessThan(1e-2 * (scale + gg));
        expect(aa * gg - ag * ag).toBeGreaterThan(-1e-9 * (1 + aa * gg));
      },
    ),
    { numRuns: 60 },
  );
});

describe('data drawn from a known model', () => {
  const places = country(3, 60, 14);

  test('give its parameters back, within their standard errors', () => {
    let far = 0;
    for (let seed = 0; seed < 12; seed++) {
      const found = calibrate(straight(places), [drawn(places, 0.9, 12, seed)], initial)!;
      expect(found).toMatchObject({
        alphaState: 'estimated',
        betaState: 'estimated',
        converged: true,
      });
      const z = [(found.alpha - 0.9) / found.alphaError!, (found.beta - 12) / found.betaError!].map(
        Math.abs,
      );
      expect(Math.max(...z)).toBeLessThan(4);
      far += z.filter((value) => value > 1.96).length;
    }
    // 5 % of 24 are expected beyond 1.96; five or more would come once in a hundred.
    expect(far).toBeLessThan(5);
  });

  test('the optimum is that of a search on a grid', () => {
    const markets = [drawn(places, 0.6, 9, 40), drawn(places, 0.6, 9, 41)];
    const found = calibrate(straight(places), markets, initial)!;
    const sorted = markets.map((one) => choices(straight(places), one));
    // Each round looks around the best point so far, on a grid ten times finer.
    let best = { alpha: 1, gamma: 0.2, value: -Infinity };
    for (let width = 1, round = 0; round < 6; round++, width /= 5) {
      const { alpha, gamma } = best;
      for (let a = -10; a <= 10; a++) {
        for (let g = -10; g <= 10; g++) {
          const [x, y] = [alpha + (a / 10) * width, gamma + (g / 50) * width];
          const { value } = logLikelihood(sorted, x, y);
          if (value > best.value) best = { alpha: x, gamma: y, value };
        }
      }
    }
    expect(found.logLikelihood).toBeGreaterThanOrEqual(best.value - 1e-9 * Math.abs(best.value));
    expect(found.alpha).toBeCloseTo(best.alpha, 3);
    expect(1 / found.beta).toBeCloseTo(best.gamma, 4);
  });

  test('several specialties together share one pair of parameters; fit figures are in range', () => {
    const apart = [drawn(places, 0.3, 6, 1), drawn(places, 1.4, 25, 2)];
    const each = apart.map((one) => calibrate(straight(places), [one], initial)!);
    const pooled = calibrate(straight(places), apart, initial)!;
    expect(pooled.patients).toBe(each[0]!.patients + each[1]!.patients);
    expect(pooled.logLikelihood).toBeLessThan(each[0]!.logLikelihood + each[1]!.logLikelihood);
    expect(pooled.nullLogLikelihood).toBeCloseTo(
      each[0]!.nullLogLikelihood + each[1]!.nullLogLikelihood,
      6,
    );
    for (const { mcFadden, r2, samePole, origins } of [...each, pooled]) {
      expect(mcFadden).toBeGreaterThan(0);
      expect(mcFadden).toBeLessThan(1);
      expect(r2).toBeGreaterThan(0.3);
      expect(r2).toBeLessThan(1);
      expect(samePole / origins).toBeGreaterThan(0.5);
    }
  });
});

test('flows of the model itself are fitted whole: parameters, R² of 1, every pole', () => {
  const places = country(8, 40, 9);
  const distances = straight(places);
  const population = places.map((one) => one.population);
  const supply = places.map((one) => one.supply);
  const flows = huffFlows({
    population,
    supply,
    distances,
    alpha: 0.7,
    beta: 8,
    destinations: 40,
  });
  const found = calibrate(distances, [{ supply, flows }], { alpha: 1, beta: 30 })!;
  expect(found.alpha).toBeCloseTo(0.7, 6);
  expect(found.beta).toBeCloseTo(8, 5);
  expect(found.r2).toBeCloseTo(1, 9);
  expect(found.samePole).toBe(found.origins);
});

test('by travel times β is in minutes, and pairs without a way are left out', () => {
  const places = country(5, 20, 6);
  const pairs = places.flatMap((_, i) => places.map((_, j) => [i, j] as const));
  const minutes = ([i, j]: readonly [number, number]) => 3 + ((7 * i + 11 * j) % 50);
  const open = pairs.filter(([i, j]) => i === j || (i + j) % 5 !== 0);
  const table = travelTable(
    20,
    open.map(([i]) => i),
    open.map(([, j]) => j),
    open.map(minutes),
  );
  const model = {
    population: places.map((one) => one.population),
    supply: places.map((one) => one.supply),
    distances: table,
  };
  const flows = huffFlows({ ...model, alpha: 0.8, beta: 17, destinations: 20 });
  const found = calibrate(table, [{ supply: model.supply, flows }], initial)!;
  expect(found.beta).toBeCloseTo(17, 4);
  expect(found).toMatchObject({ unreachable: 0, withoutSupply: 0 });

  const shut = flowMatrix(20, [1, 1], [2, 4], [30, 12]);
  const left = calibrate(
    table,
    [{ supply: [0, 0, 3, 0, 3, ...new Array(15).fill(0)], flows: shut }],
    initial,
  )!;
  expect(left).toMatchObject({ patients: 30, unreachable: 12 });
});

describe('flows that tell nothing, or too much', () => {
  const line: Place[] = [0, 0.1, 0.3, 0.7].map((lon, i) => ({
    population: 100,
    lon,
    lat: 46,
    supply: [2, 4, 9, 30][i]!,
  }));
  const fitted = (places: Place[], flows: [number, number, number][]) =>
    calibrate(straight(places), [market(places, flows)], initial);
  const only = (kept: number) =>
    line.map((one, i) => ({ ...one, supply: i === kept ? one.supply : 0 }));

  test('no patients: nothing to fit', () => {
    expect(fitted(line, [])).toBeNull();
    expect(fitted(only(1), [[0, 2, 5]])).toBeNull();
  });

  test('one destination: neither parameter is told, both keep their value', () => {
    expect(
      fitted(only(1), [
        [0, 1, 50],
        [2, 1, 20],
        [3, 2, 5],
      ]),
    ).toMatchObject({
      alpha: 0.7,
      beta: 8,
      alphaState: 'unidentified',
      betaState: 'unidentified',
      alphaError: null,
      betaError: null,
      mcFadden: null,
      patients: 70,
      withoutSupply: 5,
    });
  });

  test('everybody treated at home: β falls to its bound, and α has nothing to say', () => {
    const found = fitted(line, [
      [0, 0, 50],
      [1, 1, 60],
      [2, 2, 70],
      [3, 3, 80],
    ])!;
    expect(found).toMatchObject({
      betaState: 'lower-bound',
      alphaState: 'unidentified',
      alpha: 0.7,
    });
    expect(found.beta).toBeCloseTo(calibrationBounds.beta.min, 12);
    expect(found.logLikelihood).toBeCloseTo(0, 6);
    expect(found).toMatchObject({ origins: 4, samePole: 4 });
  });

  test('everybody goes to the largest: α rises to its bound', () => {
    const found = fitted(line, [
      [0, 3, 50],
      [1, 3, 60],
      [3, 3, 80],
    ])!;
    expect(found).toMatchObject({ alphaState: 'upper-bound', alpha: calibrationBounds.alpha.max });
  });

  test('people who go far whatever is near: β rises to its bound', () => {
    const found = fitted(line, [
      [0, 3, 50],
      [3, 0, 60],
      [1, 3, 20],
      [2, 0, 30],
    ])!;
    expect(found.betaState).toBe('upper-bound');
    expect(found.beta).toBeCloseTo(calibrationBounds.beta.max, 6);
  });

  test('supplies all equal: α keeps its value, β is estimated', () => {
    const equal = line.map((one) => ({ ...one, supply: 3 }));
    const found = fitted(equal, [
      [0, 0, 50],
      [0, 1, 20],
      [2, 1, 30],
      [3, 3, 40],
      [3, 2, 10],
    ])!;
    expect(found).toMatchObject({ alphaState: 'unidentified', alpha: 0.7, betaState: 'estimated' });
    expect(found.betaError).toBeGreaterThan(0);
  });

  test('an observed pole without supply is one the model misses', () => {
    const found = fitted(only(1), [
      [0, 2, 50],
      [0, 1, 20],
      [1, 1, 5],
    ])!;
    expect(found).toMatchObject({ origins: 2, samePole: 1, withoutSupply: 50 });
  });
});
