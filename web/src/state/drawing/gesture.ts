import { signal } from '@preact/signals';
import { counted, formatInhabitants } from '../../french/numbers.ts';
import { region } from '../analysis.ts';
import { announce } from '../announce.ts';
import { dropSketch, perform, settledUnits, sketch } from '../draft.ts';
import { populationOf } from '../region.ts';
import { forgetSketch, noteSketch } from './keep-drafts.ts';
import { held } from './locks.ts';
import { grained, type Tool } from './tools.ts';

/** The gesture under way, from the pointer going down to its going up. */
export const underWay = signal<{ tool: Tool; adds: boolean } | null>(null);

const swept = new Set<number>();

export function beginGesture(tool: Tool, adds: boolean): void {
  swept.clear();
  underWay.value = { tool, adds };
}

/** Takes more units in the gesture under way; those that a lock holds are passed over. */
export function sweep(units: Iterable<number>): void {
  const gesture = underWay.peek();
  if (!gesture) return;
  const before = swept.size;
  for (const unit of grained(units)) if (!held.peek().has(unit)) swept.add(unit);
  if (swept.size === before) return;
  const [added, removed] = gesture.adds ? [swept, []] : [[], swept];
  sketch(added, removed);
  noteSketch(added, removed, gesture.tool);
}

/** Makes one step of it, and says it. */
export function endGesture(): void {
  const gesture = underWay.peek();
  if (!gesture) return;
  underWay.value = null;
  dropSketch();
  const size = gesture.adds ? perform(swept, [], gesture.tool) : perform([], swept, gesture.tool);
  forgetSketch();
  if (size > 0) announceChange(size, gesture.adds);
}

/** True when there was one. */
export function cancelGesture(): boolean {
  if (!underWay.peek()) return false;
  underWay.value = null;
  dropSketch();
  forgetSketch();
  announce('Geste abandonné.');
  return true;
}

/** « 12 communes ajoutées, 45 230 hab. » */
export function announceChange(size: number, adds: boolean): void {
  const loaded = region.peek();
  if (!loaded) return;
  const what = adds
    ? counted(size, 'commune ajoutée', 'communes ajoutées')
    : counted(size, 'commune retirée', 'communes retirées');
  const people = formatInhabitants(populationOf(loaded, settledUnits.peek()));
  announce(`${what}\u00a0: ${people} en tout.`);
}
