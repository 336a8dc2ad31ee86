import type { Adjacency } from '../../../server/core/graph/adjacency.ts';
import { colourGroups } from '../../../server/core/graph/colouring.ts';

/**
 * The eight Okabe–Ito hues, told apart by colour-blind readers; black last, so that grey territories
 * are the exception.
 */
const okabeIto = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#f0e442',
  '#000000',
] as const;

export const land = '#eef1f4';

/** Lines, arrows and words on the map. */
export const ink = '#1b2631';

/** Hues at 45 % over the land, mixed here: translucent polygons would show their seams. */
export const territoryFills: readonly string[] = okabeIto.map((hue) =>
  mix(hue, land, hue === '#000000' ? 0.3 : 0.45),
);

/** The same hues darkened, for circles and swatch borders. */
export const territoryInks: readonly string[] = okabeIto.map((hue) => mix(hue, '#101820', 0.72));

/**
 * Hue of each group, such that two that touch never share one. Each would like the hue of its `key`
 * (its rank when absent), so that hues are spread and a group keeps its own when another changes.
 */
export function groupHues(
  adjacency: Adjacency,
  group: Int32Array,
  groupCount: number,
  key: (group: number) => number = (index) => index,
): Int32Array {
  const chromatic = okabeIto.length - 1;
  const wished = Int32Array.from({ length: groupCount }, (_, index) => key(index) % chromatic);
  return colourGroups(adjacency, group, groupCount, okabeIto.length, wished);
}

/** Groups of one map, by what names them on the other one too. */
interface Side {
  keys: readonly string[];
  /** index in `keys` of each unit's group; -1: none */
  group: Int32Array;
  /** hue of each group where the map stands alone */
  hues: Int32Array;
}

/**
 * One hue for each group that stands on either of two maps, such that those that touch on one map or
 * on the other differ: the colouring of two copies of the region, whose groups of one key are one
 * group. A group keeps the hue it had on the first map that shows it, where it can.
 */
export function sharedHues(adjacency: Adjacency, one: Side, other: Side): Map<string, number> {
  const keys = [...new Set([...one.keys, ...other.keys])];
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const wished = new Int32Array(keys.length);
  for (const { keys, hues } of [other, one]) {
    for (const [group, key] of keys.entries()) wished[indexOf.get(key)!] = hues[group]!;
  }
  const { n } = adjacency;
  const group = new Int32Array(2 * n).fill(-1);
  for (const [side, shift] of [
    [one, 0],
    [other, n],
  ] as const) {
    for (let unit = 0; unit < n; unit++) {
      const at = side.group[unit]!;
      if (at >= 0) group[shift + unit] = indexOf.get(side.keys[at]!)!;
    }
  }
  const hues = colourGroups(twoCopies(adjacency), group, keys.length, okabeIto.length, wished);
  return new Map(keys.map((key, index) => [key, hues[index]!]));
}

/** The region twice, nothing joining the copies: units n to 2n − 1 are the second one. */
function twoCopies({ n, offsets, neighbours, lengthsM }: Adjacency): Adjacency {
  const edges = neighbours.length;
  const twice = { n: 2 * n, offsets: new Int32Array(2 * n + 1) };
  for (let unit = 0; unit <= n; unit++) {
    twice.offsets[unit] = offsets[unit]!;
    twice.offsets[n + unit] = edges + offsets[unit]!;
  }
  const both = { neighbours: new Int32Array(2 * edges), lengthsM: new Float64Array(2 * edges) };
  both.neighbours.set(neighbours);
  both.neighbours.set(
    neighbours.map((unit) => n + unit),
    edges,
  );
  both.lengthsM.set(lengthsM);
  both.lengthsM.set(lengthsM, edges);
  return { ...twice, ...both };
}

/** `share` of `top` over `base`, both `#rrggbb`. */
export function mix(top: string, base: string, share: number): string {
  const channel = (at: number) => {
    const over = Number.parseInt(top.slice(at, at + 2), 16);
    const under = Number.parseInt(base.slice(at, at + 2), 16);
    return Math.round(over * share + under * (1 - share))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
