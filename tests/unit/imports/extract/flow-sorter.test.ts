import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FlowSorter } from '../../../../server/imports/extract/flow-sorter.ts';

type Row = [
  specialty: number,
  origin: number,
  destination: number,
  patients: number,
  masked: number,
];

const row = fc.tuple(
  fc.nat(3),
  fc.oneof(fc.nat(5), fc.nat(200_000)),
  fc.nat(9),
  fc.nat(40),
  fc.constantFrom(0, 0, 1, 0.25),
) as fc.Arbitrary<Row>;

/** What a map from key to sums makes of the same rows. */
function added(rows: Row[]): Row[] {
  const sums = new Map<string, Row>();
  for (const [specialty, origin, destination, patients, masked] of rows) {
    const key = `${specialty} ${origin} ${destination}`;
    const sum = sums.get(key) ?? [specialty, origin, destination, 0, 0];
    sum[3] += patients;
    sum[4] += masked;
    sums.set(key, sum);
  }
  return [...sums.values()].sort((a, b) => a[1] - b[1] || a[0] - b[0] || a[2] - b[2]);
}

function gathered(rows: Row[], capacity: number): Row[] {
  const sorter = new FlowSorter(capacity);
  for (const each of rows) sorter.add(...each);
  const found: Row[] = [];
  for (const { origin, specialty, group } of sorter.groups()) {
    const { count, destinations, patients, masked } = group;
    for (let i = 0; i < count; i++) {
      found.push([specialty, origin, destinations[i]!, patients[i]!, masked[i]!]);
    }
  }
  sorter.close();
  // Within a group destinations may come in any order: the rows themselves are what counts.
  return found;
}

test('flows come out by origin and specialty, added up, whatever their order', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 300 }),
      fc.constantFrom(1, 7, 64, 1000),
      (rows, capacity) => {
        const found = gathered(rows, capacity);
        const keys = found.map(([specialty, origin]) => origin * 512 + specialty);
        expect(keys).toEqual([...keys].sort((a, b) => a - b));
        const sorted = [...found].sort((a, b) => a[1] - b[1] || a[0] - b[0] || a[2] - b[2]);
        expect(sorted).toEqual(added(rows));
      },
    ),
  );
});

test('runs longer than what is read at once are merged whole', () => {
  const rows = Array.from(
    { length: 120_000 },
    (_, i): Row => [i % 3, (i * 7919) % 5000, (i * 31) % 50, 1 + (i % 9), 0],
  );
  const found = gathered(rows, 40_000);
  expect([...found].sort((a, b) => a[1] - b[1] || a[0] - b[0] || a[2] - b[2])).toEqual(added(rows));
});
