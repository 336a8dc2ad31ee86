import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attracted } from '../../../../server/core/drawing/attracted.ts';
import { figuresOf } from '../../../../server/core/drawing/figures.ts';
import { drawingFlows, drawingGround } from '../../../../server/core/drawing/ground.ts';
import { Territory } from '../../../../server/core/drawing/territory.ts';
import { flowMatrix } from '../../../../server/core/flows/matrix.ts';
import { compactness } from '../../../../server/core/indicators/compactness.ts';
import { localisation } from '../../../../server/core/indicators/localisation.ts';
import { drawn, plainOutcome, territoryOf } from './grounds.ts';

describe('figures kept up gesture by gesture', () => {
  it('are those counted anew', () => {
    fc.assert(
      fc.property(drawn, fc.array(fc.nat(24)), (region, walk) => {
        const territory = territoryOf(region);
        const members = new Set(region.members);
        for (const step of walk) {
          const unit = step % region.population.length;
          territory.toggle(unit);
          if (!members.delete(unit)) members.add(unit);
        }
        const figures = figuresOf(territory);
        const plain = plainOutcome(region, members);
        expect(figures.communes).toBe(members.size);
        expect(figures.population).toBe(plain.population);
        expect(figures.li).toBe(plain.li);
        expect(figures.pieces).toHaveLength(plain.pieces);
        expect(figures.holes).toHaveLength(plain.holes);
        expect(new Set(figures.pieces.flat())).toEqual(members);
        expect(figures.holes.flat().every((unit) => !members.has(unit))).toBe(true);
      }),
    );
  });

  it('are those of the indicators for a whole labelling', () => {
    fc.assert(
      fc.property(drawn, (region) => {
        fc.pre(region.members.length > 0);
        const territory = territoryOf(region);
        const { ground, flows } = territory;
        const group = Int32Array.from(territory.has, (has) => has - 1);
        const [shape] = compactness(ground.adjacency, group, 1, ground.areaKm2, ground.outerM);
        expect(figuresOf(territory).compactness).toBeCloseTo(shape!, 9);
        const places = new Int32Array(flows!.leaving.n).fill(-1);
        places.set(group);
        const { li } = localisation(flows!.leaving, places, 1);
        const own = figuresOf(territory).li;
        if (own === null) expect(li[0]).toBeNaN();
        else expect(own).toBeCloseTo(li[0]!, 9);
      }),
    );
  });

  it('name the largest destinations outside, and the EPCI', () => {
    fc.assert(
      fc.property(drawn, (region) => {
        const members = new Set(region.members);
        const sent = new Map<number, number>();
        for (const [from, to, patients] of region.flows) {
          if (members.has(from) && !members.has(to)) sent.set(to, (sent.get(to) ?? 0) + patients);
        }
        const largest = [...sent]
          .filter(([, patients]) => patients > 0)
          .sort(([p, most], [q, more]) => more - most || p - q)
          .slice(0, 3);
        const { leaks, epci } = figuresOf(territoryOf(region));
        expect(leaks.map(({ place, patients }) => [place, patients])).toEqual(largest);
        const touched = new Set(region.members.map((u) => region.epci[u]).filter(Boolean));
        const whole = [...touched].filter((code) =>
          region.epci.every((own, u) => own !== code || members.has(u)),
        );
        expect(epci).toEqual({ touched: touched.size, whole: whole.length });
      }),
    );
  });
});

it('finds the neighbours that send more than half of their patients', () => {
  fc.assert(
    fc.property(drawn, (region) => {
      const members = new Set(region.members);
      const expected = region.population.flatMap((_, unit) => {
        const beside = region.borders.some(
          ([a, b]) => (a === unit && members.has(b)) || (b === unit && members.has(a)),
        );
        if (members.has(unit) || !beside) return [];
        const own = region.flows.filter(([from]) => from === unit);
        const all = own.reduce((sum, [, , patients]) => sum + patients, 0);
        const here = own.reduce((sum, [, to, p]) => sum + (members.has(to) ? p : 0), 0);
        return here > all / 2 ? [unit] : [];
      });
      expect(attracted(territoryOf(region))).toEqual(expected);
    }),
  );
});

it('takes a sliver between outlines for no edge of the region', () => {
  /*  0 1 2     the middle one has 1 m of outer edge out of 4,001 m
   *  3 4 5
   *  6 7 8  */
  const borders: [number, number, number][] = [];
  for (let u = 0; u < 9; u++) {
    if (u % 3 < 2) borders.push([u, u + 1, 1000]);
    if (u < 6) borders.push([u, u + 3, 1000]);
    if (u !== 4) borders.push([u, -1, 1000]);
  }
  borders.push([4, -1, 1]);
  const columns = [0, 1, 2].map((at) => borders.map((line) => line[at]!)) as [
    number[],
    number[],
    number[],
  ];
  const [a, b, lengthM] = columns;
  const people = new Array(9).fill(10);
  const ground = drawingGround(
    { population: people, areaKm2: people, epci: people.map(() => null) },
    { a, b, lengthM },
  );
  const territory = new Territory(ground);
  territory.become(new Set([0, 1, 2, 3, 5, 6, 7, 8]));
  expect(figuresOf(territory).holes).toEqual([[4]]);
});

it('reads flows whose places are not in the order of the units', () => {
  const matrix = flowMatrix(3, [0, 1, 2, 2], [2, 1, 0, 1], [5, 6, 7, 8]);
  // Place 0 is outside, 1 is unit 1, 2 is unit 0.
  const { leaving, arriving, living, outside } = drawingFlows(2, [-1, 1, 0], matrix);
  const row = (m: typeof leaving, i: number) =>
    [...m.destinations.subarray(m.offsets[i], m.offsets[i + 1])].map((to, k) => [
      to,
      m.patients[m.offsets[i]! + k],
    ]);
  expect(row(leaving, 0)).toEqual([
    [1, 8],
    [2, 7],
  ]);
  expect(row(arriving, 0)).toEqual([[2, 5]]);
  expect([...living]).toEqual([15, 6, 5]);
  expect([...outside]).toEqual([0]);
});
