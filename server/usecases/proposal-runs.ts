import type { Kysely } from 'kysely';
import type { ProposalParameters, ProposalSummary } from '../contracts/proposals.ts';
import type { Plan } from '../core/proposal/plan.ts';
import { borderRepository } from '../db/repositories/borders.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { proposalRepository, type StoredTerritory } from '../db/repositories/proposals.ts';
import { type UnitColumns, unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import type { ProposalTask } from '../workers/proposal.ts';
import { runTask } from '../workers/task.ts';
import { RunQueue, type RunTurn } from './run-queue.ts';

/** Name and version of what draws the territories, stored with every run. */
const ENGINE = 'windows-1';

/** Runs under way and waiting, all users together. */
const MAX_WAITING = 20;

export interface ProposalRuns {
  /** Queues a run and answers it at once. */
  start(vintage: string, parameters: ProposalParameters): Promise<ProposalSummary>;
  cancel(vintage: string, id: number): Promise<ProposalSummary>;
  /** Share done of a run under way, 0 to 1. */
  progress(id: number): number | undefined;
  /** Waits for the end of a run that was started here. */
  ended(id: number): Promise<void>;
  /** Stops what runs; those runs are marked as interrupted at the next start. */
  close(): Promise<void>;
}

/** Proposal runs, one at a time, each in a worker thread. */
export function proposalRuns(
  db: Kysely<Schema>,
  onFailure: (error: unknown, id: number) => void,
): ProposalRuns {
  const proposals = proposalRepository(db);
  const queue = new RunQueue(MAX_WAITING, onFailure);

  async function summary(vintage: string, id: number): Promise<ProposalSummary> {
    const found = await proposals.summary(vintage, id);
    if (!found) {
      throw new DomainError(
        'unknown_proposal',
        `La proposition ${id} n’existe pas : choisissez-en une dans la liste.`,
      );
    }
    return found;
  }

  async function run(
    id: number,
    vintage: string,
    parameters: ProposalParameters,
    { signal, onProgress }: RunTurn,
  ): Promise<void> {
    if (!(await proposals.advance(id, 'running', 0))) return;
    const start = performance.now();
    try {
      const units = await unitRepository(db).columns(vintage);
      const task: ProposalTask = {
        code: units.code,
        population: units.population,
        borders: await borderRepository(db).columns(vintage),
        flows: parameters.flowDataset
          ? await flowRepository(db).totals(parameters.flowDataset, parameters.specialty)
          : { origin: [], destination: [], patients: [] },
        floor: parameters.floor,
        ceiling: parameters.ceiling,
        seed: parameters.seed,
      };
      const plan = await runTask<ProposalTask, Plan>(
        new URL('../workers/proposal.ts', import.meta.url),
        task,
        { signal, onProgress },
      );
      const seconds = (performance.now() - start) / 1000;
      await proposals.complete(id, territoriesOf(plan, units), plan.indicators, seconds);
    } catch (error) {
      if (signal.aborted) return;
      onFailure(error, id);
      await proposals.end(
        id,
        'failed',
        'Le calcul a échoué : relancez-le, et signalez cet échec s’il se répète.',
      );
    }
  }

  return {
    async start(vintage, wanted) {
      queue.refuseFull(
        (most) =>
          `${most} propositions attendent déjà leur tour : arrêtez-en, ou attendez que l’une soit finie.`,
      );
      const parameters = await completed(db, vintage, wanted);
      const id = await proposals.insert(
        vintage,
        parameters.flowDataset ?? null,
        parameters,
        ENGINE,
      );
      queue.add(id, (turn) => run(id, vintage, parameters, turn));
      return summary(vintage, id);
    },

    async cancel(vintage, id) {
      await summary(vintage, id);
      const stopped = await proposals.end(
        id,
        'cancelled',
        'Calcul arrêté à la demande de l’utilisateur.',
      );
      if (!stopped) {
        throw new DomainError(
          'not_cancellable',
          `La proposition ${id} est déjà terminée : il n’y a rien à arrêter.`,
        );
      }
      queue.stop(id);
      return summary(vintage, id);
    },

    progress: (id) => queue.live(id)?.progress,
    ended: (id) => queue.ended(id),
    close: () => queue.close(),
  };
}

/** Fills in the dataset, and refuses what cannot be run. */
async function completed(
  db: Kysely<Schema>,
  vintage: string,
  parameters: ProposalParameters,
): Promise<ProposalParameters> {
  if (parameters.floor > parameters.ceiling) {
    throw new DomainError(
      'band_inverted',
      `Le plancher (${parameters.floor}) dépasse le plafond (${parameters.ceiling}) : échangez-les ou corrigez l’un des deux.`,
    );
  }
  const datasets = flowDatasetRepository(db);
  const dataset = parameters.flowDataset
    ? await datasets.byId(vintage, parameters.flowDataset)
    : await datasets.latest(vintage);
  if (parameters.flowDataset && !dataset) {
    throw new DomainError(
      'unknown_dataset',
      `Le jeu de flux ${parameters.flowDataset} n’existe pas : choisissez-en un dans la liste.`,
    );
  }
  if (
    parameters.specialty !== 'all' &&
    !dataset?.specialties.some(({ key }) => key === parameters.specialty)
  ) {
    throw new DomainError(
      'unknown_specialty',
      `La spécialité « ${parameters.specialty} » n’est pas dans ce jeu de flux : choisissez « all » ou l’une de celles qu’il contient.`,
      { specialties: dataset?.specialties.map(({ key }) => key) ?? [] },
    );
  }
  return dataset ? { ...parameters, flowDataset: dataset.id } : parameters;
}

/** A territory is named after its most populated commune. */
function territoriesOf(plan: Plan, units: UnitColumns): StoredTerritory[] {
  const members: number[][] = Array.from({ length: plan.count }, () => []);
  plan.label.forEach((territory, unit) => {
    members[territory]?.push(unit);
  });
  return members.map((indices, t) => {
    const figures = plan.territories[t];
    const largest = indices.reduce((best, i) =>
      (units.population[i] ?? 0) > (units.population[best] ?? 0) ? i : best,
    );
    return {
      name: units.name[largest] ?? '',
      units: indices.map((i) => units.code[i] ?? ''),
      population: figures?.population ?? 0,
      li: figures?.li ?? null,
      inBand: figures?.inBand ?? false,
      reason: figures?.reason ?? null,
    };
  });
}
