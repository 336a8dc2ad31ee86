import type { FlowEnd } from '../../../../server/core/flows/ends.ts';
import type { Arrow } from '../../map/scene.ts';
import { communeUnits, type Region } from '../../state/region.ts';
import { destinationsOf, originsOf, type RegionFlows } from '../../state/region-flows.ts';

/** Most flows told at once. */
const MOST = 10;

/** The largest flows of a commune or a pole, as the map draws them and the legend says. */
export interface FlowArrows {
  arrows: Arrow[];
  /** how many there are of the largest, ten at most */
  told: number;
  /** of those, how many end outside the region: where is not known, and they have no arrow */
  outside: number;
}

/** Where the residents of a unit go, the ten largest of those that leave it. */
export function destinationArrows(region: Region, flows: RegionFlows, unit: number): FlowArrows {
  const here = placeOf(region, unit);
  return endArrows(region, flows, unit, destinationsOf(flows, unit).ends, (there) => ({
    from: here,
    to: there,
  }));
}

/** Where those treated in a unit come from, the ten largest. */
export function originArrows(region: Region, flows: RegionFlows, unit: number): FlowArrows {
  const here = placeOf(region, unit);
  const { ends } = originsOf(flows, communeUnits(region, unit));
  return endArrows(region, flows, unit, ends, (there) => ({
    from: there,
    to: here,
    // At their common end the heads would hide each other, and the pole.
    headAt: 0.5,
  }));
}

type Point = [number, number];

/** Flows are known by commune: arrows stand where the commune does. */
const placeOf = (region: Region, unit: number): Point => {
  const whole = region.wholeOf.get(unit);
  return whole ? [whole.lon, whole.lat] : [region.lon[unit]!, region.lat[unit]!];
};

function endArrows(
  region: Region,
  { unitOf }: RegionFlows,
  self: number,
  ends: readonly FlowEnd[],
  between: (there: Point) => Pick<Arrow, 'from' | 'to' | 'headAt'>,
): FlowArrows {
  const own = new Set(communeUnits(region, self));
  const told = ends.filter(({ at }) => !own.has(unitOf[at]!)).slice(0, MOST);
  const arrows = told.flatMap(({ at, patients }, rank) => {
    const unit = unitOf[at]!;
    return unit < 0 ? [] : { ...between(placeOf(region, unit)), patients, rank };
  });
  return { arrows, told: told.length, outside: told.length - arrows.length };
}
