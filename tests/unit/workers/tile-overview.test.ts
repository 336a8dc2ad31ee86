import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overview } from '../../../server/workers/tile-overview.ts';

/** North-west corner of a tile, degrees: the inverse of what is tested. */
const corner = (z: number, x: number, y: number) => ({
  lon: (x / 2 ** z) * 360 - 180,
  lat: (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI,
});

/** What rounding may move, degrees. */
const TINY = 1e-9;

const box = fc
  .tuple(
    fc.double({ min: -170, max: 170, noNaN: true }),
    fc.double({ min: -80, max: 80, noNaN: true }),
    fc.double({ min: 0.01, max: 9, noNaN: true }),
    fc.double({ min: 0.01, max: 4, noNaN: true }),
  )
  .map(([west, south, width, height]): [number, number, number, number] => [
    west,
    south,
    west + width,
    south + height,
  ]);

test('each zoom covers the box, and no tile is beside it', () => {
  fc.assert(
    fc.property(box, ([west, south, east, north]) => {
      const tiles = overview([west, south, east, north]);
      expect(tiles[0]).toEqual([0, 0, 0]);
      for (const z of new Set(tiles.map(([zoom]) => zoom))) {
        const of = tiles.filter(([zoom]) => zoom === z);
        for (const [, x, y] of of) {
          const [start, end] = [corner(z, x, y), corner(z, x + 1, y + 1)];
          expect(start.lon).toBeLessThan(east + TINY);
          expect(end.lon).toBeGreaterThan(west - TINY);
          expect(end.lat).toBeLessThan(north + TINY);
          expect(start.lat).toBeGreaterThan(south - TINY);
        }
        const [columns, rows] = [of.map(([, x]) => x), of.map(([, , y]) => y)];
        expect(corner(z, Math.min(...columns), 0).lon).toBeLessThan(west + TINY);
        expect(corner(z, Math.max(...columns) + 1, 0).lon).toBeGreaterThan(east - TINY);
        expect(corner(z, 0, Math.min(...rows)).lat).toBeGreaterThan(north - TINY);
        expect(corner(z, 0, Math.max(...rows) + 1).lat).toBeLessThan(south + TINY);
      }
    }),
  );
});

test('it stops where a screen would not show the box whole', () => {
  const zooms = (tiles: readonly [number, number, number][]) => Math.max(...tiles.map(([z]) => z));
  expect(zooms(overview([-5, 41, 9.6, 51.2]))).toBe(6);
  expect(zooms(overview([1.9, 47.8, 2, 47.9]))).toBe(7);
});
