import { computed, signal } from '@preact/signals';
import type { Conflict, Cpts, CreateCpts } from '../../../server/contracts/cpts.ts';
import type { Overlap } from '../../../server/contracts/overlaps.ts';
import type { ApiFailure } from '../api/client.ts';
import { createCpts, fetchCpts, fetchOverlaps } from '../api/maillage.ts';
import { region } from './analysis.ts';
import { announce } from './announce.ts';
import { type Region, unitsOf } from './region.ts';
import { asFailure, readyValue, resource } from './resource.ts';

/** The CPTS just made: its card takes the focus, whose place is gone. */
export const justMade = signal<number | null>(null);

export const cptsList = resource<Cpts[]>();
export const overlaps = resource<Overlap[]>();

/** Failure of the last decision, beside the CPTS it concerns. */
export const decisionFailure = signal<{ id: number; error: ApiFailure } | null>(null);
export const deciding = signal<number | null>(null);

export const allCpts = computed<Cpts[]>(() => readyValue(cptsList.state.value) ?? []);
/** A closed CPTS holds no territory any more. */
export const openCpts = computed(() => allCpts.value.filter(({ status }) => status !== 'closed'));
export const allOverlaps = computed<Overlap[]>(() => readyValue(overlaps.state.value) ?? []);

/** Units of every open CPTS, in the order of `openCpts`. */
export const cptsUnits = computed<number[][]>(() => {
  const loaded = region.value;
  return loaded ? openCpts.value.map((cpts) => unitsOf(loaded, cpts.units)) : [];
});

export async function loadCpts(): Promise<void> {
  await Promise.all([
    cptsList.show('all', (signal) => fetchCpts(signal)),
    overlaps.show('all', (signal) => fetchOverlaps(signal)),
  ]);
}

/** Why the lists could not be read again: what they show may be out of date. */
export const refreshFailure = signal<ApiFailure | null>(null);

/** Counts the readings and the writes: a reading begun before the latest of them is out of date. */
let turn = 0;

/** Reads both lists again while what they showed stays on screen; never throws. */
export async function refreshCpts(): Promise<void> {
  const mine = ++turn;
  try {
    const [list, pairs] = await Promise.all([fetchCpts(), fetchOverlaps()]);
    if (mine !== turn) return;
    cptsList.put('all', list);
    overlaps.put('all', pairs);
    refreshFailure.value = null;
  } catch (cause) {
    if (mine === turn) refreshFailure.value = asFailure(cause);
  }
}

/** Puts what the server answered to a write in the list, whatever becomes of the reading after. */
export function written(cpts: Cpts): void {
  turn++;
  const list = readyValue(cptsList.state.peek());
  if (list) cptsList.put('all', [...list.filter(({ id }) => id !== cpts.id), cpts].sort(byId));
  void refreshCpts();
}

const byId = (p: Cpts, q: Cpts) => p.id - q.id;

/** A creation is on its way: another one must wait, or a double click would make two. */
export const creating = signal(false);

/** Null, with nothing sent, while another creation is on its way. Throws the API's refusal. */
export async function create(request: CreateCpts): Promise<Cpts | null> {
  if (creating.peek()) return null;
  creating.value = true;
  try {
    const cpts = await createCpts(request);
    announce(`CPTS «\u00a0${cpts.name}\u00a0» créée.`);
    written(cpts);
    return cpts;
  } finally {
    creating.value = false;
  }
}

/**
 * Sends a decision on a CPTS, one at a time; its refusal is kept beside the CPTS. Whether it was
 * taken.
 */
export async function decide(cpts: Cpts, act: () => Promise<Cpts>, done: string): Promise<boolean> {
  if (deciding.peek() !== null) return false;
  decisionFailure.value = null;
  deciding.value = cpts.id;
  try {
    written(await act());
    announce(done);
    return true;
  } catch (cause) {
    const error = asFailure(cause);
    decisionFailure.value = { id: cpts.id, error };
    announce(error.message);
    return false;
  } finally {
    deciding.value = null;
  }
}

/** The CPTS that stand in the way of a recognition, when that is what failed. */
export function conflictsIn(error: ApiFailure): Conflict[] {
  if (error.code !== 'territory_conflict' || !Array.isArray(error.details)) return [];
  return error.details as Conflict[];
}

/** What a set of units shares with the open CPTS, largest population first. */
export function sharedWith(
  region: Region,
  units: ReadonlySet<number>,
  others: readonly Cpts[],
): { cpts: Cpts; units: number[]; population: number }[] {
  return others
    .map((cpts) => {
      const shared = unitsOf(region, cpts.units).filter((unit) => units.has(unit));
      return {
        cpts,
        units: shared,
        population: shared.reduce((sum, unit) => sum + region.population[unit]!, 0),
      };
    })
    .filter((conflict) => conflict.units.length > 0)
    .sort((p, q) => q.population - p.population || p.cpts.id - q.cpts.id);
}
