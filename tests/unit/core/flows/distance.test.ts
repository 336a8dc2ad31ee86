import { expect, test } from 'vitest';
import { distanceKm, EARTH_RADIUS_KM } from '../../../../server/core/flows/distance.ts';

test('a quarter and a half of the globe', () => {
  expect(distanceKm(0, 0, 90, 0)).toBeCloseTo((Math.PI / 2) * EARTH_RADIUS_KM, 6);
  expect(distanceKm(0, 0, 180, 0)).toBeCloseTo(Math.PI * EARTH_RADIUS_KM, 6);
  expect(distanceKm(12, 90, -70, 90)).toBeCloseTo(0, 6);
});

test('Orléans to Tours is some 107 km, either way, and nowhere is 0', () => {
  const there = distanceKm(1.909, 47.902, 0.689, 47.394);
  expect(there).toBeGreaterThan(106);
  expect(there).toBeLessThan(109);
  expect(distanceKm(0.689, 47.394, 1.909, 47.902)).toBe(there);
  expect(distanceKm(1.909, 47.902, 1.909, 47.902)).toBe(0);
});
