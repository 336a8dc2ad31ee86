import type { Actor } from './actor.ts';

/**
 * Whether someone may write a draft or a proposed version of a CPTS: a leader those that are theirs,
 * whoever analyses any of them. A decision on it is `mayDecide`.
 */
export function mayEdit({ role, cpts }: Actor, { id }: { id: number }): boolean {
  switch (role) {
    case 'reader':
      return false;
    case 'leader':
      return cpts.includes(id);
    default:
      return true;
  }
}

/** The account that leads what someone creates; null where it does not matter who does. */
export function leaderOf({ role, account }: Actor): number | null {
  return role === 'leader' ? account : null;
}

/**
 * Whether someone may decide on a CPTS that lies in these departments: an officer where every one of
 * them is theirs, since a decision binds all its communes. Of a CPTS whose departments are not known
 * (none of its communes is loaded) only whoever decides everywhere may.
 *
 * @param departments codes of the departments of its communes
 */
export function mayDecide(actor: Actor, departments: readonly string[]): boolean {
  if (actor.role === 'administrator') return true;
  if (actor.role !== 'ars') return false;
  const theirs = actor.departments;
  if (theirs === null) return true;
  return departments.length > 0 && departments.every((code) => theirs.includes(code));
}
