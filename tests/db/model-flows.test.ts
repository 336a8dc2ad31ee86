import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultGravity } from '../../server/core/flows/gravity-parameters.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { type Vintage, vintageRepository } from '../../server/db/repositories/vintages.ts';
import { readTravelTimes } from '../../server/imports/travel-times.ts';
import { calibrateFlows } from '../../server/usecases/calibrate-flows.ts';
import { type ModelOptions, modelFlows, refuseTooMany } from '../../server/usecases/model-flows.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { withFile } from '../support/extracts.ts';
import { codeAt } from '../support/small-region.ts';

const town = codeAt(3, 2);
const west = codeAt(1, 4);
const lonely = codeAt(0, 0);

describe.each(engines)('modelling and calibrating on %s', (engine) => {
  let db: Database;
  let vintage: Vintage;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    const found = await vintageRepository(db.kysely).ofRegion('24');
    if (!found) throw new Error('the template holds no region');
    vintage = found;
  });
  afterAll(async () => {
    await db.close();
  });

  async function model(parameters: Partial<typeof defaultGravity>, options: ModelOptions = {}) {
    const wanted = { ...defaultGravity, ...parameters };
    const id = (await modelFlows(db.kysely, vintage, wanted, options)) ?? 0;
    const dataset = await flowDatasetRepository(db.kysely).byId(vintage.id, id);
    if (!dataset) throw new Error('no dataset was made');
    return dataset;
  }

  /** Share of the residents of a commune that goes to each of its destinations. */
  async function shares(dataset: number, specialty: string, origin: string) {
    const choice = { dataset, specialty, masked: 0 as const };
    const found = await flowRepository(db.kysely).destinations(choice, origin, 100);
    return Object.fromEntries(found.destinations.map(({ code, share }) => [code, share]));
  }

  const counts = async () => {
    const { rows } = await sql`select (select count(*) from flow) as flows,
      (select count(*) from flow_dataset) as datasets, (select count(*) from pole_run) as runs,
      (select count(*) from flow_specialty) as specialties`.execute(db.kysely);
    return rows[0];
  };

  test('a specialty with its own values differs, the others do not, and all is said', async () => {
    const plain = await model({});
    const own = await model({ specialties: { dermatologie: { alpha: 2, beta: 60 } } });
    expect(await shares(own.id, 'cardiologie', lonely)).toEqual(
      await shares(plain.id, 'cardiologie', lonely),
    );
    const before = await shares(plain.id, 'dermatologie', lonely);
    const after = await shares(own.id, 'dermatologie', lonely);
    expect(after[town]).not.toBeCloseTo(before[town] ?? 0, 3);
    // 20 against 3 dermatologists, by the formula as it is written.
    const units = await unitRepository(db.kysely).communes(vintage.id);
    const at = (code: string) => units.code.indexOf(code);
    const km = (a: string, b: string) => {
      const [i, j] = [at(a), at(b)];
      const rad = Math.PI / 180;
      const cos =
        Math.sin(units.lat[i]! * rad) * Math.sin(units.lat[j]! * rad) +
        Math.cos(units.lat[i]! * rad) *
          Math.cos(units.lat[j]! * rad) *
          Math.cos((units.lon[i]! - units.lon[j]!) * rad);
      return 6371.0088 * Math.acos(cos);
    };
    const pull = (code: string, count: number) => count ** 2 * Math.exp(-km(lonely, code) / 60);
    const big = pull(town, 20);
    expect(after[town]).toBeCloseTo(big / (big + pull(codeAt(6, 1), 3)), 5);

    expect(own.kind).toBe('modelled');
    expect(own.name).toBe('Flux modélisés (Huff, α = 0,7, β = 8 km, 1\u00a0spécialité à part)');
    expect(own.provenance).toMatch(
      /vol d’oiseau, avec α = 0,7, β = 8 km, sauf Dermatologie et vénéréologie \(α = 2, β = 60 km\).*12.destinations.*Offre d’essai\.$/,
    );
    expect(own.parameters).toMatchObject({
      model: 'huff',
      distance: 'straight-line',
      alpha: 0.7,
      betaKm: 8,
      specialties: { dermatologie: { alpha: 2, beta: 60 } },
    });
    const again = await model({ specialties: { dermatologie: { alpha: 2, beta: 60 } } });
    expect(await shares(again.id, 'dermatologie', lonely)).toEqual(after);
  });

  test('by travel times, β is in minutes and who has no way has no flow', async () => {
    const { code } = await unitRepository(db.kysely).communes(vintage.id);
    // Everyone is 10 min from the town and 20 from the west; the lonely have a way to neither.
    const lines = code
      .filter((one) => one !== lonely)
      .flatMap((one) => [`${one};${town};10`, ...(one === town ? [] : [`${one};${west};20`])]);
    const content = `origine;destination;minutes\n${lines.join('\n')}\n`;
    const travel = await withFile(content, (file) =>
      readTravelTimes(file, code, { forward: new Map(), backward: new Map() }),
    );
    const dataset = await model({ beta: 15 }, { travel, name: 'Par la route' });
    expect(dataset).toMatchObject({ name: 'Par la route', kind: 'modelled' });
    expect(dataset.parameters).toMatchObject({
      distance: 'travel-time',
      betaMinutes: 15,
      travelTimes: { file: 'extrait.csv', withoutWay: 1 },
    });
    expect(dataset.parameters).not.toHaveProperty('betaKm');
    expect(dataset.provenance).toMatch(
      /temps de trajet du fichier « extrait\.csv », avec α = 0,7, β = 15 min.*habitants de 1.commune n’ont pas de flux/,
    );
    const found = await shares(dataset.id, 'cardiologie', codeAt(7, 5));
    const near = 40 ** 0.7 * Math.exp(-10 / 15);
    expect(found[town]).toBeCloseTo(near / (near + 6 ** 0.7 * Math.exp(-20 / 15)), 5);
    expect(await shares(dataset.id, 'cardiologie', lonely)).toEqual({});
    const residents = await sql<{ sum: number }>`select sum(patients) as sum from flow
      where dataset = ${dataset.id} and specialty = 'cardiologie'`.execute(db.kysely);
    const inhabitants = await sql<{ sum: number }>`select sum(population) as sum from unit
      where vintage = ${vintage.id} and code <> ${lonely}`.execute(db.kysely);
    expect(residents.rows[0]?.sum).toBeCloseTo(Number(inhabitants.rows[0]?.sum), 4);
  });

  test('calibrating gives back what flows were modelled with, together and apart', async () => {
    const values = { alpha: 0.9, beta: 14 };
    const dataset = await model({ ...values, destinations: 48 });
    const told: number[] = [];
    const report = await calibrateFlows(
      db.kysely,
      vintage,
      { dataset: dataset.id, masked: 5 },
      { onProgress: (done, total) => told.push(done / total) },
    );
    expect(report).toMatchObject({
      dataset: { id: dataset.id, name: dataset.name },
      left: { outside: 0, otherSpecialties: 0 },
    });
    expect(report.specialties.map(({ key, practitioners }) => [key, practitioners])).toEqual([
      ['cardiologie', 51],
      ['dermatologie', 23],
    ]);
    for (const found of [report.pooled, ...report.specialties.map(({ values: own }) => own)]) {
      expect(found?.alpha).toBeCloseTo(values.alpha, 4);
      expect(found?.beta).toBeCloseTo(values.beta, 3);
      expect(found?.r2).toBeCloseTo(1, 6);
      expect(found?.samePole).toBe(found?.origins);
    }
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(1);
  });

  test('masked cells count as chosen; flows from outside or without supply are left out', async () => {
    const datasets = flowDatasetRepository(db.kysely);
    const id = await datasets.insert({
      vintage: vintage.id,
      kind: 'extract',
      name: 'Extrait',
      provenance: 'Essai.',
      parameters: {},
    });
    await flowRepository(db.kysely).insert(id, 'cardiologie', {
      origin: [lonely, lonely, lonely, lonely, '69123'],
      destination: [town, west, codeAt(5, 5), '69123', town],
      patients: [30, 0, 8, 4, 3],
      masked: [0, 1, 0, 0, 0],
    });
    await flowRepository(db.kysely).insert(id, 'sport', {
      origin: [lonely],
      destination: [town],
      patients: [9],
    });
    await datasets.describeSpecialties(
      id,
      new Map([
        ['cardiologie', 'Cardiologie'],
        ['sport', 'Sport'],
      ]),
    );
    for (const masked of [0, 5, 10] as const) {
      const { pooled, left, specialties } = await calibrateFlows(db.kysely, vintage, {
        dataset: id,
        masked,
      });
      expect(specialties).toHaveLength(1);
      expect(pooled).toMatchObject({ patients: 30 + masked, withoutSupply: 8, origins: 1 });
      expect(left).toEqual({ outside: 7, otherSpecialties: 9 });
    }
    await datasets.remove(id);
  });

  test('what cannot be modelled or calibrated is said, and leaves nothing', async () => {
    const before = await counts();
    await expect(
      model({ specialties: { geriatrie: { alpha: 1, beta: 8 } } }),
    ).rejects.toMatchObject({
      code: 'unknown_specialty',
      message: expect.stringMatching(/geriatrie.*cardiologie, dermatologie/),
    });
    const stop = new AbortController();
    // The work is in the transaction when half of it is done.
    const onProgress = (done: number, total: number) => {
      if (done > total / 2) stop.abort(new Error('stopped'));
    };
    await expect(model({}, { signal: stop.signal, onProgress })).rejects.toThrow('stopped');
    await expect(
      calibrateFlows(db.kysely, vintage, { dataset: 1, masked: 5 }, { signal: stop.signal }),
    ).rejects.toThrow('stopped');
    await expect(
      calibrateFlows(db.kysely, vintage, { dataset: 999_999, masked: 5 }),
    ).rejects.toMatchObject({ code: 'unknown_dataset' });
    expect(await counts()).toEqual(before);
  });
});

test('a model that would not fit in memory is refused before it is made, with what would', () => {
  const supply = new Float64Array(35_000).fill(1);
  const units = { code: Array.from(supply, (_, i) => String(i)) };
  const specialties = Array.from({ length: 12 }, (_, s) => ({ key: `s${s}`, label: '', supply }));
  const known = { units, specialties };
  expect(() => refuseTooMany(known, { destinations: 12 })).not.toThrow();
  expect(() => refuseTooMany(known, { destinations: 119 })).not.toThrow();
  expect(() => refuseTooMany(known, { destinations: 120 })).toThrow(/gardez-en 119 au plus\.$/);
});
