import { computed } from '@preact/signals';
import { selection } from '../../state/address.ts';
import { otherPoleMap, poleMap, region } from '../../state/analysis.ts';
import { restingOn } from '../../state/hover.ts';
import { nameOf, unitOf } from '../../state/region.ts';
import { regionFlows } from '../../state/region-flows.ts';
import { destinationArrows, type FlowArrows, originArrows } from './flow-arrows.ts';

/** Flows of what is selected; those of the commune under the pointer while nothing is. */
export const flowArrows = computed<FlowArrows | null>(() => {
  const [loaded, flows, chosen] = [region.value, regionFlows.value, selection.value];
  if (!loaded || !flows) return null;
  if (chosen?.kind === 'pole') {
    const pole = unitOf(loaded, chosen.code);
    return pole === undefined ? null : originArrows(loaded, flows, pole);
  }
  const unit = chosen?.kind === 'unit' ? loaded.indexOf.get(chosen.code) : restingOn.value;
  return unit == null ? null : destinationArrows(loaded, flows, unit);
});

/**
 * Whose flows the arrows are, which way, and how many: of what is selected alone, since what is said
 * of the commune under the pointer would change at each of its moves.
 */
export const toldFlows = computed(() => {
  const [loaded, chosen, flows] = [region.value, selection.value, flowArrows.value];
  if (!loaded || !flows || (chosen?.kind !== 'unit' && chosen?.kind !== 'pole')) return null;
  const name = nameOf(loaded, chosen.code);
  if (name === null || flows.told === 0) return null;
  // Two words that ask for no elision before a name.
  const way = chosen.kind === 'pole' ? 'vers' : 'depuis';
  return { ...flows, whose: `${way} ${name}` };
});

/** Residents that the largest circle stands for, of the maps shown: a size means the same on both. */
export const largestCircle = computed(() =>
  [poleMap.value, otherPoleMap.value]
    .flatMap((map) => map?.poles ?? [])
    .reduce((most, { population }) => Math.max(most, population), 1),
);
