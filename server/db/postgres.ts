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
    throw unreachable(databaseUrl, cause);
  }
}

/** Names the session lock below; any constant will do. */
const ONE_SERVER = 20_190_621;

/**
 * One program at a time: a second server would call the first one's runs interrupted, and an import
 * would change the communes under it. Held by a connection of its own, so that a killed program
 * lets go. Returns the release.
 */
export async function holdDatabase(databaseUrl: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock($1) as held',
    [ONE_SERVER],
  );
  if (rows[0]?.held) return () => client.end();
  await client.end();
  throw new DomainError(
    'database_in_use',
    `La base de données ${withoutPassword(databaseUrl)} est déjà utilisée par un autre Maillage : arrêtez-le, puis recommencez.`,
  );
}

/** SQLSTATE → what the user can mend. */
const refusals: Record<string, string> = {
  '28P01': 'le mot de passe est refusé : corrigez-le dans DATABASE_URL',
  '28000': 'ce compte n’a pas le droit de s’y connecter : corrigez le compte dans DATABASE_URL',
  '3D000':
    'cette base n’existe pas sur le serveur : créez-la, ou corrigez son nom dans DATABASE_URL',
  '53300':
    'le serveur a déjà trop de connexions : fermez-en, ou augmentez sa limite max_connections',
};

function unreachable(databaseUrl: string, cause: unknown): DomainError {
  const { code, message } = cause as { code?: string; message?: string };
  const where = `La base de données ${withoutPassword(databaseUrl)}`;
  const refusal = refusals[code ?? ''];
  return new DomainError(
    'database_unreachable',
    refusal
      ? `${where} refuse la connexion : ${refusal}.`
      : `${where} ne répond pas (${code ?? message ?? 'cause inconnue'}) : vérifiez qu’elle est démarrée et que DATABASE_URL est juste, ou retirez DATABASE_URL pour utiliser la base embarquée.`,
    undefined,
    { cause },
  );
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
