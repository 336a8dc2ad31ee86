/**
 * From which zoom of the map a town is named, by its inhabitants: `[zoom, least inhabitants]`, the
 * lowest zoom first. Tiles hold no more names than the map would show.
 */
export const townZooms: readonly (readonly [zoom: number, inhabitants: number])[] = [
  [0, 20_000],
  [8, 6_000],
  [9, 2_500],
  [10, 900],
  [11, 0],
];

/** Least inhabitants of a town that is named at a zoom. */
export function leastNamed(zoom: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [from, inhabitants] of townZooms) if (zoom >= from) least = inhabitants;
  return least;
}
