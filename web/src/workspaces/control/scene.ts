import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { formatInhabitants } from '../../french/numbers.ts';
import { groupHues, territoryFills } from '../../map/colours.ts';
import { dimOthers, edge, emptyScene, mark, outlineSet, type Scene } from '../../map/scene.ts';
import type { Selection } from '../../state/address.ts';
import type { Region } from '../../state/region.ts';

/** Open CPTS: filled, solid outline once recognised, dashed before; what two share is hatched. */
export function cptsScene(
  region: Region,
  open: readonly Cpts[],
  members: readonly number[][],
  selection: Selection | null,
): Scene {
  const scene = emptyScene(region, 'cpts');
  addCpts(scene, region, open, members);
  const selected = selectedUnits(region, open, members, selection);
  if (selected.length > 0) {
    if (selection?.kind !== 'unit') dimOthers(scene, selected);
    outlineSet(scene, region, selected, edge.selected);
  }
  return scene;
}

function addCpts(
  scene: Scene,
  region: Region,
  open: readonly Cpts[],
  members: readonly number[][],
): void {
  const group = new Int32Array(region.count).fill(-1);
  members.forEach((units, at) => {
    for (const unit of units) {
      if (group[unit]! >= 0) scene.marks[unit]! |= mark.conflict;
      else group[unit] = at;
    }
  });
  const hues = groupHues(region.adjacency, group, open.length, (at) => open[at]!.id);
  group.forEach((at, unit) => {
    if (at >= 0) scene.fills[unit] = territoryFills[hues[at]!]!;
  });
  open.forEach((cpts, at) => {
    outlineSet(scene, region, members[at]!, cpts.recognised ? edge.recognised : edge.draft);
  });
  scene.labels = open.flatMap((cpts, at) => {
    const own = members[at]!.filter((unit) => !(scene.marks[unit]! & mark.conflict));
    const seat = middleOf(region, own.length > 0 ? own : members[at]!);
    if (seat === null) return [];
    return {
      code: region.code[seat]!,
      name: cpts.name,
      detail: formatInhabitants(cpts.population),
      radius: 0,
      colour: '',
      rank: cpts.population,
      lon: region.lon[seat]!,
      lat: region.lat[seat]!,
    };
  });
}

/** The unit nearest to the middle of the points: two CPTS of one town keep their labels apart. */
function middleOf(region: Region, units: readonly number[]): number | null {
  const mean = (of: number[]) => units.reduce((sum, unit) => sum + of[unit]!, 0) / units.length;
  const [lon, lat] = [mean(region.lon), mean(region.lat)];
  const away = (unit: number) =>
    Math.hypot(0.7 * (region.lon[unit]! - lon), region.lat[unit]! - lat);
  let middle: number | null = null;
  for (const unit of units) if (middle === null || away(unit) < away(middle)) middle = unit;
  return middle;
}

/** Units of what is selected among the CPTS: one of them, or what two share. */
function selectedUnits(
  region: Region,
  open: readonly Cpts[],
  members: readonly number[][],
  selection: Selection | null,
): number[] {
  const of = (id: number) => members[open.findIndex((cpts) => cpts.id === id)] ?? [];
  if (selection?.kind === 'cpts') return of(selection.id);
  if (selection?.kind === 'overlap') {
    const other = new Set(of(selection.b));
    return of(selection.a).filter((unit) => other.has(unit));
  }
  const unit = selection?.kind === 'unit' ? region.indexOf.get(selection.code) : undefined;
  return unit === undefined ? [] : [unit];
}
