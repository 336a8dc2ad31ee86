import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  applied,
  effective,
  emptyLog,
  inverted,
  type OperationLog,
  performed,
  renamed,
  replayed,
} from '../../../../server/core/drawing/operations.ts';

const units = fc.array(fc.nat(7), { maxLength: 8 });
const gesture = fc.oneof(
  fc.record({ added: units, removed: units }),
  fc.constantFrom('undo' as const, 'redo' as const),
);

it('leads where gestures, undone and redone, lead one by one', () => {
  fc.assert(
    fc.property(units, fc.array(gesture, { maxLength: 30 }), (start, gestures) => {
      let log: OperationLog = emptyLog;
      let members = new Set(start);
      // The members after each operation in force: what undoing must come back to.
      const past = [new Set(start)];
      for (const step of gestures) {
        if (step === 'undo') {
          if (log.cursor === 0) continue;
          members = applied(members, inverted(log.operations[log.cursor - 1]!));
          log = { ...log, cursor: log.cursor - 1 };
        } else if (step === 'redo') {
          if (log.cursor === log.operations.length) continue;
          members = applied(members, log.operations[log.cursor]!);
          log = { ...log, cursor: log.cursor + 1 };
        } else {
          const change = effective(members, step.added, step.removed);
          members = applied(members, change);
          log = performed(log, { ...change, tool: 'essai', at: 0 });
          past.length = log.cursor;
          past.push(members);
        }
        expect(members).toEqual(past[log.cursor]);
        expect(replayed(start, log)).toEqual(members);
      }
    }),
  );
});

it('keeps of a gesture what changes something, and addition over removal', () => {
  const change = effective(new Set([1, 2]), [2, 3, 3], [1, 3, 4]);
  expect(change).toEqual({ added: [3], removed: [1] });
});

it('is kept by names, without the units that have none', () => {
  const operation = { added: [0, 9], removed: [1], tool: 'brush', at: 5 };
  const codes = ['01001', '01002'];
  const kept = renamed(operation, (unit) => codes[unit]);
  expect(kept).toEqual({ added: ['01001'], removed: ['01002'], tool: 'brush', at: 5 });
  const back = renamed(kept, (code) => codes.indexOf(code));
  expect(back).toEqual({ ...operation, added: [0] });
});
