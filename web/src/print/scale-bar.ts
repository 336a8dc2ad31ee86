import { cssPxPerInch, mmPerInch } from './paper.ts';

/** circumference of the sphere of Web Mercator, m */
const equatorM = 2 * Math.PI * 6_378_137;
/** side of the world at zoom 0, CSS px */
const worldPx = 512;

/**
 * Metres on the ground of one CSS px of a Web Mercator map at a latitude (degrees): the projection
 * stretches by 1 / cos(latitude), so that a bar is true there and a little off to the north and south.
 */
export function metresPerPx(zoom: number, latitude: number): number {
  return (Math.cos((latitude * Math.PI) / 180) * equatorM) / (worldPx * 2 ** zoom);
}

export interface ScaleBar {
  /** length on the ground, m: 1, 2 or 5 times a power of ten */
  metres: number;
  /** length on the paper, CSS px */
  px: number;
  /** `850000` for 1 : 850 000, to two figures */
  denominator: number;
}

/** The longest round bar that is no longer than `maxPx`. */
export function scaleBar(zoom: number, latitude: number, maxPx: number): ScaleBar {
  const perPx = metresPerPx(zoom, latitude);
  const most = perPx * maxPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = power * ([5, 2].find((step) => step * power <= most) ?? 1);
  const paperMetresPerPx = mmPerInch / 1000 / cssPxPerInch;
  const denominator = Number((perPx / paperMetresPerPx).toPrecision(2));
  return { metres, px: metres / perPx, denominator };
}
