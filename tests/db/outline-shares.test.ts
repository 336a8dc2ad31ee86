import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../server/core/random.ts';
import type { Database } from '../../server/db/database.ts';
import { outlineRepository } from '../../server/db/repositories/outline-shares.ts';
import { territoryExportRepository } from '../../server/db/repositories/territory-exports.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { writeTerritories } from '../../server/exports/write-territories.ts';
import { readTerritoryFile } from '../../server/imports/territory/read-territory-file.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const everyCode = Array.from({ length: 48 }, (_, at) => codeAt(at % 8, Math.floor(at / 8)));

describe.each(engines)('outlines on %s', (engine) => {
  let database: Database;
  let vintage: string;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    vintage = (await vintageRepository(database.kysely).ofRegion('24'))!.id;
  });
  afterAll(() => database.close());

  const covered = (coordinates: number[][][]) =>
    outlineRepository(database.kysely).covered(
      vintage,
      JSON.stringify({ type: 'Polygon', coordinates }),
    );
  const closed = (ring: number[][]) => [...ring, ring[0]!];

  /** The territory of these units, as an export has it. */
  async function exported(units: string[]) {
    const { outline, ...held } = await territoryExportRepository(database.kysely).units(units);
    return { name: 'Essai', status: 'Idée', ...held, outline: JSON.parse(outline) };
  }

  test.each(['geojson', 'topojson', 'shapefile'] as const)(
    'a %s without codes gives back the same units, by majority of area',
    async (format) => {
      // Holes and pieces that touch at a corner come of themselves among so many.
      const sets = fc.uniqueArray(fc.constantFrom(...everyCode), { minLength: 1, maxLength: 48 });
      await fc.assert(
        fc.asyncProperty(sets, async (units) => {
          const file = await writeTerritories(
            format,
            [await exported(units)],
            'essai',
            new Date('2026-11-22'),
          );
          const [read] = readTerritoryFile(file, 'essai', true).territories;
          const found = await outlineRepository(database.kysely).covered(
            vintage,
            read!.outline!.geometry,
          );
          const inside = found.units.filter(({ share }) => share >= 0.5);
          expect(inside.map(({ code }) => code)).toEqual([...units].sort());
        }),
        { numRuns: 15 },
      );
    },
  );

  test('an outline says of every unit it touches which share is inside', async () => {
    // From the middle of a commune to a quarter of the next one to the east, half of their height.
    const { units, repaired } = await covered([
      closed([
        [2.05, 47],
        [2.125, 47],
        [2.125, 47.05],
        [2.05, 47.05],
      ]),
    ]);
    expect(repaired).toBeNull();
    expect(units.map(({ code }) => code)).toEqual([codeAt(0, 0), codeAt(1, 0)]);
    expect(units[0]!.share).toBeCloseTo(0.25, 4);
    expect(units[1]!.share).toBeCloseTo(0.125, 4);
  });

  test('a large outline, cut in pieces, covers what the whole of it does', async () => {
    const [x, y, radius] = [2.4, 47.3, 0.27];
    const circle = Array.from({ length: 3000 }, (_, k) => {
      const angle = (2 * Math.PI * k) / 3000;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    });
    const { units } = await covered([closed(circle)]);
    const area = units.reduce((sum, { share }) => sum + share * 0.01, 0);
    expect(area).toBeCloseTo(Math.PI * radius ** 2, 4);
    expect(units.find(({ code }) => code === codeAt(3, 2))?.share).toBe(1);
  });

  test('an outline that was in another projection gives back the same units', async () => {
    const noise = seededRandom(5);
    // What Lambert-93 and back leaves: a few billionths of a degree.
    const moved = (place: number[]) => place.map((side) => side + 4e-9 * (noise() - 0.5));
    const units = everyCode.filter((_, at) => (at * 7) % 5 < 3);
    const { outline } = await exported(units);
    const coordinates = outline.coordinates.map((polygon: number[][][]) =>
      polygon.map((ring) => closed(ring.slice(1).map(moved))),
    );
    const found = await outlineRepository(database.kysely).covered(
      vintage,
      JSON.stringify({ ...outline, coordinates }),
    );
    const inside = found.units.filter(({ share }) => share >= 0.5);
    expect(inside.map(({ code }) => code)).toEqual(units);
  });

  test('an outline that crosses itself keeps the surface on both sides', async () => {
    const bow = await covered([
      closed([
        [2, 47],
        [2.2, 47.1],
        [2.2, 47],
        [2, 47.1],
      ]),
    ]);
    expect(bow.repaired).toMatch(/Self-intersection/);
    for (const { share } of bow.units) expect(share).toBeCloseTo(0.5, 4);
    expect(bow.units).toHaveLength(2);
  });

  test('an outline without area covers nothing', async () => {
    const flat = await covered([
      closed([
        [2, 47],
        [2.2, 47],
        [2.1, 47],
      ]),
    ]);
    expect(flat).toMatchObject({ units: [], bbox: null, shown: null });
  });
});
