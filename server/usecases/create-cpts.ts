import type { Kysely } from 'kysely';
import type { Cpts, CreateCpts } from '../contracts/cpts.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';

/**
 * Creates a CPTS (status `idea`) from a list of commune codes or from a territory of a proposal.
 * Drafts may overlap: that is how conflicts come to light.
 */
export async function createCpts(
  db: Kysely<Schema>,
  vintage: string,
  wanted: CreateCpts,
  actor: string,
): Promise<Cpts> {
  const units = [...new Set(await wantedUnits(db, vintage, wanted))].sort();
  return db.transaction().execute(async (tx) => {
    const cpts = cptsRepository(tx);
    const name = wanted.name.trim();
    const id = await cpts.insert(name, 'idea', units, actor);
    await eventRepository(tx).record({
      actor,
      verb: 'create',
      subject: `cpts/${id}`,
      after: { name, status: 'idea', units },
    });
    const created = await cpts.byId(id);
    if (!created) throw new Error(`CPTS ${id} was created but is not there`);
    return created;
  });
}

async function wantedUnits(
  db: Kysely<Schema>,
  vintage: string,
  wanted: CreateCpts,
): Promise<string[]> {
  if ((wanted.units === undefined) === (wanted.proposal === undefined)) {
    throw new DomainError(
      'ambiguous_content',
      'Indiquez soit la liste des communes (units), soit le territoire d’une proposition (proposal), mais pas les deux.',
    );
  }
  if (wanted.proposal) return territoryUnits(db, vintage, wanted.proposal);
  const units = wanted.units ?? [];
  const missing = await unitRepository(db).missing(vintage, units);
  if (missing.length > 0) {
    throw new DomainError(
      'unknown_units',
      missing.length === 1
        ? `Le code ${missing[0]} ne correspond à aucune commune chargée : vérifiez ce code INSEE ou retirez-le de la liste.`
        : `${missing.length} codes ne correspondent à aucune commune chargée (${missing.slice(0, 5).join(', ')}${missing.length > 5 ? '…' : ''}) : vérifiez ces codes INSEE ou retirez-les de la liste.`,
      { codes: missing },
    );
  }
  return units;
}

async function territoryUnits(
  db: Kysely<Schema>,
  vintage: string,
  { id, territory }: NonNullable<CreateCpts['proposal']>,
): Promise<string[]> {
  const proposals = proposalRepository(db);
  const run = await proposals.summary(vintage, id);
  if (!run) {
    throw new DomainError(
      'unknown_proposal',
      `La proposition ${id} n’existe pas : choisissez-en une dans la liste.`,
    );
  }
  if (run.status !== 'done') {
    throw new DomainError(
      'proposal_not_done',
      `La proposition ${id} n’est pas terminée : attendez la fin du calcul, ou choisissez-en une autre.`,
    );
  }
  const units = await proposals.unitsOf(id, territory);
  if (units.length === 0) {
    throw new DomainError(
      'unknown_territory',
      `La proposition ${id} n’a pas de territoire ${territory} : choisissez-en un dans sa liste.`,
    );
  }
  return units;
}
