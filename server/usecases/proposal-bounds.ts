import type { Kysely } from 'kysely';
import type { ProposalBound } from '../contracts/proposal-bounds.ts';
import { namesWhatChanges } from '../core/proposal/as-read.ts';
import type { InsideBound } from '../core/proposal/bound/inside-bound.ts';
import type { ProposalWishes } from '../core/proposal/wishes.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { rounded } from '../db/repositories/flows.ts';
import { proposalBoundRepository } from '../db/repositories/proposal-bounds.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { runTask } from '../workers/task.ts';
import { finishedProposal } from './finished-proposal.ts';
import { readAsAsked } from './read-proposal-wishes.ts';
import { RunQueue } from './run-queue.ts';

/** Bounds under way and waiting, all users together. */
const MAX_WAITING = 10;

export interface ProposalBounds {
  /** @throws DomainError `unknown_proposal`, `proposal_not_done` */
  read(vintage: string, run: number): Promise<ProposalBound>;
  /**
   * Begins to look for the bound of a run, unless it is known or on its way: one that was stopped is
   * looked for anew, and the lower of both is kept.
   *
   * @throws DomainError `unknown_proposal`, `proposal_not_done`, `no_flow_dataset`, `too_many_runs`
   */
  start(vintage: string, run: number, actor: string): Promise<ProposalBound>;
  /** Stops; the lowest bound so far holds, and is kept. */
  stop(vintage: string, run: number): Promise<ProposalBound>;
  /** Waits for the end of one that was started here. */
  ended(run: number): Promise<void>;
  close(): Promise<void>;
}

/** Proven bounds of finished runs, one at a time, each in a thread. */
export function proposalBounds(
  db: () => Kysely<Schema>,
  onFailure: (error: unknown, run: number) => void,
): ProposalBounds {
  const queue = new RunQueue(MAX_WAITING, onFailure);
  const soFar = new Map<number, number>();
  const failed = new Set<number>();

  async function read(vintage: string, id: number): Promise<ProposalBound> {
    const { indicators, parameters } = await finishedProposal(db(), vintage, id);
    const inside = indicators?.inside ?? 0;
    const live = queue.live(id);
    const kept = await proposalBoundRepository(db()).kept(id);
    const bound = lower(kept.bound, soFar.get(id) ?? null);
    const told = bound !== null && inside > 0 && indicators?.inBandShare === 1;
    const ended = bound === null ? 'none' : kept.complete ? 'done' : 'stopped';
    return {
      run: id,
      asAsked: kept.asRead || !namesWhatChanges(parameters),
      status: live ? (live.started ? 'running' : 'queued') : ended,
      progress: live?.progress ?? (ended === 'done' ? 1 : 0),
      inside: rounded(inside, 6),
      // Rounded up: it must hold.
      bound: bound === null ? null : Math.min(1, rounded(bound + 5e-7, 6)),
      better: told ? Math.max(0, rounded(bound / inside - 1 + 5e-7, 6)) : null,
      message: failed.has(id)
        ? 'Le calcul a échoué : relancez-le, et signalez cet échec s’il se répète.'
        : null,
    };
  }

  async function keep(id: number, found: number, complete: boolean, actor: string): Promise<void> {
    await db()
      .transaction()
      .execute(async (tx) => {
        const bounds = proposalBoundRepository(tx);
        const before = await bounds.kept(id);
        if (!(await bounds.keep(id, found, complete))) return;
        await eventRepository(tx).record({
          actor,
          verb: 'prove_bound',
          subject: `proposal/${id}`,
          before: { bound: before.bound },
          after: { bound: lower(before.bound, found), complete },
        });
      });
  }

  async function find(
    vintage: string,
    { id, actor }: { id: number; actor: string },
    signal: AbortSignal,
    tell: (share: number) => void,
  ) {
    let complete = false;
    try {
      const { parameters } = await finishedProposal(db(), vintage, id);
      const { wishes } = await readAsAsked(db(), vintage, id, parameters);
      await runTask<ProposalWishes, InsideBound | null, InsideBound>(
        new URL('../workers/proposal-bound.ts', import.meta.url),
        wishes,
        { signal, onProgress: tell, onNews: ({ inside }) => soFar.set(id, inside) },
      );
      complete = true;
    } catch (error) {
      if (!signal.aborted) {
        failed.add(id);
        onFailure(error, id);
      }
    } finally {
      const lowest = soFar.get(id);
      if (lowest !== undefined && !queue.closing) await keep(id, lowest, complete, actor);
      soFar.delete(id);
    }
  }

  return {
    read,

    async start(vintage, id, actor) {
      const { parameters } = await finishedProposal(db(), vintage, id);
      if (parameters.flowDataset === undefined) {
        throw new DomainError(
          'no_flow_dataset',
          'Cette proposition a été calculée sans flux : il n’y a rien à garder à l’intérieur, donc rien à comparer. Chargez des flux et lancez-en une autre.',
        );
      }
      const now = await read(vintage, id);
      if (now.status !== 'none' && now.status !== 'stopped') return now;
      queue.refuseFull(
        (most) => `${most} preuves attendent déjà leur tour : attendez que l’une soit finie.`,
      );
      failed.delete(id);
      queue.add(id, ({ signal, onProgress }) =>
        find(vintage, { id, actor }, signal, (share) => onProgress(share, 1)),
      );
      return read(vintage, id);
    },

    async stop(vintage, id) {
      await finishedProposal(db(), vintage, id);
      queue.stop(id);
      await queue.ended(id);
      return read(vintage, id);
    },

    ended: (id) => queue.ended(id),
    close: () => queue.close(),
  };
}

function lower(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
