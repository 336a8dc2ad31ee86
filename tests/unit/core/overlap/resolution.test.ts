import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiverOf } from '../../../../server/core/overlap/resolution.ts';

const sent = fc.record({ patients: fc.nat(30), masked: fc.nat(2) });
const unit = fc.record({ toA: sent, toB: sent, alongA: fc.nat(2), alongB: fc.nat(2) });

test('the one that receives most; at a draw the further step, the longer border, the older', () => {
  fc.assert(
    fc.property(
      unit,
      fc.integer({ min: -1, max: 1 }),
      fc.constantFrom(0, 5, 10),
      (shared, further, masked) => {
        const { to, because, tie } = receiverOf(shared, further, masked);
        const worth = ({ patients, masked: cells }: { patients: number; masked: number }) =>
          patients + masked * cells;
        const votes = [
          ['patients', worth(shared.toA) - worth(shared.toB)],
          ['step', further],
          ['border', shared.alongA - shared.alongB],
          ['number', 1],
        ] as const;
        const [reason, difference] = votes.find(([, vote]) => vote !== 0)!;
        expect([because, to]).toEqual([reason, difference > 0 ? 'a' : 'b']);
        expect(tie).toBe(worth(shared.toA) === worth(shared.toB) && worth(shared.toA) > 0);
      },
    ),
  );
});

test('masked is said where some value 1 to 10 of the masked cells gives another receiver or a draw', () => {
  fc.assert(
    fc.property(unit, fc.integer({ min: -1, max: 1 }), (shared, further) => {
      const { to, flows } = receiverOf(shared, further, 5);
      const [first, second] = to === 'a' ? [shared.toA, shared.toB] : [shared.toB, shared.toA];
      let turned = false;
      const patients = first.patients + second.patients + first.masked + second.masked;
      for (let p = 1; p <= 10; p++) {
        for (let q = 1; q <= 10; q++) {
          const difference =
            first.patients + p * first.masked - second.patients - q * second.masked;
          if (difference <= 0) turned = true;
        }
      }
      const hidden = first.masked + second.masked > 0;
      if (patients === 0) expect(flows).toBe('none');
      else expect(flows).toBe(hidden && turned ? 'masked' : 'known');
    }),
  );
});
