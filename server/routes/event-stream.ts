import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { App } from './dependencies.ts';

/** Something that changes until it is over. */
export interface Watched<T> {
  read(): Promise<T>;
  isOver(state: T): boolean;
  /** Calls `changed` when `read` may answer something new, until what it answers is called. */
  watch(changed: () => void): () => void;
}

/** Proxies and browsers drop a connection without news for about a minute. */
const HEARTBEAT_MS = 15_000;
/** News that come quicker than the eye are told together. */
const PAUSE_MS = 100;

/**
 * Server-sent events (WHATWG HTML, 9.2) of a state: sent whole at once, at each change and at each
 * heartbeat; the stream ends with the final state, with the client, or with the server.
 */
export function eventStreams(app: App) {
  const open = new Set<AbortController>();
  // The server waits for its connections before it closes: these would never end.
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort();
  });

  return <T>(reply: FastifyReply, watched: Watched<T>): Readable => {
    const ending = new AbortController();
    open.add(ending);
    reply.raw.once('close', () => {
      ending.abort();
      open.delete(ending);
    });
    reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // kept alive, it would still hold a server that closes for a minute after its last event
      connection: 'close',
      // nginx and its like would keep the events until they fill a buffer
      'x-accel-buffering': 'no',
    });
    return Readable.from(events(watched, ending.signal), { objectMode: false });
  };
}

async function* events<T>(watched: Watched<T>, ending: AbortSignal): AsyncGenerator<string> {
  let changed = false;
  let wake = () => {};
  const stop = watched.watch(() => {
    changed = true;
    wake();
  });
  try {
    while (!ending.aborted) {
      changed = false;
      const state = await watched.read();
      yield `data: ${JSON.stringify(state)}\n\n`;
      if (watched.isOver(state)) return;
      await pause(PAUSE_MS, ending, () => {});
      if (changed) continue;
      await pause(HEARTBEAT_MS, ending, (end) => {
        wake = end;
      });
    }
  } finally {
    stop();
  }
}

/** Waits so long, or until `ending`, or until what `started` is given is called. */
function pause(ms: number, ending: AbortSignal, started: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      ending.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    ending.addEventListener('abort', end);
    if (ending.aborted) end();
    started(end);
  });
}
