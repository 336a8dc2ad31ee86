import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { distanceKm } from '../../../../server/core/flows/distance.ts';
import { buildAdjacency } from '../../../../server/core/graph/adjacency.ts';
import {
  type BorderLine,
  borderLines,
  type MultiPolygonCoordinates,
} from '../../../../server/core/graph/borders.ts';
import { components } from '../../../../server/core/graph/components.ts';
import { sharedData } from '../../../support/shared-data.ts';

/** A rectangle, counter-clockwise, closed; in hundredths of a degree near Orléans. */
function box(west: number, south: number, east: number, north: number): [number, number][] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ].map(([x, y]): [number, number] => [1.9 + x! / 100, 47.9 + y! / 100]);
}

const pairsOf = (borders: BorderLine[]) => borders.map(({ a, b }) => [a, b]);

function between(borders: BorderLine[], a: number, b: number): BorderLine | undefined {
  return borders.find((line) => line.a === a && line.b === b);
}

function perimeterM(outline: MultiPolygonCoordinates): number {
  let km = 0;
  for (const ring of outline.flat()) {
    for (let k = 1; k < ring.length; k++) {
      km += distanceKm(ring[k - 1]![0]!, ring[k - 1]![1]!, ring[k]![0]!, ring[k]![1]!);
    }
  }
  return km * 1000;
}

/** Every metre of every outline is counted: shared borders twice, outer edges once. */
function expectConserved(outlines: MultiPolygonCoordinates[], borders: BorderLine[], digits = 6) {
  const perimeters = outlines.reduce((sum, outline) => sum + perimeterM(outline), 0);
  const counted = borders.reduce((sum, { b, lengthM }) => sum + lengthM * (b < 0 ? 1 : 2), 0);
  expect(counted / perimeters).toBeCloseTo(1, digits);
}

describe('by hand', () => {
  test('two boxes side by side share one line, whichever way the rings turn', () => {
    //  ┌───┬───┐
    //  │ 0 │ 1 │
    //  └───┴───┘
    const outlines = [[[box(0, 0, 1, 1)]], [[box(1, 0, 2, 1).reverse()]]];
    const borders = borderLines(outlines);
    expect(pairsOf(borders)).toEqual([
      [0, -1],
      [0, 1],
      [1, -1],
    ]);
    const shared = between(borders, 0, 1)!;
    expect(shared.lines).toEqual([
      [
        [1.91, 47.9],
        [1.91, 47.91],
      ],
    ]);
    expect(shared.lengthM).toBeCloseTo(distanceKm(1.91, 47.9, 1.91, 47.91) * 1000, 6);
    expect(between(borders, 0, -1)!.lines).toHaveLength(1);
    expect(between(borders, 0, -1)!.lines[0]).toHaveLength(4);
    expectConserved(outlines, borders);
  });

  test('units that touch at a corner share no border', () => {
    const borders = borderLines([[[box(0, 0, 1, 1)]], [[box(1, 1, 2, 2)]]]);
    expect(pairsOf(borders)).toEqual([
      [0, -1],
      [1, -1],
    ]);
    const [first, last] = [borders[0]!.lines[0]!.at(0), borders[0]!.lines[0]!.at(-1)];
    expect(first).toEqual(last);
  });

  test('a unit in the hole of another is closed in by one closed line', () => {
    const outlines = [[[box(0, 0, 3, 3), box(1, 1, 2, 2)]], [[box(1, 1, 2, 2)]]];
    const borders = borderLines(outlines);
    expect(pairsOf(borders)).toEqual([
      [0, -1],
      [0, 1],
    ]);
    expect(between(borders, 0, 1)!.lines.map((line) => line.length)).toEqual([5]);
    expectConserved(outlines, borders);
  });

  test('T-junctions: one long side against two short ones, and sides that overlap in part', () => {
    //  ┌───────────┐
    //  │     0     │
    //  ├─────┬─────┴──┐
    //  │  1  │   2    │
    //  └─────┴────────┘
    const outlines = [[[box(0, 1, 4, 2)]], [[box(0, 0, 2, 1)]], [[box(2, 0, 5, 1)]]];
    const borders = borderLines(outlines);
    expect(pairsOf(borders)).toEqual([
      [0, -1],
      [0, 1],
      [0, 2],
      [1, -1],
      [1, 2],
      [2, -1],
    ]);
    const wide = distanceKm(1.9, 47.91, 1.92, 47.91) * 1000;
    expect(between(borders, 0, 1)!.lengthM).toBeCloseTo(wide, 3);
    expect(between(borders, 0, 2)!.lengthM).toBeCloseTo(wide, 3);
    expectConserved(outlines, borders);
  });

  test('a slanted side, met by a point a few centimetres off it', () => {
    const off = 4e-7;
    const [p, q, m] = [
      [1.9, 47.9],
      [1.93, 47.913],
      [1.91, 47.9 + 0.013 / 3 + off],
    ] as const;
    const outlines = [
      [[[p, q, [1.9, 47.92], p]]],
      [[[p, m, [1.93, 47.89], p]]],
      [[[m, q, [1.93, 47.89], m]]],
    ];
    const borders = borderLines(outlines);
    expect(pairsOf(borders)).toContainEqual([0, 1]);
    expect(pairsOf(borders)).toContainEqual([0, 2]);
    expectConserved(outlines, borders, 4);
  });

  test('corners written with other last digits are one corner', () => {
    const shifted = box(1, 0, 2, 1).map(([x, y]): [number, number] => [x + 6e-7, y - 3e-7]);
    const borders = borderLines([[[box(0, 0, 1, 1)]], [[shifted]]]);
    expect(between(borders, 0, 1)!.lengthM).toBeCloseTo(
      distanceKm(1.91, 47.9, 1.91, 47.91) * 1000,
      0,
    );
  });

  test('polygons of one unit that touch have no border between them; a border in two lines', () => {
    //  ┌───┬───┬───┐
    //  │ 0 │ 1 │ 0 │   the 0 on the right is cut in two
    //  └───┴───┴───┘
    const parts = [box(0, 0, 1, 1), box(2, 0, 3, 0.5), box(2, 0.5, 3, 1)].map((ring) => [ring]);
    const borders = borderLines([parts, [[box(1, 0, 2, 1)]]]);
    expect(pairsOf(borders)).toEqual([
      [0, -1],
      [0, 1],
      [1, -1],
    ]);
    expect(between(borders, 0, 1)!.lines).toHaveLength(2);
  });

  test('rings left open are closed, points said twice are said once, empty outlines pass', () => {
    const open = box(0, 0, 1, 1).slice(0, 4);
    const repeated = [open[0]!, ...open];
    const closed = borderLines([[[box(0, 0, 1, 1)]]]);
    expect(borderLines([[[repeated]], [], [[[]]]])).toEqual(closed);
  });

  test('refuses coordinates that are not degrees', () => {
    const lambert = [
      [618_000, 6_755_000],
      [619_000, 6_755_000],
      [619_000, 6_756_000],
    ];
    expect(() => borderLines([[[lambert]]])).toThrow('in degrees, got 618000, 6755000');
    expect(() => borderLines([[[[[Number.NaN, 1]]]]])).toThrow(RangeError);
  });
});

test('a chessboard whose cells are cut at random points keeps every metre and the same neighbours', () => {
  const outlines: MultiPolygonCoordinates[] = [];
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 6; column++) {
      const ring = box(column, row, column + 1, row + 1);
      // Each cell adds points of its own on its sides, that its neighbours do not have.
      const cut = ring.flatMap((point, k) => {
        const next = ring[k + 1];
        const share = 0.1 + ((row * 7 + column * 3 + k) % 8) / 10;
        if (!next || (row + column + k) % 3 === 0) return [point];
        return [
          point,
          [point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share],
        ];
      });
      outlines.push([[cut]]);
    }
  }
  const borders = borderLines(outlines);
  expectConserved(outlines, borders);
  const inner = pairsOf(borders).filter(([, b]) => b! >= 0);
  const expected: number[][] = [];
  for (let u = 0; u < 36; u++) {
    if (u % 6 < 5) expected.push([u, u + 1]);
    if (u < 30) expected.push([u, u + 6]);
  }
  expect(inner).toEqual(expected);
});

const directory = sharedData();
describe.skipIf(directory === null)('on real communes', () => {
  test.each([
    ['centre-val-de-loire-2023', 1757, 1],
    ['bretagne-2023', 1207, 12],
  ])('%s: %i communes, %i connected components, no metre lost', (name, units, count) => {
    const file = join(directory!, 'communes', `${name}.geojson`);
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection<
      Polygon | MultiPolygon
    >;
    const outlines = features.map(({ geometry }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    );
    const borders = borderLines(outlines);
    const adj = buildAdjacency(
      units,
      borders.map(({ a }) => a),
      borders.map(({ b }) => b),
      borders.map(({ lengthM }) => lengthM),
    );
    expect(outlines).toHaveLength(units);
    expect(components(adj).count).toBe(count);
    expectConserved(outlines, borders);
    const sorted = [...borders].sort((p, q) => p.a - q.a || p.b - q.b);
    expect(borders).toEqual(sorted);
    expect(new Set(pairsOf(borders).map(String)).size).toBe(borders.length);
  });
});
