import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../../server/errors.ts';
import { writeTerritories } from '../../../../server/exports/write-territories.ts';
import { readTerritoryFile } from '../../../../server/imports/territory/read-territory-file.ts';
import { date, feature, geojson, partOf, shapefile, square, territory } from './layers.ts';

const text = (content: string) => strToU8(content);
const metres = square((x, y) => [x * 1e5, y * 1e5]);
const topology = (objects: unknown, arcs: unknown) =>
  text(JSON.stringify({ type: 'Topology', objects, arcs }));

/** A zip that says of its one part that it is larger than it may be. */
function bomb(): Uint8Array {
  const zip = Buffer.from(zipSync({ 'couche.shp': new Uint8Array(1000) }));
  const central = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
  zip.writeUInt32LE(2_000_000_000, central + 24);
  return zip;
}

const cases: [string, string, Uint8Array, string][] = [
  ['nothing', 'a.geojson', new Uint8Array(), 'empty_file'],
  ['spaces', 'a.geojson', text('  \n '), 'empty_file'],
  ['a zip that is none', 'a.zip', text('bonjour'), 'unknown_file_kind'],
  ['a GeoPackage', 'a.gpkg', text('SQLite format 3\0 plan'), 'unknown_file_kind'],
  ['KML', 'a.kml', text('<?xml version="1.0"?><kml/>'), 'unknown_file_kind'],
  ['a picture', 'a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'unknown_file_kind'],
  ['a part alone', 'a.shp', partOf(shapefile(), 'shp'), 'unknown_file_kind'],
  ['a zip without Shapefile', 'a.zip', zipSync({ 'lisez.txt': text('x') }), 'no_territory'],
  ['a bomb', 'a.zip', bomb(), 'zip_too_large'],
  ['a zip cut short', 'a.zip', shapefile().slice(0, -40), 'truncated_file'],
  ['no .dbf', 'a.zip', shapefile({ dbf: null }), 'shapefile_incomplete'],
  ['no .shx', 'a.zip', shapefile({ shx: null }), 'shapefile_incomplete'],
  [
    'a .shp cut short',
    'a.zip',
    shapefile({ shp: partOf(shapefile(), 'shp').slice(0, -20) }),
    'truncated_file',
  ],
  ['a .shp of nothing', 'a.zip', shapefile({ shp: '' }), 'truncated_file'],
  ['a .shp that is none', 'a.zip', shapefile({ shp: 'x'.repeat(200) }), 'unreadable_file'],
  [
    'a .dbf cut short',
    'a.zip',
    shapefile({ dbf: partOf(shapefile(), 'dbf').slice(0, -20) }),
    'truncated_file',
  ],
  [
    'an unknown .prj',
    'a.zip',
    shapefile({ prj: 'PROJCS["?"', dbf: emptyTable() }, metres),
    'unknown_projection',
  ],
  [
    'metres said to be degrees',
    'a.zip',
    shapefile({ dbf: emptyTable() }, metres),
    'unknown_projection',
  ],
  ['metres of no known projection', 'a.json', geojson([feature({}, metres)]), 'unknown_projection'],
  [
    'an unknown crs',
    'a.json',
    geojson([feature({})], { crs: { properties: { name: 'EPSG:2056' } } }),
    'unknown_projection',
  ],
  [
    'JSON cut short',
    'a.json',
    text('{"type":"FeatureCollection","features":[{'),
    'unreadable_file',
  ],
  ['other JSON', 'a.json', text('{"a": 1}'), 'no_territory'],
  ['a list', 'a.json', text('[1, 2]'), 'no_territory'],
  ['no object', 'a.json', geojson([]), 'no_territory'],
  [
    'points',
    'a.json',
    geojson([feature({}, { type: 'Point', coordinates: [2, 47] })]),
    'no_territory',
  ],
  ['no coordinates', 'a.json', geojson([feature({}, { type: 'Polygon' })]), 'invalid_geometry'],
  [
    'coordinates that are texts',
    'a.json',
    geojson([feature({}, { type: 'Polygon', coordinates: [[['a', 'b']]] })]),
    'invalid_geometry',
  ],
  [
    'two corners',
    'a.json',
    geojson([
      feature(
        {},
        {
          type: 'Polygon',
          coordinates: [
            [
              [2, 47],
              [2, 48],
            ],
          ],
        },
      ),
    ]),
    'invalid_geometry',
  ],
  [
    'lists in lists without end',
    'a.json',
    text(`{"type":"Polygon","coordinates":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
    'unreadable_file',
  ],
  ['a topology without arcs', 'a.json', topology({}, null), 'unreadable_file'],
  [
    'a topology whose arcs are not there',
    'a.json',
    topology({ x: { type: 'Polygon', arcs: [[9]] } }, []),
    'unreadable_file',
  ],
  [
    'a topology that names one arc for ever',
    'a.json',
    topology({ x: { type: 'Polygon', arcs: [Array(2000).fill(0)] } }, [Array(1000).fill([0, 0])]),
    'too_many_vertices',
  ],
  ['a table without communes', 'a.csv', text('médecin;âge\nDupont;50'), 'missing_column'],
  ['a header alone', 'a.csv', text('code;nom\n'), 'empty_file'],
  ['a table of blanks', 'a.csv', text('code;nom;x\n;;1\n'), 'no_territory'],
  ['an open quote', 'a.csv', text('code;nom\n45234;"Orl'), 'unreadable_file'],
  ['too many territories', 'a.json', geojson(Array(400).fill(feature({}))), 'too_many_territories'],
];

function emptyTable(): Uint8Array {
  const dbf = Buffer.from(partOf(shapefile(), 'dbf'));
  const at = dbf.readUInt16LE(8);
  dbf.fill(0x20, at, dbf.length - 1);
  return new Uint8Array(dbf);
}

function refusal(bytes: Uint8Array, file: string): DomainError | null {
  try {
    readTerritoryFile(bytes, file, false);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

it.each(cases)('refuses %s in one French sentence', (_, file, bytes, code) => {
  const { message, code: given } = refusal(bytes, file) ?? {};
  expect([given, message]).toEqual([code, expect.stringContaining(`« ${file} »`)]);
  // What happened, then what to do.
  expect(message).toMatch(/ : .+[^.]\.$/);
});

describe('whatever is broken in a sound file', () => {
  const files = async () =>
    Promise.all(
      (['geojson', 'topojson', 'shapefile', 'csv'] as const).map((format) =>
        writeTerritories(format, [territory(), territory()], 'couche', date),
      ),
    );

  it('is read or refused with a sentence, never thrown otherwise', async () => {
    const sound = [...(await files()), partOf(shapefile(), 'shp'), partOf(shapefile(), 'dbf')];
    fc.assert(
      fc.property(
        fc.nat({ max: sound.length - 1 }),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (which, flips, kept) => {
          const bytes = sound[which]!.slice(0, Math.ceil(sound[which]!.length * kept));
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          const zip =
            which < 4 ? bytes : shapefile({ [which === 4 ? 'shp' : 'dbf']: bytes }, square());
          refusal(zip, 'essai');
        },
      ),
      { numRuns: 800 },
    );
  });
});
