import type { Kysely } from 'kysely';
import type { AdoptProposal, ProposalAdoption } from '../contracts/proposal-adoptions.ts';
import { parisDay } from '../core/life/days.ts';
import { accountRepository } from '../db/repositories/accounts.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { type AdoptableTerritory, proposalRepository } from '../db/repositories/proposals.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { completeSaved } from './complete-versions.ts';
import { finishedProposal, unknownTerritory } from './finished-proposal.ts';
import { heldLeaves } from './held-leaves.ts';

/**
 * Makes a draft CPTS of each territory asked for, or of all that are none yet: all or nothing. A
 * territory whose CPTS was closed since may be adopted again.
 *
 * @throws DomainError `unknown_proposal`, `proposal_not_done`, `unknown_territory`, `already_adopted`
 */
export async function adoptProposal(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  { territories: wanted }: AdoptProposal,
  actor: string,
  leader: number | null = null,
): Promise<ProposalAdoption> {
  await finishedProposal(db, vintage, id);
  const adopted = await db.transaction().execute(async (tx) => {
    const proposals = proposalRepository(tx);
    const all = await proposals.territoriesForAdoption(id);
    const chosen = wanted ? choose(id, all, wanted) : all.filter(isFree);
    if (chosen.length === 0) throw alreadyAdopted(id, all);
    const names = toldApart(
      chosen.map(({ name }) => name),
      await cptsRepository(tx).namesInUse(),
    );
    const { unit, territory } = await proposals.members(id);
    const units = new Map<number, string[]>(chosen.map((one) => [one.id, []]));
    unit.forEach((code, k) => {
      units.get(territory[k]!)?.push(code);
    });
    const on = parisDay(new Date());
    const drafts = chosen.map((one) => units.get(one.id)!);
    const ids = await heldLeaves(cptsRepository(tx).insertIdeas(names, drafts, { actor, on }));
    await cptsVersionRepository(tx).insertFirst(ids, actor, on);
    await accountRepository(tx).lead(leader, ids);
    await proposals.markAdopted(
      id,
      chosen.map((one) => one.id),
      ids,
    );
    await eventRepository(tx).recordAll(
      ids.map((cpts, k) => ({
        actor,
        verb: 'create',
        subject: `cpts/${cpts}`,
        after: {
          name: names[k],
          status: 'idea',
          units: drafts[k],
          ...(leader !== null && { leader }),
          proposal: { id, territory: chosen[k]!.id },
        },
      })),
    );
    return {
      created: chosen.map((one, k) => ({ territory: one.id, cpts: ids[k]!, name: names[k]! })),
    };
  });
  await completeSaved(
    db,
    vintage,
    adopted.created.map(({ cpts }) => cpts),
  );
  return adopted;
}

const isFree = ({ adoptedAs }: AdoptableTerritory) => adoptedAs === null;

function choose(id: number, all: AdoptableTerritory[], wanted: number[]): AdoptableTerritory[] {
  const known = new Map(all.map((one) => [one.id, one]));
  const missing = wanted.find((territory) => !known.has(territory));
  if (missing !== undefined) throw unknownTerritory(id, missing);
  const chosen = wanted.map((territory) => known.get(territory)!);
  const taken = chosen.filter((one) => !isFree(one));
  if (taken.length > 0) throw alreadyAdopted(id, taken);
  return chosen;
}

function alreadyAdopted(id: number, taken: AdoptableTerritory[]): DomainError {
  const [first] = taken;
  const details = {
    territories: taken.map((one) => ({ territory: one.id, cpts: one.cpts, name: one.adoptedAs })),
  };
  return new DomainError(
    'already_adopted',
    taken.length === 1
      ? `Le territoire « ${first?.name} » de la proposition ${id} est déjà la CPTS « ${first?.adoptedAs} » : ouvrez-la, ou retirez ce territoire de la demande.`
      : `${taken.length} des territoires de la proposition ${id} sont déjà des CPTS (« ${first?.adoptedAs} »…) : ouvrez-les, ou retirez ces territoires de la demande.`,
    details,
  );
}

/** Names that differ from each other and from those in use: « Vendôme », « Vendôme (2) ». */
function toldApart(names: readonly string[], inUse: readonly string[]): string[] {
  const taken = new Set(inUse);
  return names.map((name) => {
    let free = name;
    for (let k = 2; taken.has(free); k++) free = `${name} (${k})`;
    taken.add(free);
    return free;
  });
}
