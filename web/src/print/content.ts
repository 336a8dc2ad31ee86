import { counted } from '../french/numbers.ts';

/** What a workspace adds to its map and its legend to put them on paper. */
export interface PrintContent {
  /** offered, for the reader to change */
  title: string;
  /** what has a colour of its own on a map, the most populated first */
  keys: ColourKey[];
  /** what the keys are, one and several of them: « pôle », « pôles » */
  keyNouns: [string, string];
  /** said under the colours */
  note: string;
  /** sentences: the flows, how they were read, the outlines */
  sources: string[];
}

export interface ColourKey {
  fill: string;
  name: string;
  units: Iterable<number>;
}

export interface ColourGroup {
  fill: string;
  names: string[];
  /** how many more than the names have this colour */
  more: number;
}

/**
 * What the legend says of each colour: those who have it and show a commune in the frame. A colour
 * serves several, never two that touch; past `most` names in all, the least populated are counted.
 */
export function colourGroups(
  keys: readonly ColourKey[],
  isInFrame: (unit: number) => boolean,
  most = Number.POSITIVE_INFINITY,
): ColourGroup[] {
  const groups = new Map<string, ColourGroup>();
  const named = new Set<string>();
  for (const { fill, name, units } of keys) {
    if (named.has(`${fill} ${name}`) || !some(units, isInFrame)) continue;
    const group = groups.get(fill) ?? { fill, names: [], more: 0 };
    groups.set(fill, group);
    if (named.size < most) group.names.push(name);
    else group.more++;
    named.add(`${fill} ${name}`);
  }
  return [...groups.values()];
}

/** « Blois, Dreux et 12 autres pôles »: what has no room is counted, never dropped without a word. */
export function groupText({ names, more }: ColourGroup, [one, several]: [string, string]): string {
  if (more === 0) return names.join(', ');
  if (names.length === 0) return counted(more, one, several);
  return `${names.join(', ')} et ${counted(more, `autre ${one}`, `autres ${several}`)}`;
}

function some(units: Iterable<number>, test: (unit: number) => boolean): boolean {
  for (const unit of units) if (test(unit)) return true;
  return false;
}
