import type { Kysely } from 'kysely';
import type { ProposalSummary } from '../contracts/proposals.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';

/**
 * A finished run.
 *
 * @throws DomainError `unknown_proposal`, `proposal_not_done`
 */
export async function finishedProposal(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
): Promise<ProposalSummary> {
  const run = await proposalRepository(db).summary(vintage, id);
  if (!run) throw unknownProposal(id);
  if (run.status === 'done') return run;
  throw new DomainError('proposal_not_done', withoutResult(run));
}

/** Why a run has no territories, and what to do. */
function withoutResult({ id, status, message }: ProposalSummary): string {
  switch (status) {
    case 'failed':
      return `La proposition ${id} a échoué et n’a pas de territoires${message ? ` (« ${message.replace(/\.$/, '')} »)` : ''} : relancez-la avec d’autres souhaits, ou choisissez-en une terminée.`;
    case 'cancelled':
      return `La proposition ${id} a été arrêtée avant la fin et n’a pas de territoires : relancez-la, ou choisissez-en une terminée.`;
    case 'interrupted':
      return `La proposition ${id} a été interrompue par un arrêt du serveur et n’a pas de territoires : relancez-la, ou choisissez-en une terminée.`;
    default:
      return `La proposition ${id} n’est pas terminée : attendez la fin du calcul, ou choisissez-en une autre.`;
  }
}

export function unknownProposal(id: number): DomainError {
  return new DomainError(
    'unknown_proposal',
    `La proposition ${id} n’existe pas : choisissez-en une dans la liste.`,
  );
}

export function unknownTerritory(id: number, territory: number): DomainError {
  return new DomainError(
    'unknown_territory',
    `La proposition ${id} n’a pas de territoire ${territory} : choisissez-en un dans sa liste.`,
  );
}
