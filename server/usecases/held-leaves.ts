import { DomainError } from '../errors.ts';

const LEAF_KEY = 'cpts_member_leaf';

/**
 * Writes members of CPTS, within a transaction. The database holds the rule that members are leaves: when a commune is
 * divided, or made whole, between the reading of a list and its writing, its refusal becomes a
 * sentence.
 *
 * @throws DomainError `divided_meanwhile`
 */
export async function heldLeaves<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== LEAF_KEY) throw error;
    throw new DomainError(
      'divided_meanwhile',
      'Une de ces communes vient d’être divisée ou réunie par quelqu’un d’autre, rien n’a été enregistré : rechargez la page, vérifiez le territoire, puis enregistrez de nouveau.',
      undefined,
      { cause: error },
    );
  }
}
