import { Delaunay } from 'd3-delaunay';
import type { Kysely } from 'kysely';
import type { UnitGraph } from '../../server/contracts/units.ts';
import { buildAdjacency } from '../../server/core/graph/adjacency.ts';
import { seededRandom } from '../../server/core/random.ts';
import { cptsRepository } from '../../server/db/repositories/cpts.ts';
import { cptsVersionRepository } from '../../server/db/repositories/cpts-versions.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import type { Schema } from '../../server/db/schema.ts';
import { nearestAmong, placesOf, type SyntheticRegion } from './synthetic-region.ts';

/** Destinations of each commune for each specialty. */
const DESTINATIONS = 8;
/** When they all began. */
const DAY = '2026-01-05';

/** The graph that the page and the server hold of a synthetic region: Delaunay's neighbours. */
export function graphOf({ code, x, y, population }: SyntheticRegion): UnitGraph {
  const points = code.map((_, i): [number, number] => [x[i]!, y[i]!]);
  const delaunay = Delaunay.from(points);
  const lines: { a: number; b: number }[] = [];
  for (let a = 0; a < code.length; a++) {
    for (const b of delaunay.neighbors(a)) if (a < b) lines.push({ a, b });
  }
  for (const a of delaunay.hull) lines.push({ a, b: -1 });
  // Codes of these regions ascend with their numbers, as the graph wants them.
  return {
    vintage: 'bench',
    bbox: [0, 0, 1, 1],
    units: {
      code,
      name: code.map((own) => `Commune ${own}`),
      population: [...population],
      department: code.map((own) => own.slice(0, 2)),
      epci: code.map(() => null),
      areaKm2: code.map(() => 15.6),
      lon: [...x],
      lat: [...y],
    },
    borders: {
      id: lines.map((_, id) => id),
      a: lines.map(({ a }) => a),
      b: lines.map(({ b }) => b),
      lengthM: lines.map(() => 4000),
    },
    divisions: [],
  };
}

/**
 * Territories of `count` CPTS, units by index: every commune goes to the nearest of as many seats,
 * then a tenth of the communes go to a CPTS beside theirs too.
 */
export function overlappingTerritories(
  region: SyntheticRegion,
  { borders }: UnitGraph,
  count: number,
  seed: number,
): number[][] {
  const random = seededRandom(seed);
  const n = region.code.length;
  const below = (most: number) => Math.floor(random() * most);
  const seats = new Set<number>();
  while (seats.size < count) seats.add(below(n));
  const ordered = Int32Array.from(seats);
  const nearest = nearestAmong(region, ordered);
  const numbers = new Map([...seats].map((unit, cpts) => [unit, cpts]));
  const owner = region.code.map((_, unit) => numbers.get(nearest(unit, 1)[0]!.unit)!);
  const territories: number[][] = Array.from({ length: count }, () => []);
  owner.forEach((cpts, unit) => {
    territories[cpts]!.push(unit);
  });
  const adjacency = buildAdjacency(n, borders.a, borders.b, borders.lengthM);
  const shared = new Set<number>();
  while (shared.size < Math.round(n / 10)) {
    const unit = below(n);
    const beside = adjacency.neighbours.subarray(
      adjacency.offsets[unit],
      adjacency.offsets[unit + 1],
    );
    const other = [...beside].find((v) => owner[v] !== owner[unit]);
    if (other === undefined || shared.has(unit)) continue;
    shared.add(unit);
    territories[owner[other]!]!.push(unit);
  }
  return territories;
}

/**
 * Writes them as open CPTS: recognised where none they share a commune with is, up to a half; of the
 * others one in two has sent its letter of intent.
 *
 * @returns their numbers
 */
export async function insertTerritories(
  db: Kysely<Schema>,
  codes: readonly string[],
  territories: readonly number[][],
): Promise<number[]> {
  const taken = new Set<number>();
  let recognised = 0;
  const status = territories.map((units, k) => {
    if (2 * recognised < territories.length && !units.some((unit) => taken.has(unit))) {
      for (const unit of units) taken.add(unit);
      recognised++;
      return 'territory_accepted' as const;
    }
    return k % 2 === 0 ? ('letter_of_intent' as const) : ('idea' as const);
  });
  return db.transaction().execute(async (tx) => {
    const ids = await cptsRepository(tx).insertIdeas(
      territories.map((_, k) => `CPTS ${k}`),
      territories.map((units) => units.map((unit) => codes[unit]!)),
      { actor: 'bench', on: DAY },
    );
    await cptsVersionRepository(tx).insertFirst(ids, 'bench', DAY);
    for (const wanted of ['letter_of_intent', 'territory_accepted'] as const) {
      const some = ids.filter((_, k) => status[k] === wanted);
      await tx.updateTable('cpts').set({ status: wanted }).where('id', 'in', some).execute();
    }
    return ids;
  });
}

/** Flows of each commune to the nearest places of two specialties, one commune in five masked. */
export async function insertFlows(
  db: Kysely<Schema>,
  vintage: string,
  region: SyntheticRegion,
  seed: number,
): Promise<number> {
  const random = seededRandom(seed);
  const datasets = flowDatasetRepository(db);
  const dataset = await datasets.insert({
    vintage,
    kind: 'extract',
    name: 'Banc d’essai',
    provenance: 'tirage',
    parameters: {},
  });
  const specialties = [
    ['medecin-generaliste', 0.45],
    ['cardiologie', 0.06],
  ] as const;
  for (const [k, [key, share]] of specialties.entries()) {
    const nearest = nearestAmong(region, placesOf(region, share, seed + k));
    const columns = {
      origin: [] as string[],
      destination: [] as string[],
      patients: [] as number[],
      masked: [] as number[],
    };
    region.code.forEach((origin, unit) => {
      for (const { unit: place, km } of nearest(unit, DESTINATIONS)) {
        const isMasked = random() < 0.2;
        columns.origin.push(origin);
        columns.destination.push(region.code[place]!);
        columns.patients.push(isMasked ? 0 : 11 + Math.round(region.population[unit]! / (2 + km)));
        columns.masked.push(isMasked ? 1 : 0);
      }
    });
    await flowRepository(db).insert(dataset, key, columns);
  }
  await datasets.describeSpecialties(dataset, new Map(specialties.map(([key]) => [key, key])));
  await flowRepository(db).analyse();
  return dataset;
}
