import { DomainError } from '../errors.ts';
import type { OnProgress } from '../imports/rows.ts';

/** A run under way is told of at least so often, whatever it is at. */
export const BEAT_MS = 400;

/** What the work of a run is given. */
export interface RunTurn {
  /** aborted when the run is stopped, by a user or with the server */
  signal: AbortSignal;
  onProgress: OnProgress;
  /** a French sentence: what is being done */
  onStep: (step: string) => void;
  /** what the work itself keeps of the run has changed */
  onNews: () => void;
}

/** A run that waits or is under way. */
export interface LiveRun {
  started: boolean;
  /** share done, 0 to 1 */
  progress: number;
  step: string | null;
}

interface Entry extends LiveRun {
  abort: AbortController;
  ended: Promise<void>;
}

/** Runs one at a time, in the order they were asked for; what they tell is kept in memory. */
export class RunQueue {
  readonly #most: number;
  readonly #onFailure: (error: unknown, id: number) => void;
  readonly #entries = new Map<number, Entry>();
  readonly #watchers = new Map<number, Set<() => void>>();
  #last: Promise<void> = Promise.resolve();
  #closing = false;

  /** `most`: runs under way and waiting. `onFailure` is told what the work itself did not catch. */
  constructor(most: number, onFailure: (error: unknown, id: number) => void) {
    this.#most = most;
    this.#onFailure = onFailure;
  }

  /** @throws DomainError `too_many_runs` with the sentence given */
  refuseFull(sentence: (most: number) => string): void {
    if (this.#entries.size < this.#most) return;
    throw new DomainError('too_many_runs', sentence(this.#most));
  }

  /** Queues the work of a run; a run stopped before its turn is not begun. */
  add(id: number, work: (turn: RunTurn) => Promise<void>): void {
    const entry: Entry = {
      started: false,
      progress: 0,
      step: null,
      abort: new AbortController(),
      ended: Promise.resolve(),
    };
    const { signal } = entry.abort;
    this.#entries.set(id, entry);
    const turn: RunTurn = {
      signal,
      onProgress: (done, total) => {
        entry.progress = total > 0 ? Math.min(1, done / total) : 0;
        this.#tell(id);
      },
      onStep: (step) => {
        entry.step = step;
        this.#tell(id);
      },
      onNews: () => this.#tell(id),
    };
    this.#last = this.#last
      .then(async () => {
        if (this.#closing || signal.aborted) return;
        entry.started = true;
        this.#tell(id);
        const beat = setInterval(() => this.#tell(id), BEAT_MS);
        await work(turn).finally(() => clearInterval(beat));
      })
      .catch((error) => this.#onFailure(error, id))
      .finally(() => {
        this.#entries.delete(id);
        this.#tell(id);
      });
    entry.ended = this.#last;
  }

  live(id: number): Readonly<LiveRun> | undefined {
    return this.#entries.get(id);
  }

  /** Calls `changed` at each news of the run, until what it answers is called. */
  watch(id: number, changed: () => void): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(changed));
    return () => {
      watchers.delete(changed);
      if (watchers.size === 0) this.#watchers.delete(id);
    };
  }

  /** Stops a run; false when it is over. */
  stop(id: number): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    entry.step = 'Arrêt en cours';
    entry.abort.abort(new Error('cancelled'));
    this.#tell(id);
    return true;
  }

  /** Waits for the end of a run that was added here. */
  async ended(id: number): Promise<void> {
    await this.#entries.get(id)?.ended;
  }

  /** Stops everything; `closing` then tells the work that nobody asked for that. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const { abort } of this.#entries.values()) abort.abort(new Error('closing'));
    await this.#last;
  }

  get closing(): boolean {
    return this.#closing;
  }

  #tell(id: number): void {
    for (const changed of this.#watchers.get(id) ?? []) changed();
  }
}
