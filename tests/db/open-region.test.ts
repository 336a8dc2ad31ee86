import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrate } from '../../server/core/flows/calibrate.ts';
import { huffFlows } from '../../server/core/flows/gravity.ts';
import { buildAdjacency } from '../../server/core/graph/adjacency.ts';
import { components, groupPieces } from '../../server/core/graph/components.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { poleRepository } from '../../server/db/repositories/poles.ts';
import { proposalRepository } from '../../server/db/repositories/proposals.ts';
import { calibrateFlows } from '../../server/usecases/calibrate-flows.ts';
import { importSupply, importUnits } from '../../server/usecases/import-files.ts';
import { interruptRuns, openRegion } from '../../server/usecases/open-region.ts';
import { type ProposalRuns, proposalRuns } from '../../server/usecases/proposal-runs.ts';
import type { LoadedRegion } from '../../server/usecases/region-state.ts';
import { distancesOf, readUnitSupply } from '../../server/usecases/unit-supply.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { sharedData } from '../support/shared-data.ts';
import { codeAt } from '../support/small-region.ts';

const data = sharedData();
const silent = { begin() {}, progress() {}, end() {} };

describe.each(engines)('Centre-Val de Loire from official files on %s', (engine) => {
  let db: Database;
  let runs: ProposalRuns;
  let region: LoadedRegion;
  beforeAll(async () => {
    if (!data) return;
    db = await openTestDatabase(engine, 'nothing');
    runs = proposalRuns(db.kysely, (error) => console.error(error));
    const wanted = { region: '24', data, geoApi: null, home: tmpdir() };
    region = await openRegion(db.kysely, runs, wanted, silent);
  });
  afterAll(async () => {
    await runs?.close();
    await region?.tiles.close();
    await db?.close();
  });

  test.skipIf(!data)('1,757 communes in one connected component', () => {
    const { units, borders } = region.graph;
    expect(region.vintage).toMatchObject({ units: 1757, source_kind: 'files' });
    expect(units.code).toHaveLength(1757);
    const { a, b, lengthM } = borders;
    expect(components(buildAdjacency(1757, a, b, lengthM)).count).toBe(1);
  });

  test.skipIf(!data)('12 specialties, every commune with a pole', async () => {
    const dataset = await flowDatasetRepository(db.kysely).latest(region.vintage.id);
    expect(dataset?.specialties).toHaveLength(12);
    const run = await poleRepository(db.kysely).defaultRun(dataset?.id ?? 0);
    for (const specialty of ['all', ...(dataset?.specialties ?? []).map(({ key }) => key)]) {
      const { poles, communes } = await poleRepository(db.kysely).ofRun(run, specialty);
      expect(communes).toHaveLength(1757);
      const attracted = poles.reduce((sum, pole) => sum + pole.communes, 0);
      expect(attracted).toBe(1757);
    }
  });

  test.skipIf(!data)('flows modelled from the BPE give their α and β back', async () => {
    const { units, specialties } = await readUnitSupply(db.kysely, region.vintage.id);
    expect(specialties).toHaveLength(12);
    const distances = distancesOf(units, undefined);
    const values = { alpha: 0.85, beta: 11 };
    const markets = specialties.slice(0, 2).map(({ supply }) => ({
      supply,
      flows: huffFlows({
        population: units.population,
        distances,
        supply,
        ...values,
        destinations: units.code.length,
      }),
    }));
    for (const fitted of [markets.slice(0, 1), markets]) {
      const found = calibrate(distances, fitted, { alpha: 0.7, beta: 8 });
      expect(found?.alpha).toBeCloseTo(values.alpha, 6);
      expect(found?.beta).toBeCloseTo(values.beta, 5);
      expect(found?.samePole).toBe(1757 * fitted.length);
    }

    // The dataset keeps twelve destinations a commune: what is cut off hardly moves the values.
    const latest = await flowDatasetRepository(db.kysely).latest(region.vintage.id);
    const wanted = { dataset: latest?.id ?? 0, masked: 5 as const };
    const { pooled, left } = await calibrateFlows(db.kysely, region.vintage, wanted);
    expect(left).toEqual({ outside: 0, otherSpecialties: 0 });
    expect((pooled?.samePole ?? 0) / (pooled?.origins ?? 1)).toBeGreaterThan(0.99);
    expect(Math.abs((pooled?.alpha ?? 0) - 0.7)).toBeLessThan(0.05);
    expect(Math.abs((pooled?.beta ?? 0) - 8)).toBeLessThan(0.4);
  });

  test.skipIf(!data)('the proposal holds every commune once, and the band', async () => {
    const { items } = await proposalRepository(db.kysely).list(region.vintage.id, 10, 0);
    const proposal = await proposalRepository(db.kysely).byId(region.vintage.id, items[0]?.id ?? 0);
    const territories = proposal?.territories ?? [];
    const { units, borders } = region.graph;
    const label = new Int32Array(units.code.length).fill(-1);
    const index = new Map(units.code.map((code, i) => [code, i]));
    for (const { id, units: codes } of territories) {
      for (const code of codes) {
        const i = index.get(code) ?? -1;
        expect(label[i]).toBe(-1);
        label[i] = id;
      }
    }
    expect(label).not.toContain(-1);
    const adjacency = buildAdjacency(units.code.length, borders.a, borders.b, borders.lengthM);
    expect([...groupPieces(adjacency, label)]).toEqual(territories.map(() => 1));

    // Counted here from the communes, not taken from the run's own indicators.
    const inhabitants = territories.map(({ units: codes }) =>
      codes.reduce((sum, code) => sum + (units.population[index.get(code) ?? -1] ?? 0), 0),
    );
    const above = units.population.filter((p) => p > 100_000).reduce((sum, p) => sum + p, 0);
    const total = units.population.reduce((sum, p) => sum + p, 0);
    const inBand = inhabitants
      .filter((p) => p >= 30_000 && p <= 100_000)
      .reduce((sum, p) => sum + p, 0);
    expect(inBand / (total - above)).toBeGreaterThanOrEqual(0.95);
    expect(proposal?.indicators).toMatchObject({ inBandPopulation: inBand, pieces: 0 });
    const alone = territories.filter(({ reason }) => reason !== null);
    expect(alone.map(({ name, reason }) => [name, reason]).sort()).toEqual([
      ['Orléans', 'commune_above_ceiling'],
      ['Tours', 'commune_above_ceiling'],
    ]);
  });

  test.skipIf(!data)('a second start reuses everything', async () => {
    const before = await counts(db);
    const summaries: string[] = [];
    const watcher = { ...silent, end: (_: string, summary: string) => summaries.push(summary) };
    const wanted = { region: 'centre val de loire', data, geoApi: null, home: tmpdir() };
    const again = await openRegion(db.kysely, runs, wanted, watcher);
    await again.tiles.close();
    expect(await counts(db)).toEqual(before);
    expect(summaries.filter((line) => /déjà/.test(line))).toHaveLength(3);
  });
});

describe('what cannot be opened', () => {
  let db: Database;
  let runs: ProposalRuns;
  const folder = mkdtempSync(join(tmpdir(), 'maillage-open-'));
  beforeAll(async () => {
    db = await openTestDatabase('pglite');
    runs = proposalRuns(db.kysely, () => {});
  });
  afterAll(async () => {
    await runs.close();
    await db.close();
    rmSync(folder, { recursive: true });
  });

  const wanted = { region: null, data: null, geoApi: null, home: folder };

  test('an unknown region is one sentence that lists the known ones', async () => {
    const before = await counts(db);
    await expect(
      openRegion(db.kysely, runs, { ...wanted, region: 'Atlantide' }, silent),
    ).rejects.toMatchObject({
      code: 'unknown_region',
      message: expect.stringMatching(/Atlantide.*Bretagne/s),
    });
    expect(await counts(db)).toEqual(before);
  });

  test.each([
    ['empty.geojson', '', 'empty_file'],
    ['broken.geojson', '{"type":"FeatureCollection",', 'unreadable_file'],
    [
      'no-code.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: { LIBELLE: 'x' }, geometry: null }],
      }),
      'no_code_column',
    ],
    ['absent.geojson', null, 'no_such_file'],
  ])('%s is refused and nothing changes', async (name, content, code) => {
    const file = join(folder, name);
    if (content !== null) writeFileSync(file, content);
    const before = await counts(db);
    await expect(importUnits(db.kysely, file, '24')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(name),
    });
    expect(await counts(db)).toEqual(before);
  });

  test('supply of another region is refused and nothing changes', async () => {
    const file = join(folder, 'elsewhere.csv');
    writeFileSync(file, 'code_insee;Spécialiste en cardiologie\n75056;12\n');
    const before = await counts(db);
    await expect(
      importSupply(db.kysely, file, null, { passages: [], year: null }),
    ).rejects.toMatchObject({
      code: 'no_unit_in_region',
    });
    expect(await counts(db)).toEqual(before);
  });

  test('a file of supply without specialists is refused and nothing changes', async () => {
    const file = join(folder, 'nurses.csv');
    writeFileSync(file, `code_insee;Infirmier\n${codeAt(0, 0)};12\n`);
    const before = await counts(db);
    await expect(
      importSupply(db.kysely, file, null, { passages: [], year: null }),
    ).rejects.toMatchObject({
      code: 'no_specialty',
    });
    expect(await counts(db)).toEqual(before);
  });

  test('a file of supply replaces the supply and adds modelled flows', async () => {
    const file = join(folder, 'supply.csv');
    writeFileSync(file, `code_insee;Spécialiste en cardiologie\n${codeAt(0, 0)};12\n`);
    const { rows, dataset } = await importSupply(db.kysely, file, null, {
      passages: [],
      year: null,
    });
    expect(rows).toBe(1);
    const run = await poleRepository(db.kysely).defaultRun(dataset);
    const { poles } = await poleRepository(db.kysely).ofRun(run, 'all');
    expect(poles.map(({ code }) => code)).toEqual([codeAt(0, 0)]);
  });

  test('runs that a crash cut short are marked as interrupted', async () => {
    await sql`insert into proposal_run (vintage, parameters, seed, status, engine)
      select id, '{}', 1, 'running', 'x' from vintage`.execute(db.kysely);
    const traced = async () => {
      await interruptRuns(db.kysely);
      const { rows } = await sql`select r.status, e.actor from proposal_run r
        join event e on e.subject = 'proposal/' || r.id and e.verb = 'end_run'
        where r.engine = 'x'`.execute(db.kysely);
      return rows;
    };
    // Once, however often the program starts.
    for (let start = 0; start < 2; start++) {
      expect(await traced()).toEqual([{ status: 'interrupted', actor: 'Maillage' }]);
    }
  });
});

async function counts({ kysely }: Database): Promise<unknown> {
  const { rows } = await sql`select
    (select jsonb_agg(id order by id) from vintage) as vintages,
    (select count(*) from unit) as units, (select count(*) from unit_border) as borders,
    (select sum(count) from supply) as supply, (select count(*) from flow) as flows,
    (select count(*) from flow_dataset) as datasets,
    (select count(*) from proposal_run) as runs`.execute(kysely);
  return rows[0];
}
