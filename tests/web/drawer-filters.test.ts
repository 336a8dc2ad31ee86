import { expect, it } from 'vitest';
import { narrowed } from '../../web/src/shell/drawer-filters.tsx';
import type { DrawerFilter } from '../../web/src/workspaces/tables/drawer-table.ts';

const rows = [
  { name: 'Ay', department: '51', population: 4000, fragile: true },
  { name: 'Gien', department: '45', population: 14_000, fragile: true },
  { name: 'Olivet', department: '45', population: 22_000, fragile: false },
];
type Row = (typeof rows)[number];
const filters: DrawerFilter<Row>[] = [
  { kind: 'choice', key: 'd', label: '', any: '', of: ({ department }) => department },
  { kind: 'least', key: 'p', label: '', short: '', of: ({ population }) => population },
  { kind: 'check', key: 'f', label: '', keep: ({ fragile }) => fragile },
];
const names = (asked: Record<string, string>) =>
  narrowed(rows, filters, asked).map(({ name }) => name);

it('keeps what every filter asked for keeps, and everything when none is', () => {
  expect(names({})).toEqual(['Ay', 'Gien', 'Olivet']);
  expect(names({ d: '', p: '', f: '' })).toEqual(['Ay', 'Gien', 'Olivet']);
  expect(names({ d: '45' })).toEqual(['Gien', 'Olivet']);
  expect(names({ p: '14000' })).toEqual(['Gien', 'Olivet']);
  expect(names({ f: 'on' })).toEqual(['Ay', 'Gien']);
  expect(names({ d: '45', f: 'on', p: '14001' })).toEqual([]);
});
