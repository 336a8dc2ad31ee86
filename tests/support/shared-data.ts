import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * The directory of development data (`MAILLAGE_TEST_DATA`, or `../shared/data` from the project's
 * root), or null, saying so, where it is absent: the tests that need it then skip.
 */
export function sharedData(): string | null {
  const directory = resolve(root, process.env.MAILLAGE_TEST_DATA ?? '../shared/data');
  if (existsSync(directory)) return directory;
  if (process.env.CI && process.env.MAILLAGE_TEST_DATA) {
    throw new Error(`MAILLAGE_TEST_DATA names no folder: ${directory}`);
  }
  console.warn(`skipped: tests on real data, because ${directory} is absent`);
  return null;
}
