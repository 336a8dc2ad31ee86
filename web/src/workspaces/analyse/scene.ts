import type { Destinations } from '../../../../server/contracts/flow-datasets.ts';
import { formatInhabitants } from '../../french/numbers.ts';
import { territoryFills, territoryInks } from '../../map/colours.ts';
import {
  type Arrow,
  dimOthers,
  edge,
  emptyScene,
  outlineGroups,
  outlineSet,
  type Scene,
} from '../../map/scene.ts';
import type { Selection } from '../../state/address.ts';
import { catchment, type PoleMap } from '../../state/pole-map.ts';
import type { TerritoryMap } from '../../state/proposals.ts';
import type { Region } from '../../state/region.ts';

/** Communes by main attraction pole; the flows of the commune selected, if they are there. */
export function poleScene(
  region: Region,
  map: PoleMap,
  selection: Selection | null,
  flows: Destinations | null,
): Scene {
  const scene = emptyScene(region, 'poles');
  for (let unit = 0; unit < region.count; unit++) {
    const group = map.group[unit]!;
    if (group >= 0) scene.fills[unit] = territoryFills[map.hues[group]!]!;
  }
  outlineGroups(scene, region, map.group);
  scene.labels = poleLabels(region, map);
  if (selection?.kind === 'pole') {
    const units = catchment(map, selection.code);
    if (units.length > 0) dimOthers(scene, units);
    outlineSet(scene, region, units, edge.selected);
  }
  const unit = selection?.kind === 'unit' ? region.indexOf.get(selection.code) : undefined;
  if (unit !== undefined) {
    outlineSet(scene, region, [unit], edge.selected);
    if (flows && flows.origin === region.code[unit]) scene.arrows = flowArrows(region, unit, flows);
  }
  return scene;
}

function poleLabels(region: Region, map: PoleMap): Scene['labels'] {
  const largest = Math.max(...map.poles.map(({ population }) => population), 1);
  return map.poles.flatMap((pole, group) => {
    const unit = region.indexOf.get(pole.code);
    if (unit === undefined) return [];
    return {
      code: pole.code,
      name: pole.name,
      detail: '',
      radius: 4 + 16 * Math.sqrt(pole.population / largest),
      colour: territoryInks[map.hues[group]!]!,
      rank: pole.population,
      lon: region.lon[unit]!,
      lat: region.lat[unit]!,
    };
  });
}

function flowArrows(region: Region, origin: number, flows: Destinations): Arrow[] {
  const from: [number, number] = [region.lon[origin]!, region.lat[origin]!];
  return flows.destinations
    .filter(({ code, patients }) => code !== flows.origin && patients > 0)
    .slice(0, 10)
    .flatMap(({ code, patients }, rank) => {
      const unit = region.indexOf.get(code);
      if (unit === undefined) return [];
      return { from, to: [region.lon[unit]!, region.lat[unit]!], patients, rank };
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
