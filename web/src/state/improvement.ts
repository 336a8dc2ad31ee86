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
  /** no territory of the proposal, drawn by itself since it was made, or drawn anew */
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
  const together = madeTogether(openCpts.value);
  const adoptedAs = new Map(shown.territories.map((one) => [one.cpts, one]));
  const all = openCpts.value.flatMap((cpts): Holdable[] => {
    const territory = adoptedAs.get(cpts.id);
    if (always.has(cpts)) return [];
    if (territory) return [{ cpts, touch: touchOf(cpts, territory), adopted: true }];
    if (cpts.recognised || !cpts.units.some((code) => within.has(code))) return [];
    const since = cpts.createdAt > shown.createdAt && !together.has(cpts.createdAt);
    const byHand = cpts.version > 1 || since;
    return [{ cpts, touch: byHand ? 'drawn' : null, adopted: false }];
  });
  return [...all.filter(({ touch }) => touch), ...all.filter(({ touch }) => !touch)];
});

/**
 * When several CPTS were made at once, as all the territories of another proposal or of a file are:
 * nobody drew them one by one.
 */
function madeTogether(all: readonly Cpts[]): ReadonlySet<string> {
  const [seen, twice] = [new Set<string>(), new Set<string>()];
  for (const { createdAt } of all) (seen.has(createdAt) ? twice : seen).add(createdAt);
  return twice;
}

const unitsWithin = (territories: readonly Territory[]) =>
  new Set(territories.flatMap(({ units }) => units));

function touchOf({ status, units }: Cpts, territory: Territory): Touch | null {
  if (territory.kept) return 'kept';
  const before = new Set(territory.units);
  const same = units.length === before.size && units.every((code) => before.has(code));
  if (!same) return 'redrawn';
  return status === 'idea' ? null : 'advanced';
}

/** What was chosen for the run that improves one. */
interface Choice {
  run: number;
  /** CPTS held or left free against the default */
  held: ReadonlyMap<number, boolean>;
  /** communes, by code, with the territory where they must end: their own or another */
  placed: ReadonlyMap<string, number>;
}

const choice = signal<Choice | null>(null);

const nothing = { held: new Map<number, boolean>(), placed: new Map<string, number>() };

const chosen = computed(() => {
  const made = choice.value;
  return made && made.run === finished.value?.id ? made : nothing;
});

function choose(part: Partial<Choice>): void {
  const run = finished.peek()?.id;
  if (run !== undefined) choice.value = { ...chosen.peek(), ...part, run };
}

export const isHeld = ({ cpts, touch }: Holdable) =>
  chosen.value.held.get(cpts.id) ?? touch !== null;

/** Holds a CPTS in the next run, or leaves it free to change. */
export const hold = (cpts: number, held: boolean) =>
  choose({ held: new Map(chosen.peek().held).set(cpts, held) });

/** A commune that the next run keeps in its territory, or puts into another. */
export interface Placed {
  code: string;
  from: Territory;
  to: Territory;
}

export const placed = computed<Placed[]>(() => {
  const territories = finished.value?.territories ?? [];
  return [...chosen.value.placed].flatMap(([code, territory]) => {
    const from = territories.find(({ units }) => units.includes(code));
    const to = territories.find(({ id }) => id === territory);
    return from && to ? [{ code, from, to }] : [];
  });
});

/** Has a commune end in a territory, its own included; null leaves it to the search. */
export function place(code: string, territory: number | null): void {
  const all = new Map(chosen.peek().placed);
  if (territory === null) all.delete(code);
  else all.set(code, territory);
  choose({ placed: all });
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

/** A new run with the CPTS chosen held as they are drawn now, and communes where they were put. */
export function improve(run: number): Promise<void> {
  const all = placed.peek();
  const changes = all.filter(({ from, to }) => from !== to);
  return startRun(() =>
    improveProposal(run, {
      drafts: heldCpts.peek().map(({ id }) => id),
      locked: all.flatMap(({ code, from, to }) => (from === to ? [code] : [])),
      changes: changes.map(({ code, to }) => ({ unit: code, territory: to.id })),
    }),
  );
}
