import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll } from 'vitest';

/**
 * A password costs a quarter of a second of processor by design, and a test of sessions signs in
 * dozens of times: scrypt is the same here with a thousandth of its work. What it costs in truth is
 * in `tests/unit/usecases/passwords.test.ts`.
 */
export function quickPasswords(): void {
  const { scrypt } = crypto;
  const quick = (
    password: crypto.BinaryLike,
    salt: crypto.BinaryLike,
    length: number,
    cost: crypto.ScryptOptions,
    told: (error: Error | null, key: Buffer) => void,
  ) => scrypt(password, salt, length, { ...cost, N: Math.max(2, (cost.N ?? 2) / 1024) }, told);
  const put = (function_: unknown) => {
    crypto.scrypt = function_ as typeof scrypt;
    syncBuiltinESMExports();
  };
  beforeAll(() => put(quick));
  afterAll(() => put(scrypt));
}
