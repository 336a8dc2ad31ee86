import type { Kysely } from 'kysely';
import type { CareKind } from '../contracts/flow-words.ts';
import type { ProposalComparison } from '../contracts/proposal-comparisons.ts';
import type { ProposalIndicators } from '../contracts/proposals.ts';
import { inTellingOrder } from '../core/flows/care-kinds.ts';
import { commonScope } from '../core/proposal/common-scope.ts';
import { matchTerritories } from '../core/proposal/match.ts';
import { missedTarget, polesApart } from '../core/proposal/wished-figures.ts';
import { rounded } from '../db/repositories/flows.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import type { FiguresTask } from '../workers/proposal-figures.ts';
import { runTask } from '../workers/task.ts';
import { finishedProposal, unknownProposal } from './finished-proposal.ts';
import { keptCare } from './kept-care.ts';
import { labelOf, readAsAsked, readPoles } from './read-proposal-wishes.ts';

/**
 * Two finished runs side by side, and the communes that change side: both on the communes that the two
 * divide, as a commune outside one scope changes nothing.
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
  const plan = await labelOf(db, id, code);
  const otherPlan = await labelOf(db, otherId, code);
  const common = commonScope(plan, otherPlan);
  const communesInBoth = common.reduce((sum, counts) => sum + counts, 0);
  const one = plan.map((t, u) => (common[u] ? t : -1));
  const two = otherPlan.map((t, u) => (common[u] ? t : -1));
  const whole = plan.every((t, u) => t >= 0 === otherPlan[u]! >= 0);
  const matches = matchTerritories(one, two, population);
  const otherOf = new Map(matches.map((pair) => [pair.one, pair.other]));
  const communes = [...code.keys()]
    .filter((u) => common[u] && otherOf.get(one[u]!) !== two[u])
    .map((u) => ({
      code: code[u]!,
      name: name[u]!,
      population: population[u]!,
      territory: one[u]!,
      other: two[u]!,
    }));
  const figures = (label: Int32Array, of: typeof run) =>
    whole ? of.indicators! : figuresOnCommon(db, vintage, of.id, label, common);
  const matched = new Set(otherOf.values());
  return {
    run: id,
    with: otherId,
    common: { communes: communesInBoth, whole },
    indicators: await figures(plan, run),
    otherIndicators: await figures(otherPlan, other),
    care: await careOfBoth(),
    wished: {
      poles: await polesOfBoth(),
      target: targetOfBoth(),
    },
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

  async function careOfBoth() {
    const here = (await keptCare(db, vintage, run, otherId)).all;
    const there = (await keptCare(db, vintage, other, id)).all;
    const inside = (care: typeof here, kind: CareKind) =>
      care.find((one) => one.kind === kind)?.inside ?? null;
    return inTellingOrder([...here, ...there].map(({ kind }) => kind)).map((kind) => ({
      kind,
      run: inside(here, kind),
      with: inside(there, kind),
    }));
  }

  async function polesOfBoth() {
    const wishing = [run, other].find(
      ({ parameters }) => parameters.weights.poles > 0 && parameters.poleRun !== undefined,
    );
    if (!wishing) return null;
    const poles = await readPoles(db, vintage, wishing.parameters);
    const units = poles.map((pole) => code.indexOf(pole)).filter((u) => u >= 0 && common[u]);
    if (units.length === 0) return null;
    return {
      run: rounded(polesApart(plan, units), 6),
      with: rounded(polesApart(otherPlan, units), 6),
    };
  }

  function targetOfBoth() {
    const wishing = [run, other].find(({ parameters }) => parameters.weights.target > 0);
    if (!wishing || communesInBoth === 0) return null;
    const { target, floor, ceiling } = wishing.parameters;
    const inhabitants = Math.round(target ?? (floor + ceiling) / 2);
    // Of the whole territories that hold what is compared.
    const missed = (label: Int32Array) => {
      const held = new Set(label.filter((_, u) => common[u]));
      const whole = label.map((t) => (held.has(t) ? t : -1));
      return rounded(missedTarget(whole, population, inhabitants), 6);
    };
    return { inhabitants, run: missed(plan), with: missed(otherPlan) };
  }
}

/** The figures of a run on some of its communes, with its own flows. */
async function figuresOnCommon(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  label: Int32Array,
  units: Uint8Array,
): Promise<ProposalIndicators> {
  const run = await proposalRepository(db).byId(vintage, id);
  if (!run) throw unknownProposal(id);
  const { wishes, units: known } = await readAsAsked(db, vintage, id, run.parameters);
  const { columns } = wishes;
  const territories = run.territories.map(({ inBand, reason }) => ({ inBand, reason }));
  return runTask<FiguresTask, ProposalIndicators>(
    new URL('../workers/proposal-figures.ts', import.meta.url),
    { columns, areaKm2: known.areaKm2, label, territories, units },
  );
}

function numbers(label: Int32Array): number[] {
  return [...new Set(label)].filter((t) => t >= 0).sort((p, q) => p - q);
}
