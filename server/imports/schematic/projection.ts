/** Flat coordinates in kilometres, `x` to the east and `y` to the north. */
export type Point = [x: number, y: number];

export interface Projection {
  toKm(lonLat: Point): Point;
  /** longitude, latitude, rounded to 1e-5° (about a metre) */
  toLonLat(km: Point): [number, number];
}

const kmPerDegree = 111.195;

/** Equirectangular, true at the middle of the given points: cells there are not squashed. */
export function projectionOver(lonLats: readonly Point[]): Projection {
  let south = 90;
  let north = -90;
  for (const [, lat] of lonLats) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const stretch = kmPerDegree * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return {
    toKm: ([lon, lat]) => [lon * stretch, lat * kmPerDegree],
    toLonLat: ([x, y]) => [round(x / stretch), round(y / kmPerDegree)],
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
