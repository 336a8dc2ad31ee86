import type { Orientation } from './paper.ts';

/** How the words of a sheet are set; the maps take the room they leave. */
export interface Setting {
  /** pt */
  titleSize: number;
  legendSize: number;
  footSize: number;
  legendColumns: number;
  /** mm, of a legend beside the map; one under the maps is as wide as the sheet */
  legendWidth: number;
  /** the maps get at least that height, mm */
  mapHeight: number;
  /** names in the legend, all colours together */
  names: number;
}

type Step = Omit<Setting, 'titleSize' | 'names'>;

const step = (
  legendSize: number,
  footSize: number,
  legendColumns: number,
  legendWidth: number,
  mapHeight: number,
): Step => ({ legendSize, footSize, legendColumns, legendWidth, mapHeight });

/** From the most readable to the one with most room; nothing under 6 pt, which paper still shows. */
const beside = [
  step(8, 7, 1, 60, 110),
  step(7.5, 7, 2, 84, 100),
  step(7, 6.5, 2, 92, 90),
  step(6.5, 6, 3, 110, 80),
  step(6, 6, 3, 120, 70),
];
const under = [
  step(8, 7, 3, 0, 150),
  step(7.5, 7, 4, 0, 140),
  step(7, 6.5, 4, 0, 130),
  step(6.5, 6, 4, 0, 110),
  step(6, 6, 5, 0, 90),
];
const underTwo = [
  step(8, 7, 4, 0, 95),
  step(7.5, 7, 5, 0, 90),
  step(7, 6.5, 5, 0, 85),
  step(6.5, 6, 6, 0, 75),
  step(6, 6, 6, 0, 65),
];
const titleSizes = [15, 13, 11];

/** What a setting comes to, once laid out. */
export interface Measured {
  titleLines: number;
  /** whether all is inside the sheet and nothing over anything else */
  fits: boolean;
}

/**
 * The setting of a sheet: the largest title of two lines at most (three at the smallest size), then
 * the most readable words that fit, all names told. When even the smallest do not fit, the most names
 * that do: halving finds how many, since fewer names never take more room.
 *
 * @param names how many there are to tell
 * @param measure lays a setting out
 */
export function arrange(
  { orientation, maps, names }: { orientation: Orientation; maps: number; names: number },
  measure: (setting: Setting) => Measured,
): Setting {
  const steps = orientation === 'portrait' ? under : maps > 1 ? underTwo : beside;
  const first = steps[0]!;
  const titleSize =
    titleSizes.find((size) => measure({ ...first, titleSize: size, names: 0 }).titleLines <= 2) ??
    titleSizes.at(-1)!;
  for (const each of steps) {
    const setting = { ...each, titleSize, names };
    if (measure(setting).fits) return setting;
  }
  const smallest = { ...steps.at(-1)!, titleSize };
  let [least, most] = [0, names];
  while (most - least > 1) {
    const middle = (least + most) >> 1;
    if (measure({ ...smallest, names: middle }).fits) least = middle;
    else most = middle;
  }
  return { ...smallest, names: least };
}
