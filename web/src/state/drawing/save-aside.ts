import { computed, effect } from '@preact/signals';
import { saveTerritory } from '../../api/territories.ts';
import { region } from '../analysis.ts';
import { announce } from '../announce.ts';
import { create, written } from '../cpts.ts';
import { changeAside, draftsAside } from '../draft.ts';
import type { Region } from '../region.ts';
import { asFailure } from '../resource.ts';
import type { Draft } from './draft-model.ts';
import { alreadyMade, codesOf, inTurn, RETRY } from './save.ts';

const waits = computed(() => [...draftsAside.value.values()].some(({ saving }) => saving !== null));

/** Sends the saves of drawings put aside too when the server answers again; gives what stops it. */
export function retrySavesAside(): () => void {
  const attempt = () => void inTurn(sendAll);
  return effect(() => {
    if (!waits.value || !region.value) return;
    const timer = setInterval(attempt, RETRY);
    addEventListener('online', attempt);
    return () => {
      clearInterval(timer);
      removeEventListener('online', attempt);
    };
  });
}

async function sendAll(): Promise<void> {
  const loaded = region.peek();
  if (!loaded || navigator.onLine === false) return;
  for (const [key, draft] of draftsAside.peek()) {
    if (draft.saving === null) continue;
    try {
      changeAside(key, await send(loaded, draft));
    } catch (cause) {
      const error = asFailure(cause);
      // The others would wait as long for nothing.
      if (error.code === 'unreachable') return;
      // The choice is asked for when it is saved from the screen.
      changeAside(key, { ...draft, saving: null });
      const name = draft.editing?.name ?? draft.name.trim();
      announce(
        `«\u00a0${name}\u00a0» n’est pas enregistrée, reprenez ce dessin\u00a0: ${error.message}`,
      );
    }
  }
}

/** What the drawing is once the server has it; null where nothing is left to keep. */
async function send(loaded: Region, draft: Draft): Promise<Draft | null> {
  const { editing: edited, base, units, saving } = draft;
  if (edited === null) {
    const [codes, name] = [codesOf(loaded, [...units]), draft.name.trim()];
    const made = (await alreadyMade(name, codes)) || (await create({ name, units: codes }));
    // Another creation is on its way: the next turn looks again.
    return made ? null : draft;
  }
  const saved = await saveTerritory(edited.id, {
    basedOn: edited.version,
    added: codesOf(
      loaded,
      [...units].filter((unit) => !base.has(unit)),
    ),
    removed: codesOf(
      loaded,
      [...base].filter((unit) => !units.has(unit)),
    ),
    ...saving,
  });
  written(saved);
  announce(`Version ${saved.version} de «\u00a0${saved.name}\u00a0» enregistrée.`);
  return { ...draft, editing: { ...edited, version: saved.version }, base: units, saving: null };
}
