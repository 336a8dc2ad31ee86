import { computed } from '@preact/signals';
import { drawingFlows, drawingGround } from '../../../../server/core/drawing/ground.ts';
import { pointPlane } from '../../../../server/core/drawing/sweep.ts';
import { region } from '../analysis.ts';
import type { Region } from '../region.ts';
import { placeName, regionFlows } from '../region-flows.ts';

/** What every gesture reads, made once a region. */
export const ground = computed(() =>
  region.value ? drawingGround(region.value, region.value.borders) : null,
);

/** Points of the units on the flat map. */
export const plane = computed(() =>
  region.value ? pointPlane(region.value.lon, region.value.lat) : null,
);

/** The flows shown, with the units first; null until they are there. */
export const flows = computed(() => {
  const [loaded, shown] = [region.value, regionFlows.value];
  return loaded && shown ? drawingFlows(loaded.count, shown.unitOf, shown.leaving) : null;
});

/** Name of a place of `flows`. */
export function drawnPlaceName(loaded: Region, place: number): string {
  if (place < loaded.count) return loaded.name[place]!;
  const [shown, numbered] = [regionFlows.peek(), flows.peek()];
  return shown && numbered ? placeName(loaded, shown, numbered.outside[place - loaded.count]!) : '';
}
