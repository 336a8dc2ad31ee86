import type { Kysely } from 'kysely';
import type { UndoAdoption, UndoneAdoption } from '../contracts/proposal-adoptions.ts';
import { adoptionRepository } from '../db/repositories/adoptions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { finishedProposal } from './finished-proposal.ts';

/**
 * Takes back the adoption of territories: removes the drafts that were made of them, those named or
 * all, as long as nothing was done to them since and by whoever made them. The others are kept, and
 * named. What was removed stays in the trace.
 *
 * @throws DomainError `unknown_proposal`, `proposal_not_done`, `adoption_touched` when none is left
 *   to remove
 */
export async function undoAdoption(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  { cpts: wanted }: UndoAdoption,
  actor: string,
): Promise<UndoneAdoption> {
  await finishedProposal(db, vintage, id);
  return db.transaction().execute(async (tx) => {
    const adoptions = adoptionRepository(tx);
    const drafts = await adoptions.drafts(id, wanted ?? null);
    const removed = drafts.filter(({ touched, author }) => !touched && author === actor);
    const kept = drafts.filter((draft) => !removed.includes(draft));
    if (removed.length === 0) throw nothingToUndo(id, kept);
    await adoptions.remove(removed.map((draft) => draft.id));
    await eventRepository(tx).recordAll(
      removed.map((draft) => ({
        actor,
        verb: 'undo_adoption',
        subject: `cpts/${draft.id}`,
        before: { name: draft.name, status: 'idea', units: draft.units, proposal: id },
      })),
    );
    return {
      removed: removed.map((draft) => draft.id),
      kept: kept.map((draft) => ({ cpts: draft.id, name: draft.name })),
    };
  });
}

function nothingToUndo(id: number, kept: { name: string }[]): DomainError {
  const names = kept.map(({ name }) => `« ${name} »`).slice(0, 3);
  return new DomainError(
    'adoption_touched',
    kept.length > 0
      ? `Depuis leur adoption, ces CPTS de la proposition ${id} ont été modifiées ou partagées, ou quelqu’un d’autre les a adoptées : ${names.join(', ')}${kept.length > 3 ? '…' : ''}. Fermez dans Contrôler celles qui n’ont plus lieu d’être.`
      : `Aucun territoire de la proposition ${id} n’est une CPTS à l’étape « Idée » : il n’y a pas d’adoption à annuler.`,
  );
}
