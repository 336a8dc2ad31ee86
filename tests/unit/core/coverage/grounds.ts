import fc from 'fast-check';
import { buildAdjacency } from '../../../../server/core/graph/adjacency.ts';

/**
 * A grid of squares, some walls between neighbours taken away, with its edge; and sets of its units.
 */
export const groundWithSets = fc
  .record({
    columns: fc.integer({ min: 1, max: 7 }),
    rows: fc.integer({ min: 1, max: 6 }),
    blocked: fc.array(fc.nat(100), { maxLength: 8 }),
  })
  .chain(({ columns, rows, blocked }) => {
    const n = columns * rows;
    const a: number[] = [];
    const b: number[] = [];
    for (let u = 0; u < n; u++) {
      const nexts = [(u + 1) % columns === 0 ? n : u + 1, u + columns];
      for (const next of nexts.filter((unit) => unit < n)) {
        a.push(u);
        b.push(next);
      }
    }
    const gone = new Set(blocked);
    const keep = a.map((_, line) => line).filter((line) => !gone.has(line));
    const adjacency = buildAdjacency(
      n,
      keep.map((line) => a[line]!),
      keep.map((line) => b[line]!),
      keep.map(() => 1),
    );
    const atEdge = Uint8Array.from({ length: n }, (_, u) => {
      const [x, y] = [u % columns, Math.floor(u / columns)];
      return x === 0 || y === 0 || x === columns - 1 || y === rows - 1 ? 1 : 0;
    });
    // Dense sets enclose, sparse ones are enclosed.
    const set = fc
      .record({
        density: fc.integer({ min: 1, max: 9 }),
        drawn: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }),
      })
      .map(({ density, drawn }) =>
        drawn.flatMap((luck, unit) => (luck < density ? [unit] : [])).reverse(),
      );
    return fc.record({
      adjacency: fc.constant(adjacency),
      atEdge: fc.constant(atEdge),
      population: fc.array(fc.nat(3), { minLength: n, maxLength: n }),
      sets: fc.array(set, { minLength: 1, maxLength: 5 }),
    });
  });
