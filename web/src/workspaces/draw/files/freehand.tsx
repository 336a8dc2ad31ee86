import { effect, signal } from '@preact/signals';
import type { Geometry } from 'geojson';
import { useEffect } from 'preact/hooks';
import type { ApiFailure } from '../../../api/client.ts';
import { fetchOutlineShares } from '../../../api/territory-files.ts';
import { mainMap } from '../../../map/main-map.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { ProgressBar } from '../../../shell/progress.tsx';
import { announce } from '../../../state/announce.ts';
import { isPhone, setPanel } from '../../../state/panels.ts';
import type { Region } from '../../../state/region.ts';
import { asFailure } from '../../../state/resource.ts';
import { leavePreview, preview, sharesIn } from './preview.ts';
import { frameOf, sketchOn } from './sketch.ts';

/** The next stroke on the map is an outline. */
const sketching = signal(false);
const asking = signal<AbortController | null>(null);
const trouble = signal<ApiFailure | null>(null);

type Ring = [number, number][];

/** The communes inside a ring, by share of area, to preview. */
export async function askShares(region: Region, ring: Ring, source: string): Promise<void> {
  asking.peek()?.abort();
  const controller = new AbortController();
  asking.value = controller;
  trouble.value = null;
  try {
    const outline = { type: 'Polygon' as const, coordinates: [ring] };
    const answer = await fetchOutlineShares(outline, controller.signal);
    if (controller.signal.aborted) return;
    preview(region, {
      source,
      shares: sharesIn(region, answer.units),
      byArea: true,
      outline: answer.outline as Geometry | null,
    });
  } catch (cause) {
    if (!controller.signal.aborted) trouble.value = asFailure(cause);
  } finally {
    if (asking.peek() === controller) asking.value = null;
  }
}

function startSketch(): void {
  leavePreview();
  trouble.value = null;
  sketching.value = true;
  announce('Tracez le contour sur la carte d’un seul trait. Échap pour renoncer.');
  // On a phone the panel covers the map.
  if (isPhone.peek()) setPanel('left', false);
}

export function Freehand({ region }: { region: Region }) {
  useEffect(() => followSketch(region), [region]);
  return (
    <details class="card">
      <summary>Tracer un contour à main levée…</summary>
      <div class="fields">
        <p class="quiet">
          Un trait de la souris ou du doigt autour des communes&nbsp;: celles qui y ont la majorité
          de leur surface sont proposées.
        </p>
        <p class="button-row">
          <button
            type="button"
            class="button"
            aria-pressed={sketching.value}
            onClick={() => {
              if (sketching.peek()) sketching.value = false;
              else startSketch();
            }}
          >
            {sketching.value ? 'Renoncer au tracé' : 'Tracer sur la carte'}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              const map = mainMap.peek();
              if (map) void askShares(region, frameOf(map), 'cadre de la carte');
            }}
          >
            Prendre le cadre de la carte
          </button>
        </p>
        {asking.value && <ProgressBar label="Recherche des communes" value={null} />}
        {trouble.value && <FailureNotice error={trouble.value} />}
      </div>
    </details>
  );
}

/** The map takes a stroke while `sketching`; Échap gives it up. */
function followSketch(region: Region): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') sketching.value = false;
  };
  const stop = effect(() => {
    const map = mainMap.value;
    if (!map || !sketching.value) return undefined;
    addEventListener('keydown', onKey);
    const remove = sketchOn(map, (ring) => {
      if (!ring) {
        announce('Tracé trop court\u00a0: faites le tour des communes d’un seul trait.');
        return;
      }
      sketching.value = false;
      if (isPhone.peek()) setPanel('left', true);
      void askShares(region, ring, 'contour à main levée');
    });
    return () => {
      removeEventListener('keydown', onKey);
      remove();
    };
  });
  return () => {
    stop();
    sketching.value = false;
    asking.peek()?.abort();
  };
}
