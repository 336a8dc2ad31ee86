import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flowMatrix } from '../../server/core/flows/matrix.ts';
import { localisation } from '../../server/core/indicators/localisation.ts';
import { mainPoles } from '../../server/core/poles/plurality.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import { poleRepository } from '../../server/db/repositories/poles.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { engines, openTestDatabase } from '../support/databases.ts';

const N = 8;
const code = (i: number) => `45${String(100 + i)}`;

/** Small whole counts make ties common; zeros and self-flows happen. */
const matrix = fc.array(
  fc.record({
    origin: fc.nat(N - 1),
    destination: fc.nat(N - 1),
    specialty: fc.constantFrom('cardiologie', 'dermatologie'),
    patients: fc.nat(4),
  }),
  { minLength: 1, maxLength: 40 },
);

interface Flow {
  origin: number;
  destination: number;
  specialty: string;
  patients: number;
}

/** One flow an origin, destination and specialty, as the table holds them. */
function summed(flows: Flow[]): Flow[] {
  const sums = new Map<string, Flow>();
  for (const flow of flows) {
    const key = `${flow.origin} ${flow.destination} ${flow.specialty}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, patients: known.patients + flow.patients } : flow);
  }
  return [...sums.values()];
}

describe.each(engines)('poles on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(async () => {
    await db.close();
  });

  async function analysed(flows: Flow[]): Promise<number> {
    return db.kysely.transaction().execute(async (tx) => {
      const dataset = await flowDatasetRepository(tx).insert({
        vintage,
        kind: 'extract',
        name: 'essai',
        provenance: 'tirage',
        parameters: {},
      });
      for (const specialty of ['cardiologie', 'dermatologie']) {
        const own = flows.filter((flow) => flow.specialty === specialty);
        await flowRepository(tx).insert(dataset, specialty, {
          origin: own.map(({ origin }) => code(origin)),
          destination: own.map(({ destination }) => code(destination)),
          patients: own.map(({ patients }) => patients),
        });
      }
      await poleRepository(tx).analyse(dataset);
      return dataset;
    });
  }

  test('SQL and the pure version agree on random matrices, ties included', async () => {
    await fc.assert(
      fc.asyncProperty(matrix, async (drawn) => {
        const flows = summed(drawn);
        const dataset = await analysed(flows);
        for (const specialty of ['all', 'cardiologie', 'dermatologie']) {
          const kept = flows.filter((f) => specialty === 'all' || f.specialty === specialty);
          const m = flowMatrix(
            N,
            kept.map(({ origin }) => origin),
            kept.map(({ destination }) => destination),
            kept.map(({ patients }) => patients),
          );
          const { pole, rate, second } = mainPoles(m);
          const { poles, communes } = await poleRepository(db.kysely).of(dataset, specialty);
          const expected = Array.from({ length: N }, (_, i) => ({
            code: code(i),
            pole: code(pole[i] ?? -1),
            rate: Math.round((rate[i] ?? 0) * 1e6) / 1e6,
            second: (second[i] ?? -1) < 0 ? null : code(second[i] ?? -1),
          })).filter((_, i) => (pole[i] ?? -1) >= 0);
          expect(communes).toMatchObject(expected);

          const li = localisation(m, pole, N).li;
          for (const { code: name, communes: attracted, li: found } of poles) {
            const p = Number(name.slice(2)) - 100;
            expect(attracted).toBe([...pole].filter((q) => q === p).length);
            expect(found).toBeCloseTo(li[p] ?? -1, 6);
            expect(found).toBeGreaterThanOrEqual(0);
            expect(found).toBeLessThanOrEqual(1);
          }
          expect(poles.map(({ code }) => code).sort()).toEqual(
            [...new Set(expected.map((row) => row.pole))].sort(),
          );
        }
        await flowDatasetRepository(db.kysely).remove(dataset);
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  test('modelled flows give each specialty every resident once', async () => {
    const dataset = await flowDatasetRepository(db.kysely).latest(vintage);
    expect(dataset?.kind).toBe('modelled');
    expect(dataset?.specialties.map(({ key }) => key)).toEqual(['cardiologie', 'dermatologie']);
    const population = (await vintageRepository(db.kysely).byId(vintage))?.population ?? 0;
    for (const { patients } of dataset?.specialties ?? []) expect(patients).toBe(population);
  });

  test('destinations of a commune add up to its flow and are sorted', async () => {
    const dataset = await flowDatasetRepository(db.kysely).latest(vintage);
    const found = await flowRepository(db.kysely).destinations(
      { dataset: dataset?.id ?? 0, specialty: 'all', masked: 5 },
      '45100',
      50,
    );
    const sum = found.destinations.reduce((total, { patients }) => total + patients, 0);
    expect(sum).toBeCloseTo(found.patients, 0);
    const shares = found.destinations.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });
});
