import type { Kysely } from 'kysely';
import type {
  ProposalExplanation,
  TerritoryExplanation,
  UnitExplanation,
} from '../contracts/proposal-explanations.ts';
import type { ExplainedTerritory } from '../core/proposal/explain.ts';
import { rounded } from '../db/repositories/flows.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import type { UnitColumns } from '../db/repositories/units.ts';
import { contentOf, vintageRepository } from '../db/repositories/vintages.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import type { Explained, ExplanationTask } from '../workers/proposal-explanation.ts';
import { runTask } from '../workers/task.ts';
import { finishedProposal } from './finished-proposal.ts';
import { keptCare, type RunCare } from './kept-care.ts';
import { labelOf, readAsAsked } from './read-proposal-wishes.ts';

interface Known extends Explained {
  units: UnitColumns;
  label: Int32Array;
  asAsked: boolean;
  care: RunCare;
}

/** Runs whose explanation is kept in memory: a person looks at one, and compares it with another. */
const KEPT = 4;

export interface ProposalExplanations {
  /** @throws DomainError `unknown_proposal`, `proposal_not_done` */
  territories(vintage: string, run: number): Promise<ProposalExplanation>;
  /** @throws DomainError `unknown_proposal`, `proposal_not_done`, `unknown_unit` */
  unit(vintage: string, run: number, code: string): Promise<UnitExplanation>;
}

/** Explanations of finished runs, made in a thread when first asked for. */
export function proposalExplanations(db: () => Kysely<Schema>): ProposalExplanations {
  const known = new Map<string, Promise<Known>>();

  async function explained(vintage: string, id: number): Promise<Known> {
    // A run that was removed is not explained from memory.
    const run = await finishedProposal(db(), vintage, id);
    const { parameters, createdAt } = run;
    const now = await vintageRepository(db()).byId(vintage);
    const key = `${now && contentOf(now)} ${id} ${createdAt}`;
    const found = known.get(key) ?? explain();
    known.delete(key);
    known.set(key, found);
    for (const oldest of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return found.catch((error: unknown) => {
      known.delete(key);
      throw error;
    });

    async function explain(): Promise<Known> {
      const poleRun = parameters.poleRun ?? (await defaultPoles(parameters.flowDataset));
      const { wishes, units, asAsked } = await readAsAsked(db(), vintage, id, {
        ...parameters,
        ...(poleRun !== undefined && { poleRun }),
      });
      const label = await labelOf(db(), id, units.code);
      const count = label.reduce((most, t) => Math.max(most, t + 1), 0);
      const found = await runTask<ExplanationTask, Explained>(
        new URL('../workers/proposal-explanation.ts', import.meta.url),
        { wishes, areaKm2: units.areaKm2, label, count },
      );
      return { ...found, units, label, asAsked, care: await keptCare(db(), vintage, run) };
    }
  }

  async function defaultPoles(dataset: number | undefined): Promise<number | undefined> {
    return dataset === undefined ? undefined : poleRepository(db()).analyse(dataset);
  }

  return {
    async territories(vintage, run) {
      const { territories, inside, units, epci, asAsked, care } = await explained(vintage, run);
      return {
        run,
        asAsked,
        inside: rounded(inside, 6),
        care: care.all,
        territories: territories.map((one, id) => ({
          ...tell(one, id, units, epci),
          care: care.of(id),
        })),
      };
    },

    async unit(vintage, run, code) {
      const { alternatives, units, label, patients, asAsked } = await explained(vintage, run);
      const at = units.code.indexOf(code);
      if (at < 0) {
        throw new DomainError(
          'unknown_unit',
          `La commune ${code} n’est pas dans la région chargée : vérifiez ce code INSEE.`,
        );
      }
      const territory = label[at]!;
      return {
        run,
        asAsked,
        code,
        name: units.name[at]!,
        population: units.population[at]!,
        territory: territory < 0 ? null : territory,
        alternatives: alternatives[at]!.map((one) => ({
          ...one,
          patients: rounded(one.patients, 1),
          inside: patients > 0 ? rounded(one.patients / patients, 9) : 0,
        })),
      };
    },
  };
}

function tell(
  { epciCut, poles, leaks, ...one }: ExplainedTerritory,
  id: number,
  units: UnitColumns,
  epci: Explained['epci'],
): Omit<TerritoryExplanation, 'care'> {
  return {
    ...one,
    id,
    li: one.li === null ? null : rounded(one.li, 6),
    msi: one.msi === null ? null : rounded(one.msi, 6),
    patients: rounded(one.patients, 1),
    compactness: one.compactness === null ? null : rounded(one.compactness, 6),
    leaks: leaks.map(({ territory, patients }) => ({
      territory,
      patients: rounded(patients, 1),
      share: rounded(patients / one.patients, 6),
    })),
    epciCut: epciCut.map(({ epci: number, share }) => ({
      ...epci[number]!,
      share: rounded(share, 6),
    })),
    poles: poles.map((unit) => ({ code: units.code[unit]!, name: units.name[unit]! })),
  };
}
