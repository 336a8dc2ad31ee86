import { expect, test } from 'vitest';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { localisation } from '../../../../server/core/indicators/localisation.ts';
import {
  alternatives,
  everyAlternative,
  judgePlan,
} from '../../../../server/core/proposal/alternatives.ts';
import { explainTerritories } from '../../../../server/core/proposal/explain.ts';
import { groundWorth } from '../../../../server/core/proposal/ground.ts';
import type { ProposalInput } from '../../../../server/core/proposal/input.ts';
import { measurePlan } from '../../../../server/core/proposal/plan.ts';
import { settle } from '../../../../server/core/proposal/settle.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { matrixOf } from '../arbitraries.ts';
import { planOf, randomMap, totals } from './grounds.ts';

const n = 60;

/** A plan over a random map, with the fields that the explanation reads. */
function explained(seed: number, given: Partial<ProposalInput> = {}) {
  const map = randomMap(n, seed);
  const random = seededRandom(seed + 1000);
  const column = () => Float64Array.from({ length: n }, () => Math.ceil(random() * 50));
  const input: ProposalInput = {
    ...map,
    floor: 30,
    ceiling: 100,
    seed,
    lost: column(),
    epci: Int32Array.from({ length: n }, (_, u) => Math.floor(u / 6)),
    poles: [3, 20, 41],
    effort: 20_000,
    ...given,
  };
  const { label, count } = planOf(input);
  const around = { areaKm2: column(), outerM: column().fill(0), gained: column() };
  return { input, label, count, around, plan: judgePlan(input, label, count) };
}

const measured = (input: ProposalInput, label: Int32Array) =>
  measurePlan(input, label, 1, () => null, false);

test.each([1, 2, 3])(
  'an alternative tells what moving the commune and measuring again does',
  (seed) => {
    const { input, label, count, plan } = explained(seed);
    const { out, inside } = localisation(input.flow, label, count, input.lost);
    const all = out.reduce((sum, one) => sum + one, 0);
    const kept = inside.reduce((sum, one) => sum + one, 0);
    const { offsets, neighbours } = input.adjacency;
    let judged = 0;
    for (let u = 0; u < n; u++) {
      const found = alternatives(plan, u);
      const beside = new Set<number>();
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) beside.add(label[neighbours[e]!]!);
      beside.delete(label[u]!);
      expect(found.map(({ territory }) => territory).sort()).toEqual([...beside].sort());
      for (const one of found) {
        const moved = label.slice();
        moved[u] = one.territory;
        const after = measured(input, moved);
        expect(after.indicators.inside * all - kept).toBeCloseTo(one.patients, 6);
        const people = totals(moved, input.population);
        expect(one.populationTo).toBe(people[one.territory]);
        expect(one.populationFrom).toBe(people[label[u]!] ?? 0);
        expect(one.obstacles.includes('ceiling')).toBe(one.populationTo > input.ceiling);
        const whole = groupPieces(input.adjacency, moved)[label[u]!]! > 1;
        const before = groupPieces(input.adjacency, label)[label[u]!]! > 1;
        if (!before) expect(one.obstacles.includes('contiguity')).toBe(whole);
        judged++;
      }
      const free = found.filter(({ obstacles }) => obstacles.length === 0);
      expect(found.slice(0, free.length)).toEqual(free);
      const gains = free.map(({ patients }) => patients);
      expect(gains).toEqual([...gains].sort((p, q) => q - p));
    }
    expect(judged).toBeGreaterThan(20);
  },
);

test('a territory tells what its flows, borders, EPCI and poles add up to', () => {
  const { input, label, count, around, plan } = explained(4);
  const told = explainTerritories(plan, around, everyAlternative(plan));
  expect(told).toHaveLength(count);
  const { li } = localisation(input.flow, label, count, input.lost);
  told.forEach((one, t) => {
    expect(one.li).toBeCloseTo(li[t]!, 12);
    // Brute force, flow by flow.
    const leaks = new Map<number | null, number>();
    let [inside, treated, patients, area, perimeterKm] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const mine = label[i] === t;
      if (mine) {
        leaks.set(null, (leaks.get(null) ?? 0) + input.lost![i]!);
        patients += input.lost![i]!;
        treated += around.gained[i]!;
        area += around.areaKm2[i]!;
        perimeterKm += around.outerM[i]! / 1000;
      }
      for (let e = input.adjacency.offsets[i]!; e < input.adjacency.offsets[i + 1]!; e++) {
        if (mine && label[input.adjacency.neighbours[e]!] !== t) {
          perimeterKm += input.adjacency.lengthsM[e]! / 1000;
        }
      }
      for (let e = input.flow.offsets[i]!; e < input.flow.offsets[i + 1]!; e++) {
        const to = label[input.flow.destinations[e]!]!;
        const count = input.flow.patients[e]!;
        if (mine) patients += count;
        if (to === t) treated += count;
        if (mine && to === t) inside += count;
        if (mine && to !== t) leaks.set(to, (leaks.get(to) ?? 0) + count);
      }
    }
    expect(one.patients).toBeCloseTo(patients, 6);
    expect(one.msi).toBeCloseTo(inside / treated, 9);
    expect(one.compactness).toBeCloseTo((4 * Math.PI * area) / perimeterKm ** 2, 9);
    const largest = [...leaks.values()].sort((p, q) => q - p).slice(0, 3);
    expect(one.leaks.map((leak) => leak.patients)).toEqual(
      largest.map((count) => expect.closeTo(count, 6)),
    );
    for (const leak of one.leaks) expect(leaks.get(leak.territory)).toBeCloseTo(leak.patients, 6);
    expect(one.poles).toEqual(input.poles!.filter((unit) => label[unit] === t));
  });
  // Each EPCI that is cut is told by every territory it lies in, and its parts make a whole.
  const parts = new Map<number, number>();
  for (const { epciCut } of told) {
    for (const { epci, share } of epciCut) parts.set(epci, (parts.get(epci) ?? 0) + share);
  }
  const lies = (epci: number) => new Set([...label].filter((_, u) => input.epci![u] === epci)).size;
  const cut = [...Array(n / 6).keys()].filter((epci) => lies(epci) > 1);
  expect([...parts.keys()].sort((p, q) => p - q)).toEqual(cut);
  for (const share of parts.values()) expect(share).toBeCloseTo(1, 9);
});

test('locks, walls and a number of territories are told as what binds', () => {
  const free = explained(5);
  const binding = (one: ReturnType<typeof explained>) =>
    new Set(
      explainTerritories(one.plan, one.around, everyAlternative(one.plan)).flatMap(
        (told) => told.binding,
      ),
    );
  expect(binding(free).has('locked')).toBe(false);
  // Hold every unit in a block with a neighbour of its territory: no unit may move alone.
  const all = Array.from({ length: free.count }, (_, t) =>
    [...Array(n).keys()].filter((u) => free.label[u] === t),
  );
  const held = judgePlan({ ...free.input, locks: { fixed: all } }, free.label, free.count);
  for (let u = 0; u < n; u++) {
    for (const { obstacles } of alternatives(held, u)) expect(obstacles).toContain('locked');
  }
  const walled = judgePlan({ ...free.input, walls: free.label }, free.label, free.count);
  for (let u = 0; u < n; u++) {
    for (const { obstacles } of alternatives(walled, u)) expect(obstacles).toContain('wall');
  }
  const counted = { ...free.input, territories: free.count, ceiling: 1e9 };
  const roomy = { ...free, plan: judgePlan(counted, free.label, free.count) };
  for (const { binding: rules } of explainTerritories(
    roomy.plan,
    free.around,
    everyAlternative(roomy.plan),
  )) {
    expect(rules).toContain('count');
    expect(rules).not.toContain('ceiling');
  }
});

test.each([{}, { border: 0.3 }, { epci: 1 }, { target: 2 }, { poles: 1, border: 0.05 }])(
  'a territory tells nothing only where no commune would gain, with the weights %j',
  (weights) => {
    let weighed = 0;
    for (const seed of [11, 12, 13]) {
      const one = explained(seed, { weights, floor: 20 });
      const moves = everyAlternative(one.plan);
      const gaining = new Set<number>();
      moves.forEach((found, u) => {
        for (const { territory, patients, obstacles, outweighedBy } of found) {
          if (patients >= 0.5) gaining.add(territory).add(one.label[u]!);
          if (outweighedBy.length === 0) continue;
          weighed++;
          expect(obstacles).toEqual([]);
          for (const weight of outweighedBy) expect(weights).toHaveProperty(weight);
        }
      });
      explainTerritories(one.plan, one.around, moves).forEach(({ binding }, t) => {
        expect(binding.length > 0).toBe(gaining.has(t));
      });
    }
    if ('border' in weights) expect(weighed).toBeGreaterThan(0);
    const still = explained(11, { weights, flow: matrixOf(n, []) });
    for (const { binding } of explainTerritories(
      still.plan,
      still.around,
      everyAlternative(still.plan),
    )) {
      expect(binding).toEqual([]);
    }
  },
);

test('weights outweigh a move exactly where the plan is worth less with it', () => {
  const weights = { border: 0.1, epci: 0.3, target: 0.5, poles: 0.4 };
  const judged = { outweighed: 0, gaining: 0 };
  for (const seed of [21, 22, 23, 24]) {
    // A plan made for heavier weights, so that some moves better it.
    const heavy = { border: 0.6, epci: 2, target: 3, poles: 1 };
    const asked = { weights: heavy, floor: 20, effort: 2_000 };
    const { input: made, label, count } = explained(seed, asked);
    const input = { ...made, weights };
    const settled = settle(input);
    if ('reason' in settled) throw new Error(settled.reason);
    const { ground, of } = settled;
    const worthOf = (labels: Int32Array) => {
      const onGround = new Int32Array(ground.population.length);
      labels.forEach((t, u) => {
        if (of[u]! >= 0) onGround[of[u]!] = t;
      });
      return groundWorth(ground, onGround, count);
    };
    const before = worthOf(label);
    const plan = judgePlan(input, label, count);
    everyAlternative(plan).forEach((found, u) => {
      for (const { territory, patients, obstacles, outweighedBy } of found) {
        if (obstacles.length > 0 || patients < 0.5 || plan.members[label[u]!]!.length < 2) continue;
        const moved = label.slice();
        moved[u] = territory;
        const gaining = worthOf(moved) > before;
        expect(outweighedBy.length === 0).toBe(gaining);
        judged[gaining ? 'gaining' : 'outweighed']++;
      }
    });
  }
  expect(judged.gaining).toBeGreaterThan(0);
  expect(judged.outweighed).toBeGreaterThan(0);
});

test('the target weighs what is divided, communes above the ceiling left out of both sums', () => {
  let judged = 0;
  let gaining = 0;
  for (const seed of [31, 32, 33, 34, 35, 36]) {
    const population = [...randomMap(n, seed).population];
    population[5] = 400;
    const target = 45;
    const asked = { target, weights: { target: 3 }, floor: 20, effort: 2_000 };
    const { input, label, count } = explained(seed, { population, ...asked });
    const weight = 0.3;
    const plan = judgePlan({ ...input, target, weights: { target: weight } }, label, count);
    const divided = population.reduce((sum, people, u) => sum + (u === 5 ? 0 : people), 0);
    const all = [...input.flow.patients, ...Array.from(input.lost!)].reduce((sum, p) => sum + p, 0);
    const missed = (labels: Int32Array) => {
      const people = totals(labels, population).filter((_, t) => t !== label[5]);
      return people.reduce((sum, p) => sum + (p - target) ** 2, 0) / (target * divided);
    };
    everyAlternative(plan).forEach((found, u) => {
      for (const { territory, patients, obstacles, outweighedBy } of found) {
        if (obstacles.length > 0 || patients < 0.5 || plan.members[label[u]!]!.length < 2) continue;
        const moved = label.slice();
        moved[u] = territory;
        const gain = patients / all - weight * (missed(moved) - missed(label));
        expect(outweighedBy).toEqual(gain > 1e-12 ? [] : ['target']);
        if (gain > 1e-12) gaining++;
        judged++;
      }
    });
  }
  expect(gaining).toBeGreaterThan(0);
  expect(judged).toBeGreaterThan(gaining);
});
