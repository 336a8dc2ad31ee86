import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../web/src/table/csv.ts';
import {
  type Column,
  filterRows,
  nextSort,
  sortRows,
  widthOf,
  windowOf,
} from '../../web/src/table/model.ts';

interface Row {
  name: string;
  population: number | null;
}
const columns: Column<Row>[] = [
  { key: 'name', label: 'Nom', value: ({ name }) => name, width: '1fr' },
  {
    key: 'population',
    label: 'Hab.',
    title: 'Habitants',
    value: ({ population }) => population,
    width: '1fr',
    numeric: true,
  },
];
const rows: Row[] = [
  { name: 'Étampes', population: 20 },
  { name: 'Zuydcoote', population: null },
  { name: 'Ecuelles', population: 3.5 },
  { name: '=SOMME(A1)', population: 100 },
];
const names = (sorted: Row[]) => sorted.map(({ name }) => name);

describe('sortRows', () => {
  it('sorts words the French way, accents aside', () => {
    expect(names(sortRows(rows.slice(0, 3), columns, { key: 'name', descending: false }))).toEqual([
      'Ecuelles',
      'Étampes',
      'Zuydcoote',
    ]);
  });

  it.each([true, false])('keeps what has no figure last (descending: %s)', (descending) => {
    expect(names(sortRows(rows, columns, { key: 'population', descending })).at(-1)).toBe(
      'Zuydcoote',
    );
  });

  it('is a permutation in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (values) => {
        const sorted = sortRows(
          values.map((population) => ({ name: '', population })),
          columns,
          { key: 'population', descending: true },
        ).map(({ population }) => population);
        expect(sorted).toEqual([...values].sort((a, b) => b - a));
      }),
    );
  });

  it('starts figures from the largest, words from A, then turns round', () => {
    const first = nextSort(null, columns[1]!);
    expect(first).toEqual({ key: 'population', descending: true });
    expect(nextSort(first, columns[1]!).descending).toBe(false);
    expect(nextSort(first, columns[0]!)).toEqual({ key: 'name', descending: false });
  });
});

it('widens a column of figures for the widest', () => {
  expect(widthOf(['12', '3 456'], 60)).toBe('60px');
  expect(Number.parseInt(widthOf(['⚠ 1 234 567'], 60), 10)).toBeGreaterThan(80);
});

describe('filterRows', () => {
  it('finds words without their accents', () => {
    expect(names(filterRows(rows, columns, ' etam '))).toEqual(['Étampes']);
    expect(filterRows(rows, columns, '')).toHaveLength(4);
    expect(filterRows(rows, columns, 'rien')).toEqual([]);
  });
});

describe('windowOf', () => {
  it('holds every row in view and never more than it needs', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(2000), fc.nat(40_000), (top, viewport, count) => {
        const { first, last } = windowOf(top, viewport, 28, count);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThanOrEqual(count);
        expect(last - first).toBeLessThanOrEqual(Math.ceil(viewport / 28) + 14);
        for (const y of [top, top + viewport - 1]) {
          const row = Math.floor(y / 28);
          if (viewport > 0 && row < count) {
            expect(row).toBeGreaterThanOrEqual(first);
            expect(row).toBeLessThan(last);
          }
        }
      }),
    );
  });
});

describe('toCsv', () => {
  it('is what French spreadsheets open, and runs nothing', () => {
    expect(toCsv(rows, columns)).toBe(
      "\ufeffNom;Habitants\r\nÉtampes;20\r\nZuydcoote;\r\nEcuelles;3,5\r\n'=SOMME(A1);100\r\n",
    );
  });

  it('quotes what would break the line', () => {
    expect(toCsv([{ name: 'a;"b"\nc', population: 1 }], columns)).toContain('"a;""b""\nc";1');
  });
});
