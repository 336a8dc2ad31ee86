import { expect, it } from 'vitest';
import { keysOf, matchUnits } from '../../../server/usecases/match-units.ts';

const known = [
  { code: '45146', name: 'Saint-Éloi', department: '45' },
  { code: '18205', name: 'Saint-Éloi', department: '18' },
  { code: '45232', name: 'Olivet', department: '45' },
  { code: '45160', name: 'Gy-les-Nonains', department: '45' },
  { code: '75056', name: 'Paris', department: '75' },
];

const match = (code: string | null, name: string | null, department: string | null = null) =>
  matchUnits([{ text: [code, name].filter(Boolean).join(' '), code, name, department }], known);

it.each([
  ['45232', null, null, '45232'],
  ['45232', 'Olivet', '45', '45232'],
  ['45232', 'Olivet-sur-Loire', null, '45232'],
  [null, 'OLIVET', null, '45232'],
  [null, 'st éloi', '18', '18205'],
  ['75112', null, null, '75056'],
])('places %s %s (%s)', (code, name, department, wanted) => {
  const none = { unmatched: [], ambiguous: [], byName: [] };
  expect(match(code, name, department)).toEqual({ codes: [wanted], ...none });
});

it('believes the name where the code, a postal one, is of another commune', () => {
  expect(match('45160', 'Olivet')).toMatchObject({
    codes: ['45232'],
    byName: [{ text: '45160 Olivet', code: '45232' }],
  });
});

it('asks which when several bear the name, and tells what it can not place', () => {
  expect(match(null, 'Saint-Eloi')).toMatchObject({
    codes: [],
    ambiguous: [{ text: 'Saint-Eloi', codes: ['45146', '18205'] }],
  });
  expect(match('99999', null).unmatched).toMatchObject([{ text: '99999' }]);
  expect(match(null, 'Saint-Éloi', '33').unmatched).toMatchObject([{ text: 'Saint-Éloi' }]);
});

it('looks up each code and name once', () => {
  const line = { text: '', code: '75112', name: 'St-Éloi', department: null };
  expect(keysOf([line, line])).toEqual({
    codes: ['75112', '75056'],
    names: ['saint eloi', 'st eloi'],
  });
});
