import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import type { FeatureCollection, MultiPolygon } from 'geojson';
// @ts-expect-error it has no types
import shp from 'shpjs';
import { describe, expect, it } from 'vitest';
import type { ExportedTerritory, ExportFormat } from '../../../server/exports/territory.ts';
import { writeTerritories } from '../../../server/exports/write-territories.ts';
import { readTerritoryFile } from '../../../server/imports/territory/read-territory-file.ts';
import { territories } from './territories.ts';

const runs = { numRuns: 60 };
const date = new Date('2026-11-22T00:00:00Z');
const write = (format: ExportFormat, all: ExportedTerritory[]) =>
  writeTerritories(format, all, 'cpts-essai', date);

const codesOf = ({ units }: ExportedTerritory) => units.map(({ code }) => code);

describe.each(['geojson', 'topojson', 'shapefile', 'csv'] as const)('%s', (format) => {
  it('gives the same units back, by code', async () => {
    await fc.assert(
      fc.asyncProperty(territories, async (all) => {
        const file = `essai.${format === 'shapefile' ? 'zip' : format}`;
        const read = readTerritoryFile(await write(format, all), file, false);
        expect(read).toMatchObject({ kind: format, remarks: [] });
        expect(read.territories.map(({ units }) => units?.map(({ code }) => code))).toEqual(
          all.map(codesOf),
        );
        // A CSV of one CPTS does not name it.
        if (format === 'csv' && all.length === 1) return;
        expect(read.territories.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
      }),
      runs,
    );
  });
});

describe.each(['geojson', 'topojson', 'shapefile'] as const)('%s', (format) => {
  it('gives the same outlines back, to ten centimetres', async () => {
    await fc.assert(
      fc.asyncProperty(territories, async (all) => {
        const read = readTerritoryFile(await write(format, all), 'essai', true);
        expect(read.territories).toHaveLength(all.length);
        read.territories.forEach(({ outline }, k) => {
          const back: MultiPolygon = JSON.parse(outline!.geometry);
          expect(corners(back)).toEqual(corners(all[k]!.outline));
        });
      }),
      runs,
    );
  });
});

/** Each polygon as sorted corners of each ring: where a ring starts and how it turns may change. */
function corners({ coordinates }: MultiPolygon) {
  return coordinates
    .map((polygon) =>
      polygon.map((ring) =>
        ring
          .slice(1)
          .map(([x, y]) => `${x?.toFixed(5)} ${y?.toFixed(5)}`)
          .sort(),
      ),
    )
    .sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

it('writes Shapefiles that another reader reads alike', async () => {
  await fc.assert(
    fc.asyncProperty(territories, async (all) => {
      const bytes = await write('shapefile', all);
      const read = (await shp(bytes as never)) as FeatureCollection;
      expect(read.features.map(({ properties }) => properties?.population)).toEqual(
        all.map(({ population }) => population),
      );
      read.features.forEach(({ geometry }, k) => {
        const { type, coordinates } = geometry as MultiPolygon;
        const whole = String(type) === 'Polygon' ? ([coordinates] as never) : coordinates;
        expect(corners({ type: 'MultiPolygon', coordinates: whole })).toEqual(
          corners(all[k]!.outline),
        );
      });
    }),
    runs,
  );
});

it('writes workbooks that hold every code as a text and no formula', async () => {
  await fc.assert(
    fc.asyncProperty(territories, async (all) => {
      const parts = unzipSync(new Uint8Array(await write('xlsx', all)));
      const sheets = Object.keys(parts).filter((path) => path.startsWith('xl/worksheets/sheet'));
      expect(sheets).toHaveLength(all.length === 1 ? 1 : 2);
      const xml = Object.entries(parts)
        .filter(([path]) => path.endsWith('.xml'))
        .map(([, content]) => strFromU8(content))
        .join('');
      expect(xml).not.toMatch(/<f[ >]/);
      for (const code of new Set(all.flatMap(codesOf))) expect(xml).toContain(`>${code}<`);
    }),
    { numRuns: 20 },
  );
});

it('never lets a cell of a CSV be a formula, and opens with a byte order mark', async () => {
  await fc.assert(
    fc.asyncProperty(territories, async (all) => {
      const bytes = await write('csv', all);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const text = strFromU8(bytes.subarray(3));
      expect(text).not.toMatch(/(^|;|\n)"?[=+\-@]/);
    }),
    runs,
  );
});
