import pg from 'pg';
import { DomainError } from '../errors.ts';

const INT8 = 20;
const NUMERIC = 1700;

/** A pool on a real PostgreSQL; throws `database_unreachable` when it does not answer. */
export async function openPool(databaseUrl: string): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5000,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  // A server that restarts ends idle connections: the pool replaces them, nothing else to do.
  pool.on('error', () => {});
  try {
    (await pool.connect()).release();
    return pool;
  } catch (cause) {
    await pool.end();
    throw new DomainError(
      'database_unreachable',
      `La base de données ${withoutPassword(databaseUrl)} ne répond pas (${reason(cause)}) : vérifiez qu’elle est démarrée et que DATABASE_URL est juste, ou retirez DATABASE_URL pour utiliser la base embarquée.`,
      undefined,
      { cause },
    );
  }
}

/** Counts and sums come back as numbers, as they do from PGlite. */
function typeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `« ${host}${pathname} »`;
  } catch {
    return '(adresse illisible)';
  }
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'cause inconnue';
}
