import { computed, signal } from '@preact/signals';
import aciSizes from '../../../../data/aci-sizes.csv?raw';
import { readAciScale } from '../../../../server/core/drawing/aci-sizes.ts';
import { bestMoves, type Goal } from '../../../../server/core/drawing/advice.ts';
import { attracted } from '../../../../server/core/drawing/attracted.ts';
import { figuresOf, type TerritoryFigures } from '../../../../server/core/drawing/figures.ts';
import { Territory } from '../../../../server/core/drawing/territory.ts';
import { draftUnits, settledUnits } from '../draft.ts';
import { flows, ground } from './ground.ts';
import { held } from './locks.ts';

export const aciScale = readAciScale(aciSizes);

/** One for what is on screen, gesture under way included; made anew with the region or the flows. */
const live = computed(() => (ground.value ? new Territory(ground.value, flows.value) : null));

/** What the drawing is worth, at each move of a gesture; null before the region is there. */
export const draftFigures = computed<TerritoryFigures | null>(() => {
  live.value?.become(draftUnits.value);
  return live.value && figuresOf(live.value);
});

/** What the next move should help. */
export const goal = signal<Goal>('band');

/** The best single moves, once a gesture is over. */
export const advice = computed(() => {
  const territory = settled();
  if (!territory || territory.size === 0) return [];
  const passed = held.value;
  return bestMoves(territory, { goal: goal.value, movable: (unit) => !passed.has(unit) });
});

/** Neighbours that send most of their patients here, those held by a lock left out. */
export function drawnByCare(): number[] {
  const territory = settled();
  return territory ? attracted(territory).filter((unit) => !held.peek().has(unit)) : [];
}

/** Between two gestures it is the one on screen: nothing is computed twice. */
function settled(): Territory | null {
  const territory = live.value;
  territory?.become(settledUnits.value);
  return territory;
}
