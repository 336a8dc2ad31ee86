import { computed, effect, signal, untracked } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import type { StaleVersion } from '../../../../server/contracts/cpts-versions.ts';
import { applied } from '../../../../server/core/drawing/operations.ts';
import type { ApiFailure } from '../../api/client.ts';
import { fetchCpts } from '../../api/maillage.ts';
import { saveTerritory } from '../../api/territories.ts';
import { region } from '../analysis.ts';
import { announce } from '../announce.ts';
import { create, written } from '../cpts.ts';
import {
  clearDraft,
  draftBase,
  draftName,
  editing,
  openCpts,
  rebase,
  replaceUnits,
  settledUnits,
  waitingSave,
  waitToSave,
} from '../draft.ts';
import { type Region, unitsOf } from '../region.ts';
import { asFailure } from '../resource.ts';
import type { SaveWanted } from './draft-model.ts';

/** A version is on its way to the server. */
export const savingVersion = signal(false);

/** What others made of the CPTS since the version drawn on, until the reader chooses. */
export const stale = signal<(StaleVersion & { id: number; said: SaveWanted }) | null>(null);

/** Why the save that waited was refused when the server answered again. */
export const lateRefusal = signal<ApiFailure | null>(null);

/** What the drawing on screen changes of what it started from. */
export const draftChange = computed(() => {
  const [base, units] = [draftBase.value, settledUnits.value];
  return {
    added: [...units].filter((unit) => !base.has(unit)),
    removed: [...base].filter((unit) => !units.has(unit)),
  };
});

/**
 * Saves the drawing as the next version of the CPTS edited; of a recognised one, proposes it, and the
 * drawing stays what it changes of the version in force. Null where it is not saved: another save
 * is on its way, the server does not answer (it is then sent when it does), or others saved since
 * (`stale` then says what). Throws any other refusal of the API.
 */
export async function saveVersion(loaded: Region, said: SaveWanted = {}): Promise<Cpts | null> {
  const edited = editing.peek();
  if (edited === null || savingVersion.peek()) return null;
  savingVersion.value = true;
  const sent = settledUnits.peek();
  const { added, removed } = draftChange.peek();
  try {
    const saved = await saveTerritory(edited.id, {
      basedOn: edited.version,
      added: codesOf(loaded, added),
      removed: codesOf(loaded, removed),
      ...said,
    });
    const proposed = saved.version === edited.version ? saved.proposed : null;
    if (proposed) waitToSave(null);
    else if (editing.peek()?.id === saved.id) rebase(editingOf(saved), sent);
    written(saved);
    announce(
      proposed
        ? `Version ${proposed} de «\u00a0${saved.name}\u00a0» proposée\u00a0: elle remplacera la version ${saved.version} quand elle sera acceptée.`
        : `Version ${saved.version} de «\u00a0${saved.name}\u00a0» enregistrée.`,
    );
    return saved;
  } catch (cause) {
    const error = asFailure(cause);
    if (error.code === 'unreachable') wait(said);
    else if (error.code === 'stale_version') onStale(loaded, edited.id, sent, error, said);
    else {
      waitToSave(null);
      throw error;
    }
    return null;
  } finally {
    savingVersion.value = false;
  }
}

const editingOf = ({ id, version, name, createdAt }: Cpts) => ({ id, version, name, createdAt });

function wait(said: SaveWanted): void {
  if (waitingSave.peek() === null) {
    announce('Le serveur ne répond pas\u00a0: l’enregistrement attend qu’il réponde.');
  }
  waitToSave(said);
}

function onStale(
  loaded: Region,
  id: number,
  sent: ReadonlySet<number>,
  error: ApiFailure,
  said: SaveWanted,
): void {
  waitToSave(null);
  const details = error.details as StaleVersion;
  const theirs = territoryOf(loaded, details);
  const same = theirs.size === sent.size && [...theirs].every((unit) => sent.has(unit));
  if (same) {
    // Ours, whose answer was lost on its way, or the same made elsewhere: nothing to choose.
    rebase({ ...editing.peek()!, version: details.version }, theirs);
    announce(`Version ${details.version} enregistrée.`);
    return;
  }
  stale.value = { ...details, id, said };
  announce(error.message);
}

/** The territory as others left it. */
function territoryOf(loaded: Region, { added, removed }: StaleVersion): ReadonlySet<number> {
  const change = { added: unitsOf(loaded, added), removed: unitsOf(loaded, removed) };
  return applied(draftBase.peek(), change);
}

/** Saves the drawing over what others made. */
export async function keepMine(loaded: Region): Promise<void> {
  const choice = takeChoice(loaded);
  if (choice) await saveVersion(loaded, choice.said);
}

/** Draws what others made, in a gesture that can be undone. */
export function keepTheirs(loaded: Region): void {
  const choice = takeChoice(loaded);
  if (choice) replaceUnits(choice.theirs, 'theirs');
}

/** Makes a CPTS of its own of the drawing, and leaves the other to those who changed it. */
export async function fork(loaded: Region, name: string): Promise<void> {
  const edited = editing.peek();
  if (!stale.peek() || !edited) return;
  const units = codesOf(loaded, [...settledUnits.peek()]);
  const { id, version } = edited;
  const made = await create({ name, units, forkedFrom: { id, version } });
  if (!made) return;
  stale.value = null;
  clearDraft();
  openCpts(made);
}

function takeChoice(loaded: Region) {
  const asked = stale.peek();
  const edited = editing.peek();
  if (!asked || edited?.id !== asked.id) return null;
  stale.value = null;
  const theirs = territoryOf(loaded, asked);
  rebase({ ...edited, version: asked.version }, theirs);
  return { theirs, said: asked.said };
}

/**
 * Creates the CPTS drawn. Null where it is not created: another creation is on its way, or the server
 * does not answer (it is then sent when it does). Throws any other refusal of the API.
 */
export async function saveNew(loaded: Region): Promise<Cpts | null> {
  const units = codesOf(loaded, [...settledUnits.peek()]);
  const name = draftName.peek().trim();
  try {
    const made =
      (waitingSave.peek() && (await alreadyMade(name, units))) || (await create({ name, units }));
    if (made && editing.peek() === null) clearDraft();
    return made;
  } catch (cause) {
    const error = asFailure(cause);
    if (error.code !== 'unreachable') {
      waitToSave(null);
      throw error;
    }
    wait({});
    return null;
  }
}

/** The answer to a creation may be lost on its way: to send it again would make a second CPTS. */
export async function alreadyMade(name: string, units: readonly string[]): Promise<Cpts | null> {
  const same = (await fetchCpts()).find(
    (cpts) =>
      cpts.name === name && cpts.status === 'idea' && cpts.units.join(' ') === units.join(' '),
  );
  if (same) written(same);
  return same ?? null;
}

export const codesOf = (loaded: Region, units: readonly number[]) =>
  units.map((unit) => loaded.code[unit]!).sort();

/** How often a save that waits is tried, ms. */
export const RETRY = 5000;

/** Sends the save that waits when the server answers again; gives what stops it. */
export function retrySaves(): () => void {
  const attempt = () => void inTurn(tryAgain);
  const unfollow = effect(() => {
    if (waitingSave.value === null || !region.value) return;
    const timer = setInterval(attempt, RETRY);
    addEventListener('online', attempt);
    return () => {
      clearInterval(timer);
      removeEventListener('online', attempt);
    };
  });
  // A save that waited before the page was reloaded need not wait for the first turn.
  const started = effect(() => {
    if (region.value && waitingSave.value) untracked(attempt);
  });
  return () => {
    unfollow();
    started();
  };
}

async function tryAgain(): Promise<void> {
  const [loaded, wanted] = [region.peek(), waitingSave.peek()];
  if (!loaded || !wanted || navigator.onLine === false) return;
  try {
    lateRefusal.value = null;
    await (editing.peek() ? saveVersion(loaded, wanted) : saveNew(loaded));
  } catch (cause) {
    lateRefusal.value = asFailure(cause);
    announce(lateRefusal.value.message);
  }
}

/** Two tabs show one drawing: only one of them sends it. */
export async function inTurn(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request('maillage-save', { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}
