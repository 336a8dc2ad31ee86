import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { rawCommunes, readCommunes } from '../../../server/imports/communes-geojson.ts';
import { fetchCommunes, type GeoApiOptions } from '../../../server/imports/geo-api.ts';
import { findRegion } from '../../../server/imports/regions.ts';
import { readText } from '../../../server/imports/text.ts';
import { sharedData } from '../../support/shared-data.ts';
import { square } from './communes.ts';
import { checkRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const region = findRegion('24');
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server of this machine; its address, and how often it was asked. */
async function serve(listener: RequestListener): Promise<{ base: string; asked: () => string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}`, asked: () => asked };
}

const departmentAsked = (url = '') =>
  new URL(url, 'http://localhost').searchParams.get('codeDepartement') ?? '';

/** Two communes a department, in the shape of the geo API. */
const twoCommunes: RequestListener = (request, response) => {
  const department = departmentAsked(request.url);
  const records = ['001', '002'].map((number, index) => ({
    code: department + number,
    nom: `Commune ${number}`,
    population: 100,
    ...(index === 0 ? { codeEpci: '244500468' } : {}),
    codeDepartement: department,
    codeRegion: '24',
    centre: { type: 'Point', coordinates: [1.05, 47.05] },
    contour: square(1 + index / 10, 47),
  }));
  response.setHeader('content-type', 'application/json').end(JSON.stringify(records));
};

let caches = 0;
function options(base: string, more: Partial<GeoApiOptions> = {}): GeoApiOptions {
  caches += 1;
  const cacheDir = join(folder.path, `cache-${caches}`);
  return { base, region, cacheDir, connectMs: 2000, stallMs: 2000, ...more };
}

const filesIn = (dir: string) => (existsSync(dir) ? readdirSync(dir) : []);

describe('fetchCommunes', () => {
  it('asks once a department, tells its progress, and reads the answers', async () => {
    const { base, asked } = await serve(twoCommunes);
    const progress: [number, number][] = [];
    const file = await fetchCommunes(
      options(`${base}/`, { onProgress: (done, total) => progress.push([done, total]) }),
    );
    expect(asked().map(departmentAsked)).toEqual(region.departments);
    expect(asked()[0]).toMatch(/^\/communes\?.*geometry=contour/);
    expect(progress).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
    expect(file).toMatchObject({ sourceKind: 'geo-api', region: { code: '24' }, year: null });
    expect(file.units).toHaveLength(12);
    expect(file.units[0]).toMatchObject({
      code: '18001',
      epci: '244500468',
      population: 100,
      point: [1.05, 47.05],
    });
    expect(file.units[1]?.epci).toBeNull();
  });

  it('reuses the complete answer the next time, server or not', async () => {
    const { base, asked } = await serve(twoCommunes);
    const wanted = options(base);
    const first = await fetchCommunes(wanted);
    const second = await fetchCommunes(wanted);
    expect(asked()).toHaveLength(6);
    expect(second).toEqual(first);
    expect(filesIn(wanted.cacheDir)).toEqual(['geo-api-communes-24.ndjson']);
  });

  it('fetches again when the cache is damaged', async () => {
    const { base, asked } = await serve(twoCommunes);
    const wanted = options(base);
    await fetchCommunes(wanted);
    writeFileSync(join(wanted.cacheDir, 'geo-api-communes-24.ndjson'), '[{"code":');
    expect((await fetchCommunes(wanted)).units).toHaveLength(12);
    expect(asked()).toHaveLength(12);
  });

  it('counts a commune without population for none, and says so', async () => {
    const { base } = await serve((request, response) => {
      const code = `${departmentAsked(request.url)}001`;
      const record = { code, nom: 'A', contour: square(1, 47) };
      const other = { ...record, code: code.replace(/1$/, '2'), population: 5 };
      response.end(JSON.stringify([record, other]));
    });
    const { units, remarks } = await fetchCommunes(options(base));
    expect(units[0]?.population).toBe(0);
    expect(remarks[0]).toMatchObject({ kind: 'changed', where: '18001' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const { base } = await serve(() => stop.abort(new Error('arrêt')));
    const wanted = options(base, { signal: stop.signal });
    await expect(fetchCommunes(wanted)).rejects.toThrow('arrêt');
    expect(filesIn(wanted.cacheDir)).toEqual([]);
  });
});

describe('a geo API that fails', () => {
  const failures: [string, RequestListener, string][] = [
    ['never answers', () => {}, 'pas de réponse en 0,2 s'],
    ['answers 500', (_, response) => void response.writeHead(500).end('oups'), 'HTTP 500'],
    ['answers a page', (_, response) => void response.end('<html>'), 'pas du JSON'],
    ['answers nothing', (_, response) => void response.end('[]'), 'pas une liste de communes'],
    ['answers an object', (_, response) => void response.end('{"code":1}'), 'département 18'],
    ['answers other records', (_, response) => void response.end('[{"a":1}]'), 'code INSEE'],
    [
      'is cut in the middle of an answer',
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('[{"code":', () => response.destroy());
      },
      'coup',
    ],
    [
      'falls silent in the middle of an answer',
      (_, response) => void response.write('[{"code":'),
      'interrompue',
    ],
    [
      'dies after the third department',
      (request, response) =>
        departmentAsked(request.url) === '37'
          ? request.socket.destroy()
          : twoCommunes(request, response),
      'coup',
    ],
  ];

  it.each(failures)('%s', async (_, listener, cause) => {
    const { base } = await serve(listener);
    const wanted = options(base, { connectMs: 200, stallMs: 200 });
    const refusal = await fetchCommunes(wanted).catch((error: unknown) => error);
    checkRefusal(refusal, 'geo_api_unreachable', base, cause, '--data');
    expect(filesIn(wanted.cacheDir)).toEqual([]);
  });

  it('is not there', async () => {
    const { base } = await serve(twoCommunes);
    const server = servers.pop();
    await new Promise((closed) => server?.close(closed));
    const refusal = await fetchCommunes(options(base)).catch((error: unknown) => error);
    checkRefusal(refusal, 'geo_api_unreachable', base, 'connexion refusée');
  });
});

const data = sharedData();
it.skipIf(data === null)('gives the same communes as the file they come from', async () => {
  const path = join(data ?? '', 'communes', 'centre-val-de-loire-2023.geojson');
  const features = rawCommunes(JSON.parse(readText(path))) ?? [];
  const { base } = await serve((request, response) => {
    const department = departmentAsked(request.url);
    const records = features
      .filter(({ properties }) => properties.DEP === department)
      .map(({ properties, geometry }) => ({
        code: properties.INSEE_COM,
        nom: properties.NOM,
        population: properties.POP_2020,
        codeEpci: properties.EPCI,
        codeDepartement: department,
        codeRegion: '24',
        contour: geometry,
      }));
    response.end(JSON.stringify(records));
  });
  const fetched = await fetchCommunes(options(base));
  const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1);
  expect([...fetched.units].sort(byCode)).toEqual(
    [...readCommunes(path, { region }).units].sort(byCode),
  );
});
