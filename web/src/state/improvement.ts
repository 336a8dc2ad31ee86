import { computed, signal } from '@preact/signals';
import type { Cpts } from '../../../server/contracts/cpts.ts';
import { improveProposal } from '../api/proposals.ts';
import { openCpts } from './cpts.ts';
import { proposal, startRun, type Territory } from './proposals.ts';
import { readyValue } from './resource.ts';

/** What was done by hand to a CPTS, for which a run that improves the proposal shown holds it. */
export type Touch =
  /** held or kept by the proposal itself */
  | 'kept'
  /** no longer the territory that was adopted */
  | 'redrawn'
  /** past the first step, so that others count on it */
  | 'advanced'
  /** no territory of the proposal, drawn since it was made or drawn anew */
  | 'drawn';

export interface Holdable {
  cpts: Cpts;
  /** null: nothing was done to it, so it may change unless it is asked for */
  touch: Touch | null;
  /** a territory of the proposal was adopted as this CPTS */
  adopted: boolean;
}

const finished = computed(() => {
  const shown = readyValue(proposal.state.value);
  return shown?.status === 'done' ? shown : null;
});

/** Recognised CPTS that the wishes of the proposal keep whatever is held. */
export const alwaysKept = computed<Cpts[]>(() => {
  if (!finished.value?.parameters.keepCpts) return [];
  const within = unitsWithin(finished.value.territories);
  return openCpts.value.filter(
    ({ recognised, units }) => recognised && units.some((code) => within.has(code)),
  );
});

/** CPTS that a run which improves the proposal shown may hold as drawn, those touched first. */
export const holdable = computed<Holdable[]>(() => {
  const shown = finished.value;
  if (!shown) return [];
  const always = new Set(alwaysKept.value);
  const within = unitsWithin(shown.territories);
  const adoptedAs = new Map(shown.territories.map((one) => [one.cpts, one]));
  const all = openCpts.value.flatMap((cpts): Holdable[] => {
    const territory = adoptedAs.get(cpts.id);
    if (always.has(cpts)) return [];
    if (territory) return [{ cpts, touch: touchOf(cpts, territory), adopted: true }];
    if (cpts.recognised || !cpts.units.some((code) => within.has(code))) return [];
    const byHand = cpts.version > 1 || cpts.createdAt > shown.createdAt;
    return [{ cpts, touch: byHand ? 'drawn' : null, adopted: false }];
  });
  return [...all.filter(({ touch }) => touch), ...all.filter(({ touch }) => !touch)];
});

const unitsWithin = (territories: readonly Territory[]) =>
  new Set(territories.flatMap(({ units }) => units));

function touchOf({ status, units }: Cpts, territory: Territory): Touch | null {
  if (territory.kept) return 'kept';
  const before = new Set(territory.units);
  const same = units.length === before.size && units.every((code) => before.has(code));
  if (!same) return 'redrawn';
  return status === 'idea' ? null : 'advanced';
}

/** What was chosen against the default, for one run. */
const choice = signal<{ run: number; held: ReadonlyMap<number, boolean> } | null>(null);

const chosen = computed(() => {
  const made = choice.value;
  return made && made.run === finished.value?.id ? made.held : new Map<number, boolean>();
});

export const isHeld = ({ cpts, touch }: Holdable) => chosen.value.get(cpts.id) ?? touch !== null;

/** Holds a CPTS in the next run, or leaves it free to change. */
export function hold(cpts: number, held: boolean): void {
  const run = finished.peek()?.id;
  if (run !== undefined) choice.value = { run, held: new Map(chosen.peek()).set(cpts, held) };
}

/** CPTS that the next run holds as they are drawn now. */
export const heldCpts = computed<Cpts[]>(() =>
  holdable.value.filter(isHeld).map(({ cpts }) => cpts),
);

/** Every commune of the proposal is held: there is nothing to divide anew. */
export const allHeld = computed(() => {
  const held = new Set([...alwaysKept.value, ...heldCpts.value].flatMap(({ units }) => units));
  const territories = finished.value?.territories ?? [];
  return territories.every(({ units }) => units.every((code) => held.has(code)));
});

/** Two CPTS to hold that share communes, which no run can. */
export interface HeldTwice {
  one: Cpts;
  other: Cpts;
  /** codes of the communes in both */
  units: string[];
}

export const heldTwice = computed<HeldTwice[]>(() => {
  const kept = new Set(alwaysKept.value.flatMap(({ units }) => units));
  const first = new Map<string, Cpts>();
  const pairs = new Map<string, HeldTwice>();
  for (const cpts of heldCpts.value) {
    for (const code of cpts.units) {
      const one = first.get(code);
      if (!one) first.set(code, cpts);
      else if (!kept.has(code)) {
        const key = `${one.id} ${cpts.id}`;
        const pair = pairs.get(key) ?? { one, other: cpts, units: [] };
        pair.units.push(code);
        pairs.set(key, pair);
      }
    }
  }
  return [...pairs.values()];
});

/** A new run with the CPTS chosen held as they are drawn now. */
export const improve = (run: number) =>
  startRun(() => improveProposal(run, { drafts: heldCpts.peek().map(({ id }) => id) }));
