import type { FastifyInstance } from 'fastify';
import { DomainError } from './errors.ts';

/**
 * Refuses the text « 1e999 » where a number is expected: the validator makes Infinity of it, for
 * which it then checks no bounds.
 */
export function refuseInfiniteNumbers(app: FastifyInstance): void {
  app.addHook('preHandler', async ({ params, query, body }) => {
    // The router's objects have a prototype of their own.
    for (const given of [{ ...(params as object) }, { ...(query as object) }, body]) {
      const where = infiniteIn(given, '');
      if (where === null) continue;
      throw new DomainError(
        'invalid_request',
        `« ${where} » est un nombre trop grand : corrigez cette valeur et renvoyez la requête.`,
      );
    }
  });
}

/** Path of a number that is not finite in what was parsed; null where there is none. */
function infiniteIn(value: unknown, path: string): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : path;
  if (!isParsed(value)) return null;
  for (const [name, part] of Object.entries(value)) {
    const found = infiniteIn(part, path ? `${path}.${name}` : name);
    if (found !== null) return found;
  }
  return null;
}

/** A list or a plain object, not a stream that carries a file. */
function isParsed(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const kind = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null || Array.isArray(value);
}
