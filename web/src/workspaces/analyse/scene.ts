import { formatInhabitants } from '../../french/numbers.ts';
import { circleRadius } from '../../map/circles.ts';
import { territoryFills, territoryInks } from '../../map/colours.ts';
import {
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
import { pointOf, type Region } from '../../state/region.ts';

/**
 * Communes by main attraction pole, and what is selected among them; `largest`: the residents that
 * the largest circle stands for.
 */
export function poleScene(
  region: Region,
  map: PoleMap,
  selection: Selection | null,
  largest: number,
): Scene {
  const scene = emptyScene(region, 'poles');
  for (let unit = 0; unit < region.count; unit++) {
    const group = map.group[unit]!;
    if (group >= 0) scene.fills[unit] = territoryFills[map.hues[group]!]!;
    else if (map.communes[unit]) scene.marks[unit]! |= mark.poleless;
    if (map.communes[unit]?.fragile) scene.marks[unit]! |= mark.fragile;
  }
  outlineGroups(scene, region, map.group);
  scene.labels = poleLabels(region, map, largest);
  if (selection?.kind === 'pole') {
    const units = catchment(map, selection.code);
    if (units.length > 0) dimOthers(scene, units);
    outlineSet(scene, region, units, edge.selected);
  }
  const unit = selection?.kind === 'unit' ? region.indexOf.get(selection.code) : undefined;
  if (unit !== undefined) outlineSet(scene, region, [unit], edge.selected);
  return scene;
}

function poleLabels(region: Region, map: PoleMap, largest: number): Scene['labels'] {
  return map.poles.flatMap((pole, group) => {
    const point = pointOf(region, pole.code);
    if (point === null) return [];
    return {
      code: pole.code,
      name: pole.name,
      detail: '',
      radius: circleRadius(pole.population, largest),
      colour: territoryInks[map.hues[group]!]!,
      rank: pole.population,
      lon: point[0],
      lat: point[1],
    };
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
