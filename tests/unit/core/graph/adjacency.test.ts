import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildAdjacency } from '../../../../server/core/graph/adjacency.ts';

test('neighbours are ascending, in both directions, outer edges left out, lines of a pair added', () => {
  //  0 ── 1 ── 2     1 and 2 share two lines; 3 is alone
  const adj = buildAdjacency(4, [1, 1, 2, 0], [0, 2, 1, -1], [5, 7, 11, 100]);
  expect([...adj.offsets]).toEqual([0, 1, 3, 4, 4]);
  expect([...adj.neighbours]).toEqual([1, 0, 2, 1]);
  expect([...adj.lengthsM]).toEqual([5, 5, 18, 18]);
});

test('every line is found from both sides with its summed length', () => {
  const line = fc.tuple(fc.nat(7), fc.nat(7), fc.nat(9)).filter(([a, b]) => a !== b);
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const [a, b, length] = [0, 1, 2].map((k) => lines.map((row) => row[k]!));
      const adj = buildAdjacency(8, a!, b!, length!);
      for (let u = 0; u < 8; u++) {
        const row = [...adj.neighbours.slice(adj.offsets[u], adj.offsets[u + 1])];
        const lengths = [...adj.lengthsM.slice(adj.offsets[u], adj.offsets[u + 1])];
        const expected = new Map<number, number>();
        for (const [p, q, m] of lines) {
          if (p === u) expected.set(q, (expected.get(q) ?? 0) + m);
          if (q === u) expected.set(p, (expected.get(p) ?? 0) + m);
        }
        expect(row).toEqual([...expected.keys()].sort());
        expect(lengths).toEqual(row.map((v) => expected.get(v)));
      }
    }),
  );
});

test.each([
  [[0], [0], [1], 'expected two units, got 0 twice'],
  [[0], [2], [1], 'expected units from -1 to 1, got 0 and 2'],
  [[0], [1], [-1], 'expected a length in m, got -1'],
  [[0], [1], [Number.NaN], 'expected a length in m, got NaN'],
  [[0, 1], [1], [1], 'expected three columns of one length, got 2, 1 and 1'],
])('refuses %j %j %j', (a, b, length, message) => {
  expect(() => buildAdjacency(2, a, b, length)).toThrow(message);
});
