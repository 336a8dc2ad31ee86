import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Path of a file shipped by an npm dependency. */
export function packageFile(specifier: string): string {
  return require.resolve(specifier);
}

/**
 * JSON shipped by an npm dependency. Read here rather than imported: an import would have the
 * compiler infer a type from megabytes, and load them at start-up even when nobody needs them.
 */
export function packageJson<T>(specifier: string): T {
  return JSON.parse(readFileSync(packageFile(specifier), 'utf8')) as T;
}
