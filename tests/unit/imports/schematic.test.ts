import { area, feature, featureCollection, kinks, polygon, union } from '@turf/turf';
import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { findRegion } from '../../../server/imports/regions.ts';
import type { UnitRow } from '../../../server/imports/rows.ts';
import { listCommunes } from '../../../server/imports/schematic/commune-list.ts';
import { schematicCommunes } from '../../../server/imports/schematic/schematic-communes.ts';
import { outline, pieces, segments, twiceArea } from './borders.ts';

const ring = (unit: UnitRow) => (unit.geometry as Polygon).coordinates[0] ?? [];
const listed = listCommunes();
const codesOf = (region: string) =>
  listed
    .filter(({ department }) => findRegion(region).departments.includes(department))
    .map(({ code }) => code);

const country = schematicCommunes(findRegion('france'));
const regionUnits = (code: string) =>
  code === 'france' ? country.units : country.units.filter(({ region }) => region === code);

describe.each(['24', '53', '94', '01', 'france'])('the schematic communes of %s', (region) => {
  const units = regionUnits(region);

  it('are those of the package, each once', () => {
    expect(units.map(({ code }) => code)).toEqual(codesOf(region));
  });

  it('have each its own point, inside its cell', () => {
    expect(new Set(units.map(({ point }) => point?.join(' '))).size).toBe(units.length);
    const outside = units.filter((unit) => !holds(ring(unit), unit.point ?? [0, 0]));
    expect(outside.map(({ code }) => code)).toEqual([]);
  });

  it('have closed counter-clockwise rings of distinct corners', () => {
    const wrong = units.filter((unit) => {
      const corners = ring(unit).map(String);
      const distinct = new Set(corners).size;
      return distinct < 3 || distinct !== corners.length - 1 || corners[0] !== corners.at(-1);
    });
    expect(wrong.map(({ code }) => code)).toEqual([]);
    expect(units.filter((unit) => twiceArea(ring(unit)) <= 0).map(({ code }) => code)).toEqual([]);
  });

  it('share every inner segment between exactly two cells', () => {
    expect(Math.max(...[...segments(units.map(ring)).values()].map((cells) => cells.length))).toBe(
      2,
    );
  });

  // With cells that all turn the same way and share every inner side, a border that neither crosses
  // itself nor turns around a hole goes around every point inside exactly once: no overlap, no gap.
  it('neither overlap nor leave holes', () => {
    const border = outline(units.map(ring));
    expect(border.filter((part) => twiceArea(part) <= 0)).toEqual([]);
    expect(border.filter((part) => kinks(polygon([part])).features.length > 0)).toEqual([]);
  });
});

it('schematic communes say what they are, and after whom', () => {
  expect(country.sourceKind).toBe('schematic');
  expect(country.source).toContain('contours schématiques');
  expect(country.source).toMatch(/Licence Ouverte.*CC BY 4\.0/);
  expect(country.remarks[0]?.message).toContain('position connue');
});

describe('a region', () => {
  const units = regionUnits('24');

  it('of the mainland is in one piece', () => {
    expect(pieces(units.map(ring))).toEqual([1754]);
  });

  it('keeps only its far islands apart', () => {
    const [main = 0, ...apart] = pieces(regionUnits('53').map(ring));
    expect(apart.length).toBeLessThanOrEqual(3);
    expect(main).toBeGreaterThan(1190);
  });

  it('has cells that never cross themselves, and cover as much as their union', () => {
    const outlines = units.map(({ geometry }) => feature(geometry as Polygon));
    expect(outlines.filter((cell) => kinks(cell).features.length > 0)).toEqual([]);
    const merged = union(featureCollection(outlines));
    const total = outlines.reduce((sum, cell) => sum + area(cell), 0);
    expect(area(merged ?? featureCollection([])) / total).toBeCloseTo(1, 6);
  });

  it('is drawn the same alone and in the whole country, every time', () => {
    expect(schematicCommunes(findRegion('24')).units).toEqual(units);
    expect(schematicCommunes(findRegion('01'))).toEqual(schematicCommunes(findRegion('01')));
  });

  it('puts Orléans where it is', () => {
    const orleans = units.find(({ code }) => code === '45234');
    expect(orleans?.point?.[0]).toBeCloseTo(1.9, 1);
    expect(orleans?.point?.[1]).toBeCloseTo(47.9, 1);
    expect(orleans).toMatchObject({ name: 'Orléans', department: '45', epci: '244500468' });
  });
});

/** Whether a point is left of every side of a counter-clockwise convex ring, to a metre or so. */
function holds(corners: number[][], [px, py]: [number, number]): boolean {
  return corners.slice(1).every(([u = 0, v = 0], k) => {
    const [x = 0, y = 0] = corners[k] ?? [];
    return (u - x) * (py - y) - (v - y) * (px - x) > -2e-5 * Math.hypot(u - x, v - y);
  });
}
