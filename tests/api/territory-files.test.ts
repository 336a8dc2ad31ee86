import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TerritoryFile } from '../../server/contracts/territory-files.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

describe.each(engines)('territory files on %s', (engine) => {
  let api: TestApi;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'maillage-passages-'));
    const passages = join(folder, 'passages.csv');
    const rows = [
      ['45998', codeAt(4, 4), '0.6'],
      ['45998', codeAt(5, 4), '0.4'],
      ['45997', codeAt(4, 4), '1'],
    ];
    const lines = rows.map(([before, after, ratio]) => `2015,2016,${before},${after},${ratio}`);
    writeFileSync(
      passages,
      `annee_avant,annee_apres,code_avant,code_apres,ratio\n${lines.join('\n')}\n`,
    );
    api = await openTestApi(engine, { passages: [passages] });
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true });
  });

  const send = (bytes: Uint8Array | string, name: string, by = 'auto') =>
    api.app.inject({
      method: 'POST',
      url: `/api/territory-files?name=${encodeURIComponent(name)}&by=${by}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from(bytes),
    });
  const read = async (bytes: Uint8Array | string, name: string, by?: string) => {
    const answer = await send(bytes, name, by);
    expect([answer.statusCode, answer.json().error?.message]).toEqual([200, undefined]);
    return answer.json() as TerritoryFile;
  };
  const setsOf = ({ territories }: TerritoryFile, threshold = 0.5) =>
    territories.map(({ units }) =>
      units.filter(({ share }) => share >= threshold).map(({ code }) => code),
    );
  const shares = async (ring: number[][]) =>
    (
      await api.post('/api/outline-shares', {
        outline: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
      })
    ).json();

  test('a stroke that crosses itself is repaired, one without area is refused', async () => {
    const bow = await shares([
      [2, 47],
      [2.2, 47.1],
      [2.2, 47],
      [2, 47.1],
    ]);
    expect(bow.repaired).toBe(true);
    expect(bow.units).toHaveLength(2);
    const flat = await shares([
      [2, 47],
      [2.2, 47],
      [2.1, 47],
      [2, 47],
    ]);
    expect(flat.error.code).toBe('invalid_geometry');
  });

  test('a table tells what it found, what became another commune, and what may be several', async () => {
    const text = `Nom CPTS;Commune;Département;Code\nA;Orléans;45;\nA;Saint-Éloi-1-0;Loiret;\nA;Atlantide;;\nB;;;${codeAt(2, 2)}\nC;Teillay-Saint-Benoît;45;\nD;;;45319\nD;;;45998\nE;;;45997`;
    const { kind, territories } = await read(text, 'ars.csv');
    expect(kind).toBe('csv');
    expect(territories).toMatchObject([
      {
        name: 'A',
        by: 'list',
        units: [{ code: codeAt(1, 0) }, { code: codeAt(3, 2) }],
        unmatched: ['Atlantide'],
      },
      { name: 'B', units: [{ code: codeAt(2, 2), share: 1 }], followed: [] },
      // Merged into the commune that bears this code (official geographic code).
      {
        name: 'C',
        units: [{ code: '45118', share: 1 }],
        followed: [{ text: 'Teillay-Saint-Benoît', code: '45118' }],
      },
      {
        name: 'D',
        units: [{ code: '45118', share: 1 }],
        unmatched: [],
        ambiguous: [{ text: '45998', codes: [codeAt(4, 4), codeAt(5, 4)] }],
        followed: [{ text: '45319', code: '45118' }],
      },
      { name: 'E', units: [{ code: codeAt(4, 4) }], followed: [{ text: '45997' }] },
    ]);
  });

  test('what is elsewhere is refused, or left aside with a word', async () => {
    const at = (x: number, y: number) => ({
      type: 'Feature',
      properties: { nom: `${x}` },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [x, y],
            [x + 1, y],
            [x + 1, y + 1],
            [x, y],
          ],
        ],
      },
    });
    const file = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features });
    const swapped = await send(file(at(47, 2)), 'axes.geojson');
    expect(swapped.json().error.message).toContain('inversées');
    const both = await read(file(at(-74, 40), at(2, 47)), 'deux.geojson');
    expect(both.territories.map(({ name }) => name)).toEqual(['2']);
    expect(both.remarks).toEqual([expect.stringContaining('hors de la région')]);
    const codes = await send('code\n75056\n', 'paris.csv');
    expect(codes.json().error).toMatchObject({
      code: 'outside_region',
      message: expect.stringContaining('Centre-Val de Loire'),
    });
  });

  test('a refusal of the reader comes through its thread, and too much is not read', async () => {
    const answer = await send(zipSync({ 'x.shp': strToU8('x') }), 'x.zip');
    expect([answer.statusCode, answer.json().error.code]).toEqual([422, 'shapefile_incomplete']);
    const large = await send(new Uint8Array(20 * 2 ** 20 + 1), 'gros.geojson');
    expect([large.statusCode, large.json().error.code]).toEqual([413, 'file_too_large']);
    const json = await api.post('/api/territory-files?name=x', { a: 1 });
    expect(json.statusCode).toBe(415);
  });

  test('several CPTS are made at once, or none', async () => {
    const [one, two] = [[codeAt(0, 0), codeAt(1, 0)], [codeAt(2, 0)]];
    const refused = await api.post('/api/cpts-drafts', {
      cpts: [
        { name: 'Une', units: one },
        { name: 'Deux', units: ['99001'] },
      ],
    });
    expect(refused.json().error.code).toBe('unknown_units');
    expect((await api.get('/api/cpts')).json().total).toBe(0);
    const made = await api.post('/api/cpts-drafts', {
      cpts: [
        { name: ' =Une ', units: one },
        { name: 'CPTS d’Œuilly-l’Été', units: two },
      ],
    });
    expect(made.statusCode).toBe(201);
    const { created } = made.json();
    expect(created.map(({ name }: { name: string }) => name)).toEqual([
      '=Une',
      'CPTS d’Œuilly-l’Été',
    ]);

    const single = await api.get(`/api/cpts/${created[1].cpts}/export?format=csv`);
    expect(single.headers['content-disposition']).toBe(
      'attachment; filename="cpts-d-oeuilly-l-ete.csv"',
    );
    expect(single.body).toBe('\ufeffcode;nom;population\r\n45102;Saint-Éloi-2-0;10000\r\n');

    const file = await api.get('/api/cpts-export?format=shapefile');
    const back = await read(file.rawPayload, 'tout.zip', 'area');
    expect(back.territories.map(({ name }) => name)).toEqual(['=Une', 'CPTS d’Œuilly-l’Été']);
    expect(setsOf(back)).toEqual([one, two]);
    const all = await api.get('/api/cpts-export?format=csv');
    expect(all.headers['content-disposition']).toBe(
      'attachment; filename="cpts-centre-val-de-loire.csv"',
    );
    expect(all.body).toContain(`\r\n'=Une;Idée;${codeAt(0, 0)};L’Haÿ-les-Œillets;`);
    const book = await api.get(`/api/cpts-export?format=xlsx&ids=${created[0].cpts}`);
    expect(Object.keys(unzipSync(new Uint8Array(book.rawPayload)))).toContain('xl/workbook.xml');
    expect((await api.get('/api/cpts/999/export?format=csv')).json().error.code).toBe(
      'unknown_cpts',
    );
    expect((await api.get('/api/cpts-export?format=gpkg')).statusCode).toBe(400);
  });

  test('a draft is given as it is, and says so', async () => {
    const units = [codeAt(1, 1), codeAt(1, 2)];
    const { body } = await api.post('/api/territory-exports', {
      format: 'geojson',
      name: 'Été',
      units,
    });
    expect(JSON.parse(body).features).toMatchObject([
      { properties: { nom: 'Été', statut: 'Brouillon', communes: 2, codes: units } },
    ]);
    const unknown = { format: 'csv', name: '', units: ['99001'] };
    expect((await api.post('/api/territory-exports', unknown)).json().error.code).toBe(
      'unknown_units',
    );
  });
});
