import { computed, signal } from '@preact/signals';
import { ground } from './ground.ts';

/** `click` leaves the map to be moved; the others take hold of the pointer. */
export const tools = ['click', 'brush', 'erase', 'box', 'lasso', 'edge'] as const;
export type Tool = (typeof tools)[number];

export const tool = signal<Tool>('click');

/** Radius of the brush, px; 0: the commune under the pointer alone. */
export const brushRadii = [0, 18, 44] as const;
export const brushSize = signal(1);
export const brushRadius = computed(() => brushRadii[brushSize.value]!);

/** Whether a gesture takes communes one by one or their whole EPCI. */
export const byEpci = signal(false);

/** Whether a box or a lasso takes communes out. */
export const takesOut = signal(false);

/** Takes a tool, or the next size of the brush when it is in hand. */
export function takeTool(next: Tool): void {
  const brushes = next === 'brush' || next === 'erase';
  if (brushes && tool.peek() === next) brushSize.value = (brushSize.peek() + 1) % brushRadii.length;
  tool.value = next;
}

/** The units that a gesture on these stands for: themselves, or all of their EPCI. */
export function grained(units: Iterable<number>): Iterable<number> {
  const known = ground.peek();
  if (!byEpci.peek() || !known) return units;
  const found = new Set<number>(units);
  for (const unit of [...found]) {
    const epci = known.epci[unit]!;
    if (epci >= 0) for (const member of known.epciUnits[epci]!) found.add(member);
  }
  return found;
}
