import { startWorker } from './start-worker.ts';
import type { TileAnswer, TileLayers, TileQuestion } from './tile-protocol.ts';

export interface TileCutter {
  /** Gzipped vector tile, or null where nothing is. */
  tile(z: number, x: number, y: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

const MAX_CACHED = 4000;

/** The tile thread of one vintage, with the tiles it has already cut. */
export async function startTileCutter(layers: TileLayers): Promise<TileCutter> {
  const worker = startWorker(new URL('./tiles.ts', import.meta.url), layers);
  const waiting = new Map<number, (answer: TileAnswer) => void>();
  const cut = new Map<string, Promise<Uint8Array | null>>();
  let lastId = 0;

  await new Promise<void>((resolve, reject) => {
    waiting.set(0, () => resolve());
    worker.once('error', reject);
    worker.on('message', (answer: TileAnswer) => {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    });
  });

  function ask(z: number, x: number, y: number): Promise<Uint8Array | null> {
    return new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, ({ tile }) => resolve(tile));
      worker.postMessage({ id: lastId, z, x, y } satisfies TileQuestion);
    });
  }

  return {
    tile(z, x, y) {
      const key = `${z}/${x}/${y}`;
      const known = cut.get(key);
      if (known) return known;
      if (cut.size >= MAX_CACHED) cut.clear();
      const tile = ask(z, x, y);
      cut.set(key, tile);
      return tile;
    },
    async close() {
      await worker.terminate();
    },
  };
}
