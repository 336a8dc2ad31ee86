import { strToU8 } from 'fflate';
import type { MultiPolygon } from 'geojson';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { readTerritoryFile } from '../../../../server/imports/territory/read-territory-file.ts';
import { feature, geojson, partOf, shapefile, square } from './layers.ts';

const read = (bytes: Uint8Array | string, file = 'plan.geojson', byArea = false) =>
  readTerritoryFile(typeof bytes === 'string' ? strToU8(bytes) : bytes, file, byArea);
const outlineOf = (bytes: Uint8Array, file = 'plan.geojson'): MultiPolygon =>
  JSON.parse(read(bytes, file, true).territories[0]!.outline!.geometry);
const codes = (bytes: Uint8Array | string, file?: string) =>
  read(bytes, file).territories.map(({ name, units }) => [name, units?.map(({ code }) => code)]);

// The definition of the EPSG registry as ESRI writes it, not the one of the reader.
const lambert93Prj =
  'PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]';
const toLambert93 = (x: number, y: number) => proj4('WGS84', lambert93Prj, [x, y]);

function expectSquare({ coordinates }: MultiPolygon) {
  const seen = coordinates[0]![0]!.map((place) => place.map((side) => side.toFixed(5)));
  const wanted = square().coordinates[0]![0]!.map((place) => place.map((side) => side.toFixed(5)));
  // Another ring orientation is the same square.
  expect([...seen].sort()).toEqual([...wanted].sort());
}

describe('which units', () => {
  it('are those of communes with their code, whatever the file calls it', () => {
    const communes = ['45234', '1001', '2a004'].map((code) => feature({ INSEE_COM: code }));
    expect(codes(geojson(communes), 'mon plan.geojson')).toEqual([
      ['mon plan', ['45234', '01001', '2A004']],
    ]);
  });

  it('are grouped by the column that names the CPTS', () => {
    const communes = [
      feature({ code_insee: '45234', 'Nom CPTS': 'A' }),
      feature({ code_insee: '45232', 'Nom CPTS': 'B' }),
      feature({ code_insee: '45235', 'Nom CPTS': 'A' }),
    ];
    expect(codes(geojson(communes))).toEqual([
      ['A', ['45234', '45235']],
      ['B', ['45232']],
    ]);
  });

  it('are those of the outline when one object has no code, or when asked so', () => {
    const some = [feature({ code: '45234', nom: 'X' }), feature({ code: 'n° 3', nom: 'Y' })];
    expect(read(geojson(some)).territories).toMatchObject([
      { name: 'X', units: null },
      { name: 'Y', units: null },
    ]);
    expect(read(geojson([feature({ code: '45234' })]), 'a.json', true).territories).toMatchObject([
      { name: 'a', units: null, outline: { vertices: 5 } },
    ]);
  });

  it('are those of the outline when a program cut the list of codes short, which is said', () => {
    const cut = { nom: 'A', communes: 3, codes: '45234 45232' };
    const { territories, remarks } = read(geojson([feature(cut)]));
    expect(territories[0]).toMatchObject({ units: null, outline: { vertices: 5 } });
    expect(remarks).toEqual([expect.stringContaining('raccourcie')]);
  });

  it.each([
    ['code;nom\n45234;Orléans\n1001;', [['liste', ['45234', '01001']]]],
    ['45234\n45232\n', [['liste', ['45234', '45232']]]],
    [
      'Nom CPTS|Code commune|x\nA|45234|1\nB|45232|2\nA|45235|',
      [
        ['A', ['45234', '45235']],
        ['B', ['45232']],
      ],
    ],
    ['\ufeffINSEE_COM,NOM\r\n2A004,"Ajaccio"\r\n', [['liste', ['2A004']]]],
  ])('are those of the table %j', (text, wanted) => {
    expect(codes(text, 'liste.csv')).toEqual(wanted);
  });

  it('are named with their department, in Latin-1 as in UTF-8', () => {
    const text = 'Nom CPTS\tCommune\tDépartement\n"Été"\tSt-Éloi\tLoiret (45)\nÉté\tOlivet\tloiret';
    for (const bytes of [strToU8(text), new Uint8Array(Buffer.from(text, 'latin1'))]) {
      expect(read(bytes, 'ars.txt').territories).toMatchObject([
        {
          name: 'Été',
          units: [
            { code: null, name: 'St-Éloi', department: '45' },
            { name: 'Olivet', department: '45' },
          ],
        },
      ]);
    }
  });
});

describe('where', () => {
  it('Lambert-93 is told by its .prj, by the crs of GeoJSON, or by the size of the numbers', () => {
    const inMetres = square(toLambert93);
    expectSquare(outlineOf(shapefile({ prj: lambert93Prj }, inMetres), 'a.zip'));
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } };
    expectSquare(outlineOf(geojson([feature({}, inMetres)], { crs })));
    const guessed = geojson([feature({}, inMetres)]);
    expectSquare(outlineOf(guessed));
    expect(read(guessed).remarks).toEqual([expect.stringContaining('Lambert-93')]);
    expectSquare(outlineOf(shapefile({ prj: null }, inMetres), 'a.zip'));
  });

  it('other official projections are known by their number', () => {
    const cc48 =
      '+proj=lcc +lat_0=48 +lon_0=3 +lat_1=47.25 +lat_2=48.75 +x_0=1700000 +y_0=7200000 +ellps=GRS80';
    const metres = square((x, y) => proj4('WGS84', cc48, [x, y]));
    const crs = { type: 'name', properties: { name: 'EPSG:3948' } };
    expectSquare(outlineOf(geojson([feature({}, metres)], { crs })));
  });

  it('degrees need nothing said', () => {
    expectSquare(outlineOf(shapefile({ prj: null }), 'a.zip'));
    expectSquare(outlineOf(geojson([feature({})])));
    expectSquare(outlineOf(strToU8(JSON.stringify(square()))));
  });

  it('a hole stays a hole, and a ring drawn backwards is an outer one', () => {
    const [around] = square().coordinates[0]!;
    const hole = [
      [1.85, 47.85],
      [1.85, 47.95],
      [1.95, 47.95],
      [1.95, 47.85],
      [1.85, 47.85],
    ];
    const holed = shapefile({}, { type: 'MultiPolygon', coordinates: [[around!, hole]] });
    expect(outlineOf(holed, 'a.zip').coordinates[0]).toHaveLength(2);
    const shp = partOf(shapefile(), 'shp').slice();
    const view = new DataView(shp.buffer);
    const points = 108 + 48;
    const places = [0, 1, 2, 3, 4].map((k) => [
      view.getFloat64(points + 16 * k, true),
      view.getFloat64(points + 16 * k + 8, true),
    ]);
    places.reverse().forEach(([x = 0, y = 0], k) => {
      view.setFloat64(points + 16 * k, x, true);
      view.setFloat64(points + 16 * k + 8, y, true);
    });
    expectSquare(outlineOf(shapefile({ shp }), 'a.zip'));
  });
});

describe('the text of a .dbf', () => {
  const coded = (bytes: Buffer, language: number) => {
    const dbf = Buffer.from(partOf(shapefile(), 'dbf'));
    dbf[29] = language;
    const at = dbf.readUInt16LE(8) + 1;
    dbf.fill(0x20, at, at + 254);
    bytes.copy(dbf, at);
    return new Uint8Array(dbf);
  };
  it.each([
    ['UTF-8', 0, Buffer.from('CPTS d’Été', 'utf8')],
    [null, 0, Buffer.from('CPTS d’Été', 'utf8')],
    ['1252', 0, Buffer.from('CPTS d\x92\xc9t\xe9', 'latin1')],
    [null, 0x57, Buffer.from('CPTS d\x92\xc9t\xe9', 'latin1')],
    [null, 0, Buffer.from('CPTS d\x92\xc9t\xe9', 'latin1')],
  ])('is read as %s, language %d', (cpg, language, bytes) => {
    const zip = shapefile({ cpg, dbf: coded(bytes, language) });
    expect(read(zip, 'a.zip').territories[0]?.name).toBe('CPTS d’Été');
  });
  it('is read in the code page of old ArcView', () => {
    const zip = shapefile({ cpg: 'OEM 850', dbf: coded(Buffer.from('\x90t\x82', 'latin1'), 0) });
    expect(read(zip, 'a.zip').territories[0]?.name).toBe('Été');
  });
});
