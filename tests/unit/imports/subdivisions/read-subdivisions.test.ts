import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSubdivisions } from '../../../../server/imports/subdivisions/read-subdivisions.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maillage-subdivisions-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const square = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ],
  ],
};

function read(...features: { [name: string]: unknown }[]) {
  const file = join(folder, 'parts.geojson');
  const all = features.map(({ geometry = square, ...properties }) => ({
    type: 'Feature',
    properties,
    geometry,
  }));
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: all }));
  return readSubdivisions(file);
}

test('IRIS, with the commune of their column', () => {
  const { rows, source } = read(
    { CODE_IRIS: '452340102', NOM_IRIS: 'Bourgogne', INSEE_COM: '45234' },
    { CODE_IRIS: '452340101', NOM_IRIS: 'Châtelet', INSEE_COM: '45234' },
  );
  expect(source).toContain('parts.geojson');
  expect(
    rows.map(({ code, kind, name, commune, population }) => [
      code,
      kind,
      name,
      commune,
      population,
    ]),
  ).toEqual([
    ['452340102', 'iris', 'Bourgogne', '45234', null],
    ['452340101', 'iris', 'Châtelet', '45234', null],
  ]);
});

test('arrondissements and their IRIS are parts of Paris, Marseille, Lyon', () => {
  const { rows } = read(
    { code: '75101', nom: 'Paris 1er Arrondissement', commune: '75056', population: '16 030' },
    { code: '13202', nom: 'Marseille 2e', population: 24_000 },
  );
  expect(rows.map(({ commune, kind, population }) => [commune, kind, population])).toEqual([
    ['13055', 'arrondissement', 24_000],
    ['75056', 'arrondissement', 16_030],
  ]);
  const iris = read({ CODE_IRIS: '751010101', NOM_IRIS: 'Louvre', INSEE_COM: '75101' });
  expect(iris.rows[0]).toMatchObject({ commune: '75056', kind: 'iris', code: '751010101' });
});

test('quartiers get no code of their own; codes that lost a zero are mended', () => {
  const { rows } = read(
    { insee: '1053', nom_quartier: 'Centre', code_quartier: '7' },
    { insee: '01053', nom_quartier: 'Nord', code_quartier: '8' },
  );
  expect(rows.map(({ commune, code, kind }) => [commune, code, kind])).toEqual([
    ['01053', null, 'quartier'],
    ['01053', null, 'quartier'],
  ]);
});

test('what cannot be read is left out and told, one by one, then in number', () => {
  const line = {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [1, 1],
    ],
  };
  const { rows, remarks } = read(
    { INSEE_COM: '45234', NOM_IRIS: 'A' },
    { INSEE_COM: 'Orléans', NOM_IRIS: 'B' },
    { INSEE_COM: '45234', NOM_IRIS: 'C', geometry: line },
    { INSEE_COM: '45234', NOM_IRIS: 'D', population: -4 },
  );
  expect(rows.map(({ name }) => name)).toEqual(['A']);
  expect(remarks.map(({ kind, where }) => [kind, where])).toEqual([
    ['rejected', '2'],
    ['rejected', '3'],
    ['rejected', '4'],
  ]);
  const many = read(...Array.from({ length: 25 }, () => ({ INSEE_COM: 'x' })));
  expect(many.remarks).toHaveLength(21);
  expect(many.remarks.at(-1)?.message).toMatch(/^5\u00a0autres objets/);
});

test('a file that names no commune is refused with the columns it has', () => {
  expect(() => read({ surface: 4 })).toThrow(/« surface »/);
});
