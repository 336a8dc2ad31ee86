import { expect, test } from 'vitest';
import { failedAttempts } from '../../../../server/core/accounts/attempts.ts';

test('after so many failures a key waits until the oldest is out of the window', () => {
  const attempts = failedAttempts({ most: 3, window: 100, keys: 10 });
  for (const at of [0, 10, 20]) {
    expect(attempts.wait('a', at)).toBe(0);
    attempts.failed('a', at);
  }
  expect(attempts.wait('a', 20)).toBe(80);
  expect(attempts.wait('b', 20)).toBe(0);
  expect(attempts.wait('a', 99)).toBe(1);
  expect(attempts.wait('a', 100)).toBe(0);
  attempts.failed('a', 100);
  expect(attempts.wait('a', 100)).toBe(10);
});

test('an attempt that succeeds is not counted, and a key can be forgotten', () => {
  const attempts = failedAttempts({ most: 2, window: 100, keys: 10 });
  attempts.failed('a', 1);
  attempts.failed('a', 2);
  attempts.succeeded('a', 2);
  expect(attempts.wait('a', 3)).toBe(0);
  attempts.failed('a', 3);
  expect(attempts.wait('a', 3)).toBe(98);
  attempts.forget('a');
  expect(attempts.wait('a', 3)).toBe(0);
});

test('whoever tries many keys does not fill the memory', () => {
  const attempts = failedAttempts({ most: 1, window: 100, keys: 3 });
  for (const key of ['a', 'b', 'c', 'a', 'd']) attempts.failed(key, 1);
  expect(['a', 'b', 'c', 'd'].map((key) => attempts.wait(key, 1) > 0)).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
