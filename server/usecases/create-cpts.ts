import type { Kysely } from 'kysely';
import type { Cpts, CreateCpts } from '../contracts/cpts.ts';
import { parisDay } from '../core/life/days.ts';
import { accountRepository } from '../db/repositories/accounts.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { completeSaved } from './complete-versions.ts';
import { finishedProposal, unknownTerritory } from './finished-proposal.ts';
import { heldLeaves } from './held-leaves.ts';
import { knownVersion } from './known-version.ts';

/**
 * Creates a CPTS (status `idea`) from a list of unit codes or from a territory of a proposal; a
 * divided commune stands for all its parts.
 * Drafts may overlap: that is how conflicts come to light. `forkedFrom` keeps which
 * version of another CPTS it was made from.
 * `leader` is the account that leads it from then on, null where none does.
 *
 * @throws DomainError `ambiguous_content`, `unknown_units`, `unknown_proposal`, `proposal_not_done`,
 *   `unknown_territory`, `unknown_cpts`, `unknown_version`
 */
export async function createCpts(
  db: Kysely<Schema>,
  vintage: string,
  wanted: CreateCpts,
  actor: string,
  leader: number | null = null,
): Promise<Cpts> {
  const units = [...new Set(await wantedUnits(db, vintage, wanted))].sort();
  const { forkedFrom = null, label = '', note = '' } = wanted;
  if (forkedFrom) await knownVersion(db, forkedFrom.id, forkedFrom.version);
  const created = await db.transaction().execute(async (tx) => {
    const cpts = cptsRepository(tx);
    const name = wanted.name.trim();
    const on = parisDay(new Date());
    const id = await heldLeaves(cpts.insert(name, units, forkedFrom, { actor, on }));
    const words = { label: label.trim(), note: note.trim() };
    await cptsVersionRepository(tx).insert(
      { cpts: id, number: 1, author: actor, ...words, units, restores: null },
      on,
    );
    await eventRepository(tx).record({
      actor,
      verb: 'create',
      subject: `cpts/${id}`,
      after: {
        name,
        status: 'idea',
        units,
        ...(leader !== null && { leader }),
        ...(forkedFrom && { forkedFrom }),
        ...(wanted.proposal && { proposal: wanted.proposal }),
      },
    });
    await accountRepository(tx).lead(leader, [id]);
    if (wanted.proposal) {
      const { id: run, territory } = wanted.proposal;
      await proposalRepository(tx).markAdopted(run, [territory], [id]);
    }
    const created = await cpts.byId(id);
    if (!created) throw new Error(`CPTS ${id} was created but is not there`);
    return created;
  });
  await completeSaved(db, vintage, [created.id]);
  return created;
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
  await refuseUnknownUnits(db, vintage, units);
  return unitRepository(db).leavesOf(vintage, units);
}

/** @throws DomainError `unknown_units` when some are not in the vintage */
export async function refuseUnknownUnits(
  db: Kysely<Schema>,
  vintage: string,
  units: string[],
): Promise<void> {
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
}

async function territoryUnits(
  db: Kysely<Schema>,
  vintage: string,
  { id, territory }: NonNullable<CreateCpts['proposal']>,
): Promise<string[]> {
  await finishedProposal(db, vintage, id);
  const units = await proposalRepository(db).unitsOf(id, territory);
  if (units.length === 0) throw unknownTerritory(id, territory);
  return units;
}
