import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureCollection } from 'geojson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRegion } from '../../../server/imports/regions.ts';
import type { ReadRegionTask, RegionFiles } from '../../../server/workers/read-region.ts';
import { runTask } from '../../../server/workers/task.ts';
import { sharedData } from '../../support/shared-data.ts';

const region = findRegion('24');
const data = sharedData();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maillage-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(task: Partial<ReadRegionTask>): Promise<RegionFiles> {
  const module = new URL('../../../server/workers/read-region.ts', import.meta.url);
  return runTask<ReadRegionTask, RegionFiles>(module, {
    region,
    data: null,
    geoApi: null,
    cacheDir: folder,
    ...task,
  });
}

describe('where the communes come from', () => {
  test.skipIf(!data)('files the user names come first, with their supply', async () => {
    const { units, supply } = await read({ data, geoApi: 'http://127.0.0.1:1' });
    expect(units).toMatchObject({ sourceKind: 'files', year: 2023 });
    expect(units.units).toHaveLength(1757);
    expect(units.units.every(({ epci }) => epci !== null)).toBe(true);
    expect(supply.source).toContain('bpe2013');
    const codes = new Set(units.units.map(({ code }) => code));
    expect(supply.rows.every(({ unit }) => codes.has(unit))).toBe(true);
    expect(new Set(supply.rows.map(({ profession }) => profession)).size).toBeGreaterThan(30);
  });

  test.skipIf(!data)('without files, the geo API; the whole real region', async () => {
    const server = await geoApiOf(`${data}/communes/centre-val-de-loire-2023.geojson`);
    const { port } = server.address() as AddressInfo;
    const { units, supply } = await read({ geoApi: `http://127.0.0.1:${port}` });
    server.close();
    expect(units.sourceKind).toBe('geo-api');
    expect(units.units).toHaveLength(1757);
    expect(units.units.find(({ code }) => code === '45234')).toMatchObject({ name: 'Orléans' });
    expect(supply.source).toContain('BPE 2013');
    // The answer was kept: the next start needs no network.
    const again = await read({ geoApi: `http://127.0.0.1:${port}` });
    expect(again.units.units).toEqual(units.units);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  });

  test('with neither, a schematic region that says so and why', async () => {
    const { units, supply } = await read({ geoApi: 'http://127.0.0.1:1' });
    expect(units.sourceKind).toBe('schematic');
    expect(units.source).toContain('contours schématiques');
    expect(units.remarks[0]?.message).toMatch(/127\.0\.0\.1.*[.]$/);
    expect(supply.rows.length).toBeGreaterThan(100);
  });

  test('a folder without the region is refused with what was expected', async () => {
    mkdirSync(join(folder, 'communes'), { recursive: true });
    writeFileSync(join(folder, 'communes', 'bretagne-2024.geojson'), '{}');
    await expect(read({ data: folder })).rejects.toMatchObject({
      code: 'no_such_file',
      message: expect.stringContaining('centre-val-de-loire-2024.geojson'),
    });
  });
});

/** Real communes in the shape of the public geo API. */
function geoApiOf(file: string): Promise<Server> {
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const department = searchParams.get('codeDepartement');
    const communes = features
      .filter(({ properties }) => properties?.DEP === department)
      .map(({ properties, geometry }) => ({
        code: properties?.INSEE_COM,
        nom: properties?.NOM,
        population: properties?.POP_2020,
        codeEpci: properties?.EPCI,
        codeDepartement: department,
        codeRegion: properties?.REG,
        contour: geometry,
      }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(communes));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
