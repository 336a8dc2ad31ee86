import type { Kysely } from 'kysely';
import type { ProposalComparison } from '../contracts/proposal-comparisons.ts';
import { matchTerritories } from '../core/proposal/match.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { finishedProposal } from './finished-proposal.ts';
import { labelOf } from './read-proposal-wishes.ts';

/**
 * Two finished runs side by side, and the communes that change side.
 *
 * @throws DomainError `unknown_proposal`, `proposal_not_done`
 */
export async function compareProposals(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  otherId: number,
): Promise<ProposalComparison> {
  const run = await finishedProposal(db, vintage, id);
  const other = await finishedProposal(db, vintage, otherId);
  const { code, name, population } = await unitRepository(db).leaves(vintage);
  const one = await labelOf(db, id, code);
  const two = await labelOf(db, otherId, code);
  const matches = matchTerritories(one, two, population);
  const otherOf = new Map(matches.map((pair) => [pair.one, pair.other]));
  const territory = (t: number) => (t < 0 ? null : t);
  const communes = [...code.keys()]
    .filter((u) => (one[u]! < 0 ? -1 : otherOf.get(one[u]!)) !== two[u])
    .map((u) => ({
      code: code[u]!,
      name: name[u]!,
      population: population[u]!,
      territory: territory(one[u]!),
      other: territory(two[u]!),
    }));
  const matched = new Set(otherOf.values());
  return {
    run: id,
    with: otherId,
    indicators: run.indicators!,
    otherIndicators: other.indicators!,
    territories: [
      ...matches.map((pair) => ({
        territory: pair.one,
        other: pair.other,
        population: pair.population,
      })),
      ...numbers(one)
        .filter((t) => !otherOf.has(t))
        .map((t) => ({ territory: t, other: null, population: 0 })),
      ...numbers(two)
        .filter((t) => !matched.has(t))
        .map((t) => ({ territory: null, other: t, population: 0 })),
    ],
    communes,
    population: communes.reduce((sum, commune) => sum + commune.population, 0),
  };
}

function numbers(label: Int32Array): number[] {
  return [...new Set(label)].filter((t) => t >= 0).sort((p, q) => p - q);
}
