import type { FlowEnd } from '../../../../server/core/flows/ends.ts';
import { formatInhabitants } from '../../french/numbers.ts';
import { territoryFills, territoryInks } from '../../map/colours.ts';
import {
  type Arrow,
  dimOthers,
  edge,
  emptyScene,
  mark,
  outlineGroups,
  outlineSet,
  type Scene,
} from '../../map/scene.ts';
import type { Selection } from '../../state/address.ts';
import { catchment, type PoleMap } from '../../state/pole-map.ts';
import type { TerritoryMap } from '../../state/proposals.ts';
import { communeUnits, pointOf, type Region } from '../../state/region.ts';
import { destinationsOf, originsOf, type RegionFlows } from '../../state/region-flows.ts';

/** Communes by main attraction pole, and what is selected among them. */
export function poleScene(
  region: Region,
  map: PoleMap,
  selection: Selection | null,
  arrows: Arrow[] | null,
): Scene {
  const scene = emptyScene(region, 'poles');
  for (let unit = 0; unit < region.count; unit++) {
    const group = map.group[unit]!;
    if (group >= 0) scene.fills[unit] = territoryFills[map.hues[group]!]!;
    else if (map.communes[unit]) scene.marks[unit]! |= mark.poleless;
    if (map.communes[unit]?.fragile) scene.marks[unit]! |= mark.fragile;
  }
  outlineGroups(scene, region, map.group);
  scene.labels = poleLabels(region, map);
  if (selection?.kind === 'pole') {
    const units = catchment(map, selection.code);
    if (units.length > 0) dimOthers(scene, units);
    outlineSet(scene, region, units, edge.selected);
  }
  const unit = selection?.kind === 'unit' ? region.indexOf.get(selection.code) : undefined;
  if (unit !== undefined) outlineSet(scene, region, [unit], edge.selected);
  scene.arrows = arrows ?? [];
  return scene;
}

function poleLabels(region: Region, map: PoleMap): Scene['labels'] {
  const largest = Math.max(...map.poles.map(({ population }) => population), 1);
  return map.poles.flatMap((pole, group) => {
    const point = pointOf(region, pole.code);
    if (point === null) return [];
    return {
      code: pole.code,
      name: pole.name,
      detail: '',
      radius: 4 + 16 * Math.sqrt(pole.population / largest),
      colour: territoryInks[map.hues[group]!]!,
      rank: pole.population,
      lon: point[0],
      lat: point[1],
    };
  });
}

/** Most arrows drawn at once. */
const MOST = 10;

/** Where the residents of a unit go, the ten largest of those that leave it. */
export function destinationArrows(region: Region, flows: RegionFlows, unit: number): Arrow[] {
  const here = placeOf(region, unit);
  return endArrows(region, flows, unit, destinationsOf(flows, unit).ends, (there) => ({
    from: here,
    to: there,
  }));
}

/** Where those treated in a unit come from, the ten largest. */
export function originArrows(region: Region, flows: RegionFlows, unit: number): Arrow[] {
  const here = placeOf(region, unit);
  return endArrows(
    region,
    flows,
    unit,
    originsOf(flows, communeUnits(region, unit)).ends,
    (there) => ({
      from: there,
      to: here,
      // At their common end the heads would hide each other, and the pole.
      headAt: 0.5,
    }),
  );
}

type Point = [number, number];

/** Flows are known by commune: arrows stand where the commune does. */
const placeOf = (region: Region, unit: number): Point => {
  const whole = region.wholeOf.get(unit);
  return whole ? [whole.lon, whole.lat] : [region.lon[unit]!, region.lat[unit]!];
};

/** What ends outside the region has a rank and no arrow. */
function endArrows(
  region: Region,
  { unitOf }: RegionFlows,
  self: number,
  ends: readonly FlowEnd[],
  between: (there: Point) => Pick<Arrow, 'from' | 'to' | 'headAt'>,
): Arrow[] {
  const own = new Set(communeUnits(region, self));
  return ends
    .filter(({ at }) => !own.has(unitOf[at]!))
    .slice(0, MOST)
    .flatMap(({ at, patients }, rank) => {
      const unit = unitOf[at]!;
      return unit < 0 ? [] : { ...between(placeOf(region, unit)), patients, rank };
    });
}

/** The territories of a proposal: a colour each, amber around those out of the band. */
export function proposalScene(
  region: Region,
  map: TerritoryMap,
  selection: Selection | null,
): Scene {
  const scene = emptyScene(region, 'proposal');
  const { territories } = map.proposal;
  for (let unit = 0; unit < region.count; unit++) {
    const group = map.group[unit]!;
    if (group >= 0) scene.fills[unit] = territoryFills[map.hues[group]!]!;
  }
  outlineGroups(scene, region, map.group, (group) => !territories[group]!.inBand);
  scene.labels = territories.flatMap((territory, group) => {
    const seat = seatOf(region, map.units[group]!);
    if (seat === null) return [];
    return {
      code: region.code[seat]!,
      name: territory.name,
      detail: `${formatInhabitants(territory.population)}${territory.inBand ? '' : ' ⚠'}`,
      radius: 0,
      colour: '',
      rank: territory.population,
      lon: region.lon[seat]!,
      lat: region.lat[seat]!,
    };
  });
  if (selection?.kind === 'territory') {
    const group = territories.findIndex(({ id }) => id === selection.id);
    if (group >= 0) {
      dimOthers(scene, map.units[group]!);
      outlineSet(scene, region, map.units[group]!, edge.selected);
    }
  }
  const unit = selection?.kind === 'unit' ? region.indexOf.get(selection.code) : undefined;
  if (unit !== undefined) outlineSet(scene, region, [unit], edge.selected);
  return scene;
}

/** The most populated unit, where the name of a territory stands. */
function seatOf(region: Region, units: readonly number[]): number | null {
  let seat: number | null = null;
  for (const unit of units) {
    if (seat === null || region.population[unit]! > region.population[seat]!) seat = unit;
  }
  return seat;
}
