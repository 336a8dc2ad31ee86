import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enclosureOf, holdersOf } from '../../../../server/core/coverage/enclosures.ts';
import { receiverAmong } from '../../../../server/core/coverage/receivers.ts';
import { territoryLies } from '../../../../server/core/coverage/shapes.ts';
import { heldStates, sharesOf, summed } from '../../../../server/core/coverage/shares.ts';
import { uncoveredZones } from '../../../../server/core/coverage/zones.ts';
import { groundWithSets } from './grounds.ts';

test('each unit counts once, for the most that is said of it, and totals add up', () => {
  fc.assert(
    fc.property(groundWithSets, fc.array(fc.boolean(), { minLength: 5 }), (ground, recognised) => {
      const { population, sets } = ground;
      const state = heldStates(
        population.length,
        sets.map((units, k) => ({ units, recognised: recognised[k]! })),
      );
      const how = population.map((_, unit) => {
        const holders = sets.flatMap((units, k) => (units.includes(unit) ? [recognised[k]!] : []));
        return holders.length === 0 ? 0 : holders.includes(true) ? 2 : 1;
      });
      expect([...state]).toEqual(how);
      const group = population.map((_, unit) => unit % 3);
      const shares = sharesOf(state, group, 3, population);
      shares.forEach((found, department) => {
        for (const at of [0, 1, 2] as const) {
          const mine = population.filter((_, u) => group[u] === department && how[u] === at);
          expect(found.units[at]).toBe(mine.length);
          expect(found.population[at]).toBe(mine.reduce((sum, people) => sum + people, 0));
        }
      });
      const all = summed(shares);
      const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
      expect(total(all.units)).toBe(population.length);
      expect(total(all.population)).toBe(total(population));
    }),
  );
});

test('zones are the classes of uncovered units that reach each other without leaving them', () => {
  fc.assert(
    fc.property(groundWithSets, ({ adjacency, population, sets }) => {
      const state = heldStates(adjacency.n, [{ units: sets[0]!, recognised: false }]);
      const zones = uncoveredZones(adjacency, state, population);
      // Warshall's closure instead of a flood.
      const reach = Array.from({ length: adjacency.n }, (_, u) =>
        Array.from({ length: adjacency.n }, (__, v) => {
          const row = adjacency.neighbours.subarray(adjacency.offsets[u], adjacency.offsets[u + 1]);
          return state[u] === 0 && state[v] === 0 && (u === v || row.includes(v));
        }),
      );
      for (let k = 0; k < adjacency.n; k++) {
        for (let u = 0; u < adjacency.n; u++) {
          if (!reach[u]![k]) continue;
          for (let v = 0; v < adjacency.n; v++) if (reach[k]![v]) reach[u]![v] = true;
        }
      }
      const zoneOf = new Map(zones.flatMap((zone, k) => zone.map((unit) => [unit, k] as const)));
      expect(zoneOf.size).toBe([...state].filter((held) => held === 0).length);
      for (const [u, zone] of zoneOf) {
        const mine = [...zoneOf].flatMap(([v, other]) => (other === zone ? [v] : []));
        expect(mine.sort((p, q) => p - q)).toEqual(reach[u]!.flatMap((is, v) => (is ? [v] : [])));
      }
      const people = zones.map((zone) => zone.reduce((sum, unit) => sum + population[unit]!, 0));
      expect(people).toEqual([...people].sort((p, q) => q - p));
      for (const zone of zones) expect(zone).toEqual([...zone].sort((p, q) => p - q));
    }),
    { numRuns: 40 },
  );
});

test('a territory encloses another when from no unit outside it the edge is reached', () => {
  let seen = 0;
  fc.assert(
    fc.property(groundWithSets, ({ adjacency, atEdge, sets }) => {
      const territories = sets.filter((units) => units.length > 0);
      const state = heldStates(
        adjacency.n,
        territories.map((units) => ({ units, recognised: false })),
      );
      const holders = holdersOf(adjacency.n, territories);
      const lies = territoryLies(adjacency, atEdge);
      territories.forEach((units, k) => {
        const { holes } = lies(units);
        const hole = new Set(holes.flat());
        const found = enclosureOf(k, holes, territories, holders, state);
        const enclosed = territories.flatMap((other, o) => {
          const outside = other.filter((unit) => !units.includes(unit));
          return outside.length > 0 && outside.every((unit) => hole.has(unit)) ? [o] : [];
        });
        expect(found.territories).toEqual(enclosed);
        expect(found.uncovered).toEqual(
          [...hole].filter((unit) => state[unit] === 0).sort((p, q) => p - q),
        );
        seen += enclosed.length;
      });
    }),
    { numRuns: 300, seed: 11 },
  );
  expect(seen).toBeGreaterThan(10);
});

test('the territory that receives most; ties, masked cells and silence are said', () => {
  const sent = (...counts: [territory: number, patients: number, masked: number][]) =>
    new Map(counts.map(([at, patients, masked]) => [at, { patients, masked }]));
  expect(receiverAmong(sent(), 5)).toEqual({ territory: null, tie: false, flows: 'none' });
  expect(receiverAmong(sent([4, 10, 0], [2, 30, 0]), 5)).toEqual({
    territory: 2,
    tie: false,
    flows: 'known',
  });
  expect(receiverAmong(sent([4, 30, 0], [2, 30, 0]), 5)).toEqual({
    territory: 2,
    tie: true,
    flows: 'known',
  });
  expect(receiverAmong(sent([4, 10, 3], [2, 30, 0]), 5)).toMatchObject({
    territory: 2,
    flows: 'masked',
  });
  expect(receiverAmong(sent([4, 0, 1]), 0)).toEqual({
    territory: null,
    tie: false,
    flows: 'known',
  });
});
