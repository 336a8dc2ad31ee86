import type { Kysely } from 'kysely';
import type { FlowRun, FlowRunKind, FlowRunPage, FlowRunSummary } from '../contracts/flow-runs.ts';
import { eventRepository, type NewEvent } from '../db/repositories/events.ts';
import { type FlowRunEnd, flowRunRepository } from '../db/repositories/flow-runs.ts';
import type { Schema } from '../db/schema.ts';
import { diskFull } from '../disk-full.ts';
import { DomainError } from '../errors.ts';
import { keptRequest } from '../request-scope.ts';
import { RunQueue, type RunTurn } from './run-queue.ts';

/** Runs under way and waiting, all users together. */
const MAX_WAITING = 10;

/** What a run makes: a dataset unless it only looks into one, and what there is to tell of it. */
export interface FlowRunResult {
  dataset?: number;
  report?: unknown;
}

/**
 * The work of a run. A `DomainError` it throws is told to the user; `details.report`, where there
 * is one, is kept as the report of the run.
 */
type FlowWork = (turn: RunTurn) => Promise<FlowRunResult>;

export interface FlowRuns {
  /**
   * Queues work and answers its run at once.
   *
   * @throws DomainError `too_many_runs`
   */
  start(
    vintage: string,
    kind: FlowRunKind,
    name: string,
    work: FlowWork,
    actor: string,
  ): Promise<FlowRunSummary>;
  /** @throws DomainError `unknown_flow_run` */
  run(vintage: string, id: number): Promise<FlowRun>;
  list(
    vintage: string,
    limit: number,
    offset: number,
  ): Promise<Pick<FlowRunPage, 'items' | 'total'>>;
  /**
   * Asks a run to stop; what it had written is undone, and its end says so.
   *
   * @throws DomainError `unknown_flow_run`, `not_cancellable`
   */
  cancel(vintage: string, id: number, actor: string): Promise<FlowRunSummary>;
  /** Calls back at each news of a run, until what it answers is called. */
  watch(id: number, changed: () => void): () => void;
  /** Waits for the end of a run that was started here. */
  ended(id: number): Promise<void>;
  /** Stops what runs; those runs are marked as interrupted at the next start. */
  close(): Promise<void>;
}

/** Imports and models of flows, one at a time. */
export function flowRuns(
  db: Kysely<Schema>,
  onFailure: (error: unknown, id: number) => void,
): FlowRuns {
  const stored = flowRunRepository(db);
  const queue = new RunQueue(MAX_WAITING, onFailure);
  // PGlite is one connection, which an import holds: what runs is told without asking it.
  const underWay = new Map<number, FlowRunSummary & { vintage: string }>();

  const trace = (tx: Kysely<Schema>, id: number, event: Omit<NewEvent, 'subject'>) =>
    eventRepository(tx).record({ ...event, subject: `flow-run/${id}` });

  /** Who stopped a run under way, and on behalf of which request. */
  const stopped = new Map<number, { actor: string; onBehalf: ReturnType<typeof keptRequest> }>();

  /** Writes how a run ended, once; the report stays with the run. */
  async function end(id: number, { report, ...how }: FlowRunEnd, actor: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      if (!(await flowRunRepository(tx).end(id, { ...how, report }))) return;
      const verb = how.status === 'cancelled' ? 'cancel_run' : 'end_run';
      await trace(tx, id, { actor, verb, after: how });
    });
  }

  async function perform(id: number, work: FlowWork, turn: RunTurn, actor: string): Promise<void> {
    await stored.begin(id);
    const started = performance.now();
    // Stopped meanwhile, the work would wait for a stop that has already come.
    const worked = turn.signal.aborted ? Promise.reject(turn.signal.reason) : work(turn);
    const how = await worked.then(
      (result): FlowRunEnd => ({ status: 'done', ...result }),
      (error: unknown): FlowRunEnd | null => {
        if (queue.closing) return null;
        if (turn.signal.aborted) return cancelled;
        const known = error instanceof DomainError ? error : diskFull(error);
        if (!known) onFailure(error, id);
        return failed(known);
      },
    );
    if (!how) return;
    const timed = { ...how, seconds: (performance.now() - started) / 1000 };
    const stop = how.status === 'cancelled' ? stopped.get(id) : undefined;
    if (stop) await stop.onBehalf(() => end(id, timed, stop.actor));
    else await end(id, timed, actor);
  }

  function live(id: number): FlowRunSummary | undefined {
    const known = underWay.get(id);
    const now = queue.live(id);
    if (!known || !now) return undefined;
    const { vintage: _, ...summary } = known;
    const status = now.started ? 'running' : 'queued';
    return { ...summary, status, progress: now.progress, step: now.step };
  }

  async function run(vintage: string, id: number): Promise<FlowRun> {
    const now = underWay.get(id)?.vintage === vintage ? live(id) : undefined;
    const found = now ? { ...now, report: null } : await stored.byId(vintage, id);
    if (found) return found;
    throw new DomainError(
      'unknown_flow_run',
      `Le travail n° ${id} n’existe pas : la liste est à l’adresse /api/flow-runs.`,
    );
  }

  return {
    run,

    async start(vintage, kind, name, work, actor) {
      queue.refuseFull(
        (most) =>
          `${most} imports ou modélisations attendent déjà leur tour : arrêtez-en, ou attendez que l’un soit fini.`,
      );
      const summary = await db.transaction().execute(async (tx) => {
        const made = await flowRunRepository(tx).insert(vintage, kind, name);
        await trace(tx, made.id, { actor, verb: 'start_run', after: { kind, name } });
        return made;
      });
      const { id } = summary;
      underWay.set(id, { ...summary, vintage });
      queue.add(id, (turn) =>
        perform(id, work, turn, actor).finally(() => {
          underWay.delete(id);
          stopped.delete(id);
        }),
      );
      return live(id) ?? summary;
    },

    async list(vintage, limit, offset) {
      const { items, total } = await stored.list(vintage, limit, offset);
      return { items: items.map((item) => live(item.id) ?? item), total };
    },

    async cancel(vintage, id, actor) {
      const before = await run(vintage, id);
      // What is under way may hold the only connection: its end is written when it has let go.
      if (queue.live(id)) stopped.set(id, { actor, onBehalf: keptRequest() });
      if (!queue.stop(id)) {
        throw new DomainError(
          'not_cancellable',
          `Le travail n° ${id} est déjà terminé : il n’y a rien à arrêter.`,
        );
      }
      if (before.status === 'queued') {
        underWay.delete(id);
        await end(id, cancelled, actor);
      }
      return run(vintage, id);
    },

    watch: (id, changed) => queue.watch(id, changed),
    ended: (id) => queue.ended(id),
    close: () => queue.close(),
  };
}

const cancelled: FlowRunEnd = {
  status: 'cancelled',
  message: 'Arrêté à la demande de l’utilisateur : rien n’a été chargé.',
};

function failed(error: DomainError | null): FlowRunEnd {
  if (!error) {
    return {
      status: 'failed',
      code: 'internal',
      message:
        'Ce travail a échoué pour une raison inattendue, rien n’a été chargé : relancez-le, et signalez cet échec s’il se répète.',
    };
  }
  const { code, message, details } = error;
  const report = (details as { report?: unknown } | undefined)?.report;
  return { status: 'failed', code, message, report };
}
