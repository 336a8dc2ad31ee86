import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aciSizeOf, readAciScale } from '../../../../server/core/drawing/aci-sizes.ts';

const committed = readFileSync('data/aci-sizes.csv', 'utf8');
const scale = readAciScale(committed);

it.each([
  // Published: a basin of 50,000 inhabitants, and the CPTS du Pays d'Auray.
  [50_000, { size: 2, with: 287_000 }],
  [85_799, { size: 3, running: 75_000, without: 315_000 }],
  [0, { size: 1, running: 50_000, with: 220_000 }],
  [39_999, { size: 1 }],
  [40_000, { size: 2, without: null }],
  [80_000, { size: 3 }],
  [175_000, { size: 3 }],
  [175_001, { size: 4, running: 90_000, without: 380_000, with: 450_000 }],
])('gives %i inhabitants what was published', (population, expected) => {
  expect(aciSizeOf(scale, population)).toMatchObject(expected);
});

it('takes the rows of the latest date', () => {
  const later = `${committed}2030-01-01,1,0,60000,,\n2030-01-01,2,70000,80000,,\n`;
  const read = readAciScale(later);
  expect(read.since).toBe('2030-01-01');
  expect(aciSizeOf(read, 50_000)).toMatchObject({ size: 1, running: 60_000, with: null });
});

it.each([
  ['other columns', 'size,from\n1,0\n'],
  ['a figure that is none', 'since,size,from,running,without,with\n2019-06-20,1,0,5e4,,\n'],
  ['no start at 0', 'since,size,from,running,without,with\n2019-06-20,1,10,1,,\n'],
  ['a fall', 'since,size,from,running,without,with\n2019-06-20,1,0,1,,\n2019-06-20,2,0,1,,\n'],
])('refuses %s', (_what, csv) => {
  expect(() => readAciScale(csv)).toThrow(RangeError);
});
