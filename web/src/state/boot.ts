import { batch, computed, signal } from '@preact/signals';
import type { Health } from '../../../server/contracts/health.ts';
import type { ApiFailure } from '../api/client.ts';
import { fetchHealth, fetchUnitGraph } from '../api/maillage.ts';
import { makeRegion, type Region } from './region.ts';
import { asFailure } from './resource.ts';

export type Boot =
  /** with what the server says it holds, once it has said so */
  | { phase: 'connecting'; health?: Health }
  | { phase: 'preparing'; step: string; progress: number; message: string }
  | { phase: 'failed'; message: string; requestId: string | null }
  | { phase: 'ready'; region: Region };

export const boot = signal<Boot>({ phase: 'connecting' });

/** What the server holds, known before the units are read. */
export const served = computed<Health | null>(() => {
  const now = boot.value;
  if (now.phase === 'ready') return now.region.health;
  return (now.phase === 'connecting' && now.health) || null;
});

/**
 * Reads the units anew, after communes were divided otherwise, and shows them with what `follow`
 * makes of the rest in the same breath: numbers of units mean nothing across the two.
 */
export async function readUnitsAgain(
  follow: (before: Region, after: Region) => void,
): Promise<void> {
  const now = boot.peek();
  if (now.phase !== 'ready') return;
  const graph = await fetchUnitGraph();
  if (graph.vintage === now.region.vintage) return;
  const after = makeRegion(now.region.health, graph);
  batch(() => {
    boot.value = { phase: 'ready', region: after };
    follow(now.region, after);
  });
}

/** Waits for the server's first load, then for the region. */
export async function start(pollMs = 1000): Promise<void> {
  boot.value = { phase: 'connecting' };
  // Asked for in the same breath: mostly the server is ready.
  const early = fetchUnitGraph().catch(() => null);
  try {
    for (;;) {
      const health = await fetchHealth();
      if (health.status === 'ok') {
        boot.value = { phase: 'connecting', health };
        const units = (await early) ?? (await fetchUnitGraph());
        boot.value = { phase: 'ready', region: makeRegion(health, units) };
        return;
      }
      if (health.status === 'failed') {
        boot.value = { phase: 'failed', ...health.error };
        return;
      }
      const { step, progress, error } = health;
      boot.value = { phase: 'preparing', step, progress, message: error.message };
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  } catch (cause) {
    const failure: ApiFailure = asFailure(cause);
    boot.value = { phase: 'failed', message: failure.message, requestId: failure.requestId };
  }
}
