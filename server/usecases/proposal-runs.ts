import { availableParallelism } from 'node:os';
import type { Kysely } from 'kysely';
import type {
  Proposal,
  ProposalBest,
  ProposalIndicators,
  ProposalParameters,
  ProposalSummary,
} from '../contracts/proposals.ts';
import type { Plan } from '../core/proposal/plan.ts';
import { eventRepository, type NewEvent } from '../db/repositories/events.ts';
import { proposalRepository, type StoredTerritory } from '../db/repositories/proposals.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import type { ProposalTask } from '../workers/proposal.ts';
import { runTask } from '../workers/task.ts';
import { unknownProposal } from './finished-proposal.ts';
import { completeWishes } from './proposal-wishes.ts';
import { type ReadWishes, readWishes } from './read-proposal-wishes.ts';
import { RunQueue, type RunTurn } from './run-queue.ts';

/** Name and version of what draws the territories, stored with every run. */
const ENGINE = 'crossed-4';

/** Runs under way and waiting, all users together. */
const MAX_WAITING = 20;

export interface ProposalRuns {
  /** Queues a run and answers it at once. */
  start(vintage: string, parameters: ProposalParameters, actor: string): Promise<ProposalSummary>;
  /** @throws DomainError `unknown_proposal` */
  run(vintage: string, id: number): Promise<Proposal>;
  /** @throws DomainError `unknown_proposal` */
  summary(vintage: string, id: number): Promise<ProposalSummary>;
  list(
    vintage: string,
    limit: number,
    offset: number,
  ): Promise<{ items: ProposalSummary[]; total: number }>;
  /** @throws DomainError `unknown_proposal`, `not_cancellable` */
  cancel(vintage: string, id: number, actor: string): Promise<ProposalSummary>;
  /**
   * Removes a run that is over; CPTS made of its territories stay.
   *
   * @throws DomainError `unknown_proposal`, `proposal_not_done`
   */
  remove(vintage: string, id: number, actor: string): Promise<void>;
  /** Calls back at each news of a run, until what it answers is called. */
  watch(id: number, changed: () => void): () => void;
  /** Waits for the end of a run that was started here. */
  ended(id: number): Promise<void>;
  /** Stops what runs; those runs are marked as interrupted at the next start. */
  close(): Promise<void>;
}

/** Threads that search; the starts of a region are two, and one core is left to the server. */
const THREADS = Math.max(1, Math.min(4, availableParallelism()));

/** Proposal runs, one at a time, in worker threads. */
export function proposalRuns(
  db: Kysely<Schema>,
  onFailure: (error: unknown, id: number) => void,
): ProposalRuns {
  const proposals = proposalRepository(db);
  const queue = new RunQueue(MAX_WAITING, onFailure);
  const bests = new Map<number, ProposalBest>();

  /** How far a run under way is, is in memory and not in the database. */
  function live<T extends ProposalSummary>(run: T): T {
    const now = run.status === 'running' ? queue.live(run.id) : undefined;
    return now ? { ...run, progress: now.progress, best: bests.get(run.id) ?? null } : run;
  }

  async function summary(vintage: string, id: number): Promise<ProposalSummary> {
    const found = await proposals.summary(vintage, id);
    if (found) return live(found);
    throw unknownProposal(id);
  }

  const trace = (tx: Kysely<Schema>, id: number, event: Omit<NewEvent, 'subject'>) =>
    eventRepository(tx).record({ ...event, subject: `proposal/${id}` });

  /** Ends a run that gave nothing; false where it had ended. */
  async function end(
    id: number,
    after: { status: 'failed' | 'cancelled'; message: string },
    actor: string,
  ): Promise<boolean> {
    return db.transaction().execute(async (tx) => {
      const ended = await proposalRepository(tx).end(id, after.status, after.message);
      const verb = after.status === 'cancelled' ? 'cancel_run' : 'end_run';
      if (ended) await trace(tx, id, { actor, verb, after });
      return ended;
    });
  }

  async function run(
    id: number,
    vintage: string,
    { parameters, actor }: { parameters: ProposalParameters; actor: string },
    { signal, onProgress, onNews }: RunTurn,
  ): Promise<void> {
    if (!(await proposals.advance(id, 'running', 0))) return;
    const start = performance.now();
    try {
      const read = await readWishes(db, vintage, parameters);
      refuseEmpty(parameters, read);
      const { name, areaKm2 } = read.units;
      const plan = await runTask<ProposalTask, Plan, ProposalIndicators>(
        new URL('../workers/proposal.ts', import.meta.url),
        { wishes: read.wishes, name, areaKm2, threads: THREADS },
        {
          signal,
          onProgress,
          onNews: ({ territories, inBand, inBandShare, inside }) => {
            bests.set(id, { territories, inBand, inBandShare, inside });
            onNews();
          },
        },
      );
      const seconds = (performance.now() - start) / 1000;
      const { indicators } = plan;
      await db.transaction().execute(async (tx) => {
        const stored = proposalRepository(tx);
        const territories = territoriesOf(plan, read);
        if (!(await stored.complete(id, territories, indicators, seconds, read.asRead))) return;
        const after = { status: 'done', seconds, indicators };
        await trace(tx, id, { actor, verb: 'end_run', after });
      });
    } catch (error) {
      if (signal.aborted) return;
      const refused = error instanceof DomainError;
      if (!refused) onFailure(error, id);
      const message = refused
        ? error.message
        : 'Le calcul a échoué : relancez-le, et signalez cet échec s’il se répète.';
      await end(id, { status: 'failed', message }, actor);
    } finally {
      bests.delete(id);
    }
  }

  return {
    async start(vintage, wanted, actor) {
      queue.refuseFull(
        (most) =>
          `${most} propositions attendent déjà leur tour : arrêtez-en, ou attendez que l’une soit finie.`,
      );
      const parameters = await completeWishes(db, vintage, wanted);
      const id = await db.transaction().execute(async (tx) => {
        const dataset = parameters.flowDataset ?? null;
        const stored = proposalRepository(tx);
        const made = await stored.insert(vintage, dataset, parameters, ENGINE, THREADS);
        await trace(tx, made, { actor, verb: 'start_run', after: { parameters } });
        return made;
      });
      queue.add(id, (turn) => run(id, vintage, { parameters, actor }, turn));
      return summary(vintage, id);
    },

    summary,

    async run(vintage, id) {
      const found = await proposals.byId(vintage, id);
      if (found) return live(found);
      throw unknownProposal(id);
    },

    async list(vintage, limit, offset) {
      const { items, total } = await proposals.list(vintage, limit, offset);
      return { items: items.map(live), total };
    },

    async cancel(vintage, id, actor) {
      await summary(vintage, id);
      const message = 'Calcul arrêté à la demande de l’utilisateur.';
      const stopped = await end(id, { status: 'cancelled', message }, actor);
      if (!stopped) {
        throw new DomainError(
          'not_cancellable',
          `La proposition ${id} est déjà terminée : il n’y a rien à arrêter.`,
        );
      }
      queue.stop(id);
      return summary(vintage, id);
    },

    async remove(vintage, id, actor) {
      const { status, parameters, indicators, createdAt } = await summary(vintage, id);
      if (status === 'queued' || status === 'running') {
        throw new DomainError(
          'proposal_not_done',
          `La proposition ${id} est en cours de calcul : arrêtez-la d’abord.`,
        );
      }
      await db.transaction().execute(async (tx) => {
        await proposalRepository(tx).remove(id);
        const before = { status, parameters, indicators, createdAt };
        await trace(tx, id, { actor, verb: 'remove_run', before });
      });
    },

    watch: (id, changed) => queue.watch(id, changed),
    ended: (id) => queue.ended(id),
    close: () => queue.close(),
  };
}

/** What only what is stored when the run begins can tell. */
function refuseEmpty({ improves }: ProposalParameters, { wishes }: ReadWishes): void {
  if (wishes.scope?.length === 0) {
    throw new DomainError(
      'contradictory_wishes',
      'Toutes les communes sont déjà dans une CPTS reconnue : il n’y a rien à compléter.',
    );
  }
  if (improves && !wishes.improved) {
    throw new DomainError(
      'unknown_proposal',
      `La proposition ${improves.proposal}, à améliorer, a été supprimée depuis : partez d’une autre.`,
    );
  }
}

/** A territory is named after its most populated commune. */
function territoriesOf(plan: Plan, { units, kept }: ReadWishes): StoredTerritory[] {
  const index = new Map(units.code.map((code, i) => [code, i]));
  const cpts = new Map(
    kept.map((one) => [plan.label[index.get(one.units[0] ?? '') ?? -1], one.cpts]),
  );
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
      cpts: cpts.get(t) ?? null,
    };
  });
}
