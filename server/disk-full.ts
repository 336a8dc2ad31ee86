import { DomainError } from './errors.ts';

/** Of the file system, and of PostgreSQL (SQLSTATE). */
const full = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** The failure as a user can be told of it where a disk was full, or null. */
export function diskFull(error: unknown, doing = ''): DomainError | null {
  if (!full.has((error as { code?: string } | null)?.code ?? '')) return null;
  return new DomainError(
    'disk_full',
    `Le disque du serveur est plein${doing && `, ${doing}`} : libérez de la place, puis recommencez.`,
    undefined,
    { cause: error },
  );
}
