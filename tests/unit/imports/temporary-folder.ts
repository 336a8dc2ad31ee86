import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { DomainError, type ErrorCode } from '../../../server/errors.ts';

/** A folder for the files of one test file, gone at its end. */
export function temporaryFolder(): {
  path: string;
  write(name: string, content: string | Uint8Array): string;
} {
  const path = mkdtempSync(join(tmpdir(), 'maillage-imports-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
  };
}

/** The refusal that `act` meets: its code, and one French sentence that holds every given piece. */
export function expectRefusal(act: () => unknown, code: ErrorCode, ...pieces: string[]): void {
  let refusal: unknown;
  try {
    act();
  } catch (error) {
    refusal = error;
  }
  checkRefusal(refusal, code, ...pieces);
}

export function checkRefusal(refusal: unknown, code: ErrorCode, ...pieces: string[]): void {
  if (!(refusal instanceof DomainError)) throw refusal ?? new Error(`${code} was expected`);
  expect(refusal.code, refusal.message).toBe(code);
  for (const piece of pieces) expect(refusal.message).toContain(piece);
  expect(refusal.message).toMatch(/^[«A-ZÀÉÎ].*\.$/);
}
