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
