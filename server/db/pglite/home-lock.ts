import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../../errors.ts';

/**
 * Two processes on one PGlite folder destroy it: the second one is refused. A lock left by a
 * process that is gone (kill -9) is taken over. Returns the release.
 */
export function lockHome(home: string): () => void {
  mkdirSync(home, { recursive: true });
  const lock = join(home, 'lock');
  const own = join(home, `lock.${process.pid}`);
  writeFileSync(own, String(process.pid));
  try {
    // A link appears whole, with the number in it, or not at all.
    while (!tryLink(own, lock)) clearStale(lock, home);
  } finally {
    rmSync(own, { force: true });
  }
  return () => {
    if (holderOf(lock) === process.pid) rmSync(lock, { force: true });
  };
}

function tryLink(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock away; throws while its holder lives. */
function clearStale(lock: string, home: string): void {
  const holder = holderOf(lock);
  if (holder === null) return;
  if (holder !== process.pid && isRunning(holder)) {
    throw new DomainError(
      'home_locked',
      `Le dossier « ${home} » est déjà utilisé par un autre Maillage (processus ${holder}) : arrêtez-le, ou choisissez un autre dossier avec MAILLAGE_HOME. Si ce processus n’est pas Maillage, supprimez le fichier « ${lock} ».`,
    );
  }
  const moved = `${lock}.${process.pid}.stale`;
  try {
    renameSync(lock, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Someone else may have taken the stale lock over in between: give theirs back.
  if (holderOf(moved) !== holder) tryLink(moved, lock);
  rmSync(moved, { force: true });
}

/** The process named in a lock; null when there is no lock. */
function holderOf(lock: string): number | null {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
