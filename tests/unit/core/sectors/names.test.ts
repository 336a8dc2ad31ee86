import { expect, test } from 'vitest';
import { sectorCode } from '../../../../server/core/sectors/codes.ts';
import { nameInCommune, sideNames } from '../../../../server/core/sectors/names.ts';

test('a name holds that of its commune once', () => {
  expect(nameInCommune('Orléans', 'Bourgogne')).toBe('Orléans – Bourgogne');
  expect(nameInCommune('Orléans', ' orleans  Nord ')).toBe('orleans Nord');
  expect(nameInCommune('Paris', 'Parisis')).toBe('Paris – Parisis');
});

test('sides are named by where they are of the line, the left one first', () => {
  const way = (...line: [number, number][]) => sideNames('X', line);
  expect(way([2, 47], [2.1, 48])).toEqual(['X ouest', 'X est']);
  expect(way([2.1, 48], [2, 47])).toEqual(['X est', 'X ouest']);
  expect(way([2, 47], [1, 50], [3, 47.5])).toEqual(['X nord', 'X sud']);
  expect(way([3, 47], [2, 47])).toEqual(['X sud', 'X nord']);
});

test('sectors have one letter, then two, then none', () => {
  expect([0, 25, 26, 27, 701, 702].map((k) => sectorCode('45234', k))).toEqual([
    '45234-A',
    '45234-Z',
    '45234-AA',
    '45234-AB',
    '45234-ZZ',
    null,
  ]);
});
