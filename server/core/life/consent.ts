import type { Actor } from '../accounts/actor.ts';
import { mayDecide } from '../accounts/scope.ts';

/** A CPTS whose territory a proposed version would change. */
interface Owned {
  id: number;
  /** of the units it has and of those it would have */
  departments: readonly string[];
}

/**
 * As what someone may agree to a proposed version: `accepted_by` who decides on the CPTS, `agreed_by`
 * its leader, null who has no say.
 */
export function consentOf(actor: Actor, { id, departments }: Owned): Consent | null {
  if (mayDecide(actor, departments)) return 'accepted_by';
  if (actor.role === 'leader' && actor.cpts.includes(id)) return 'agreed_by';
  return null;
}
export type Consent = 'accepted_by' | 'agreed_by';

/**
 * Whether nothing more is waited for. The territory of a recognised CPTS changes by a decision; that
 * of another by its leader's agreement, or by a decision in their place.
 */
export function isAgreed(version: {
  agreedBy: string | null;
  acceptedBy: string | null;
  recognised: boolean;
}): boolean {
  return version.acceptedBy !== null || (!version.recognised && version.agreedBy !== null);
}
