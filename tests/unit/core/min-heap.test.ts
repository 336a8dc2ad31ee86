import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MinHeap } from '../../../server/core/min-heap.ts';

test('items come out by key, then by number', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(5))), (items) => {
      const heap = new MinHeap();
      for (const [item, key] of items) heap.push(item, key);
      const out: [number, number][] = [];
      for (let top = heap.pop(); top; top = heap.pop()) out.push([top.item, top.key]);
      expect(out).toEqual([...items].sort(([p, a], [q, b]) => a - b || p - q));
    }),
  );
});
