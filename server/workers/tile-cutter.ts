import { startWorker } from './start-worker.ts';
import { overview } from './tile-overview.ts';
import type { TileAnswer, TileLayers, TileQuestion } from './tile-protocol.ts';

export interface TileCutter {
  /** Gzipped vector tile, or null where nothing is. */
  tile(z: number, x: number, y: number): Promise<Uint8Array | null>;
  /**
   * Cuts the tiles that a map of the whole region shows before any asks, one after the other: a tile
   * that is asked for waits for one of them at most. Settles when they are cut, or `close` is called.
   */
  cutAhead(bbox: [west: number, south: number, east: number, north: number]): Promise<void>;
  close(): Promise<void>;
}

const MAX_CACHED = 4000;

/** The tile thread of one vintage, with the tiles it has already cut. */
export async function startTileCutter(layers: TileLayers): Promise<TileCutter> {
  const worker = startWorker(new URL('./tiles.ts', import.meta.url), layers);
  const waiting = new Map<
    number,
    { resolve: (tile: Uint8Array | null) => void; reject: (error: Error) => void }
  >();
  const cut = new Map<string, Promise<Uint8Array | null>>();
  let lastId = 0;
  let stopped: Error | null = null;

  const ready = new Promise<Uint8Array | null>((resolve, reject) => {
    waiting.set(0, { resolve, reject });
  });
  worker.on('message', (answer: TileAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.failure === undefined) asked?.resolve(answer.tile);
    else asked?.reject(new Error(answer.failure));
  });
  worker.on('error', (error) => stop(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => stop(new Error('the tile thread has stopped')));
  await ready;

  function stop(error: Error): void {
    stopped ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function ask(z: number, x: number, y: number): Promise<Uint8Array | null> {
    if (stopped) return Promise.reject(stopped);
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, z, x, y } satisfies TileQuestion);
    });
  }

  function tile(z: number, x: number, y: number): Promise<Uint8Array | null> {
    const key = `${z}/${x}/${y}`;
    const known = cut.get(key);
    if (known) return known;
    if (cut.size >= MAX_CACHED) cut.clear();
    const asked = ask(z, x, y);
    cut.set(key, asked);
    // A failure is not kept: the next request asks again.
    asked.catch(() => cut.delete(key));
    return asked;
  }

  let closing = false;

  return {
    tile,
    async cutAhead(bbox) {
      for (const [z, x, y] of overview(bbox)) {
        if (closing) return;
        await tile(z, x, y);
      }
    },
    async close() {
      closing = true;
      // What was asked is answered first: a region is replaced while its tiles are on their way.
      await Promise.allSettled(cut.values());
      await worker.terminate();
    },
  };
}
