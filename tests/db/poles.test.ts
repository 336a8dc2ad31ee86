import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoleParameters, Poles } from '../../server/contracts/poles.ts';
import { defaultPoleParameters } from '../../server/contracts/poles.ts';
import { analysePoles, type PoleResult } from '../../server/core/poles/analysis.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import { poleRepository } from '../../server/db/repositories/poles.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import {
  type Draw,
  drawMatrices,
  importMatrices,
  insertMatrices,
  type Places,
} from '../support/random-flows.ts';

/** Every method with every count of a masked cell, and thresholds in some. */
const asked: Partial<PoleParameters>[] = [
  {},
  { masked: 0 },
  { masked: 10, minCommunes: 2 },
  { method: 'nystuen-dacey' },
  { method: 'nystuen-dacey', masked: 0, minRate: 0.4 },
  { method: 'nystuen-dacey', masked: 10, minPatients: 8 },
  { minPatients: 6, minRate: 0.35, minCommunes: 2 },
];

describe.each(engines)('poles on %s', (engine) => {
  let db: Database;
  let vintage: string;
  let places: Places;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
    const { code, population } = await unitRepository(db.kysely).communes(vintage);
    // Eight outside communes, whose codes come last.
    const outside = Array.from({ length: 8 }, (_, k) => `9510${k + 1}`);
    places = { code: [...code, ...outside], population, loaded: code.map(() => 1) };
  });
  afterAll(async () => {
    await db.close();
  });

  /** Analyses drawn matrices in SQL and in TypeScript, and compares all that they say. */
  async function agree(draw: Draw, wishes: Partial<PoleParameters>[]): Promise<number> {
    const specialties = drawMatrices(draw, places);
    const dataset = draw.imported
      ? await importMatrices(db, vintage, specialties, places)
      : await insertMatrices(db.kysely, vintage, specialties, places);
    const poles = poleRepository(db.kysely);
    let compared = 0;
    for (const wish of wishes) {
      const weights = Object.fromEntries(specialties.map(({ key, weight }) => [key, weight]));
      const parameters = { ...defaultPoleParameters, ...wish, weights };
      const run = await poles.run(await poles.analyse(dataset, parameters));
      if (!run) throw new Error('the run was not kept');
      const { loaded, population } = places;
      const expected = analysePoles(
        places.code.length,
        specialties,
        parameters,
        loaded,
        population,
      );
      expectSame(await poles.ofRun(run, 'all'), expected.all);
      compared += draw.blocks;
      for (const [s, { key }] of specialties.entries()) {
        expectSame(await poles.ofRun(run, key), expected.each[s]!);
        compared += draw.blocks;
      }
    }
    await flowDatasetRepository(db.kysely).remove(dataset);
    return compared;
  }

  function expectSame(found: Poles, expected: PoleResult): void {
    const code = (at: number) => (at < 0 ? null : (places.code[at] ?? ''));
    const close = (value: number | null) => (value === null ? null : expect.closeTo(value, 5));
    expect(found.communes).toEqual(
      expected.communes.map(({ unit, ...row }) => ({
        code: code(unit),
        pole: code(row.pole),
        patients: expect.closeTo(row.patients, 0.9),
        rate: close(row.rate),
        second: code(row.second),
        gap: close(row.gap),
        entropy: close(row.entropy),
        agreement: close(row.agreement),
        fragile: row.fragile,
      })),
    );
    expect([...found.poles].sort((p, q) => (p.code < q.code ? -1 : 1))).toEqual(
      expected.catchments.map((row) => ({
        code: code(row.pole),
        name: expect.any(String),
        communes: row.communes,
        population: row.population,
        patients: expect.closeTo(row.patients, 0.9),
        li: close(row.li),
        msi: close(row.msi),
        net: close(row.net),
        rank: row.rank,
      })),
    );
    for (const { li, msi } of found.poles) {
      for (const index of [li, msi]) {
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThanOrEqual(1);
      }
    }
  }

  test('SQL and the pure version agree on one specialty at a time', async () => {
    let compared = 0;
    for (let seed = 1; seed <= 3; seed++) {
      const imported = seed > 1;
      compared += await agree(
        { seed, specialties: 25, blocks: 8, fractions: false, imported },
        asked,
      );
    }
    expect(compared).toBeGreaterThan(4000);
  });

  test('SQL and the pure version agree over weighted specialties', async () => {
    for (let seed = 11; seed <= 20; seed++) {
      const fractions = seed % 2 === 0;
      const specialties = 1 + (seed % 3);
      const imported = !fractions;
      await agree({ seed, specialties, blocks: 8, fractions, imported }, asked.slice(0, 4));
    }
  });

  test('more patients than 63 bits hold in millionths, places beside them', async () => {
    const draw = { seed: 31, specialties: 2, blocks: 8, fractions: false, times: 100_000 };
    await agree(draw, asked.slice(0, 4));
  });

  test('a single commune, and a dataset without a patient', async () => {
    await agree({ seed: 5, specialties: 2, blocks: 1, fractions: false, places: 1 }, asked);
    await agree({ seed: 5, specialties: 2, blocks: 0, fractions: false }, asked.slice(0, 4));
  });

  test('the same parameters answer the run that is kept', async () => {
    const specialties = drawMatrices(
      { seed: 7, specialties: 2, blocks: 8, fractions: false },
      places,
    );
    const dataset = await insertMatrices(db.kysely, vintage, specialties, places);
    const poles = poleRepository(db.kysely);
    const first = await poles.analyse(dataset);
    expect(await poles.analyse(dataset, { ...defaultPoleParameters, weights: { s0: 1 } })).toBe(
      first,
    );
    const other = await poles.analyse(dataset, { ...defaultPoleParameters, masked: 10 });
    expect(other).not.toBe(first);
    const all = (run: number) => ({ run, specialty: 'all' });
    const { changed, communes } = await poles.compare(all(first), all(other));
    const before = await poles.ofRun(await poles.defaultRun(dataset), 'all');
    const after = await poles.ofRun((await poles.run(other))!, 'all');
    const moved = before.communes.filter(({ pole }, at) => pole !== after.communes[at]?.pole);
    expect(communes.map(({ code }) => code)).toEqual(moved.map(({ code }) => code));
    expect(changed).toBe(moved.length);
    expect((await poles.compare(all(first), all(first))).changed).toBe(0);
    const both = await Promise.all([
      poles.analyse(dataset, { ...defaultPoleParameters, masked: 0 }),
      poles.analyse(dataset, { ...defaultPoleParameters, masked: 0 }),
    ]);
    expect(both[0]).toBe(both[1]);
    await flowDatasetRepository(db.kysely).remove(dataset);
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
