import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Answers that many pages ask for and that never change for one region, ready to be sent. */
export interface KeptAnswers {
  /** The gzipped answer of a key, made now unless it is there; a failure is not kept. */
  gzipped(key: string, make: () => unknown): Promise<Buffer>;
}

/** Keeps the answers last asked for, `most` bytes of them at most once gzipped. */
export function keptAnswers(most = 64 * 1024 * 1024): KeptAnswers {
  const kept = new Map<string, { answer: Promise<Buffer>; bytes: number }>();
  let total = 0;

  function forget(key: string): void {
    total -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return {
    gzipped(key, make) {
      const known = kept.get(key);
      if (known) {
        // Last in the order of the map: the first is the one that was asked for longest ago.
        kept.delete(key);
        kept.set(key, known);
        return known.answer;
      }
      const entry = { answer: packed(make), bytes: 0 };
      kept.set(key, entry);
      entry.answer.then(
        ({ length }) => {
          if (kept.get(key) !== entry) return;
          entry.bytes = length;
          total += length;
          for (const oldest of kept.keys()) {
            if (total <= most || oldest === key) break;
            forget(oldest);
          }
        },
        () => {
          if (kept.get(key) === entry) forget(key);
        },
      );
      return entry.answer;
    },
  };
}

/** Bytes as they are, anything else as JSON; compressed off the event loop. */
async function packed(make: () => unknown): Promise<Buffer> {
  const made = await make();
  return promisify(gzip)(made instanceof Uint8Array ? made : JSON.stringify(made));
}
