import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { type Standing, standingOf } from '../../../../server/core/overlap/severity.ts';
import { formatInhabitants } from '../../french/numbers.ts';
import { groupHues, land, mix, territoryFills } from '../../map/colours.ts';
import { dimOthers, edge, emptyScene, mark, outlineSet, type Scene } from '../../map/scene.ts';
import type { Selection } from '../../state/address.ts';
import type { Region } from '../../state/region.ts';

/** What the map shows beside the CPTS. */
interface Beside {
  /** units that no CPTS holds */
  uncovered?: readonly number[];
  /** units of the zone selected */
  zone?: readonly number[];
  /** number of the CPTS that each shared unit would go to */
  given?: ReadonlyMap<number, number>;
}

/** The outline, the pattern and the share of the hue tell how far a CPTS is, in black and white too. */
const signs: Record<Standing, { outline: number; pattern: number; hue: number }> = {
  recognised: { outline: edge.recognised, pattern: 0, hue: 1 },
  deposited: { outline: edge.draft, pattern: mark.deposited, hue: 0.62 },
  draft: { outline: edge.dotted, pattern: mark.locked, hue: 0.36 },
};

export function standingOfCpts({ recognised, status }: Pick<Cpts, 'recognised' | 'status'>) {
  if (recognised) return 'recognised';
  return status === 'closed' ? 'draft' : standingOf[status];
}

/** Open CPTS by their standing; what two share is hatched, what none holds bears rings. */
export function cptsScene(
  region: Region,
  open: readonly Cpts[],
  members: readonly (readonly number[])[],
  selection: Selection | null,
  { uncovered = [], zone = [], given = new Map() }: Beside = {},
): Scene {
  const scene = emptyScene(region, 'cpts');
  for (const unit of uncovered) scene.marks[unit]! |= mark.uncovered;
  addCpts(scene, region, open, members, given);
  const selected =
    selection?.kind === 'zone' ? zone : selectedUnits(region, open, members, selection);
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
  members: readonly (readonly number[])[],
  given: ReadonlyMap<number, number>,
): void {
  const group = new Int32Array(region.count).fill(-1);
  members.forEach((units, at) => {
    for (const unit of units) {
      if (group[unit]! >= 0) scene.marks[unit]! |= mark.conflict;
      else group[unit] = at;
    }
  });
  for (const [unit, id] of given) {
    const at = open.findIndex((cpts) => cpts.id === id);
    if (at >= 0) group[unit] = at;
  }
  const hues = groupHues(region.adjacency, group, open.length, (at) => open[at]!.id);
  group.forEach((at, unit) => {
    if (at < 0) return;
    const { pattern, hue } = signs[standingOfCpts(open[at]!)];
    scene.fills[unit] = mix(territoryFills[hues[at]!]!, land, hue);
    // The hatch alone, where two hold it: a third sign could not be read under it.
    if (!(scene.marks[unit]! & mark.conflict)) scene.marks[unit]! |= pattern;
  });
  open.forEach((cpts, at) => {
    outlineSet(scene, region, members[at]!, signs[standingOfCpts(cpts)].outline);
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
  members: readonly (readonly number[])[],
  selection: Selection | null,
): readonly number[] {
  const of = (id: number) => members[open.findIndex((cpts) => cpts.id === id)] ?? [];
  if (selection?.kind === 'cpts') return of(selection.id);
  if (selection?.kind === 'overlap') {
    const other = new Set(of(selection.b));
    return of(selection.a).filter((unit) => other.has(unit));
  }
  const unit = selection?.kind === 'unit' ? region.indexOf.get(selection.code) : undefined;
  return unit === undefined ? [] : [unit];
}
