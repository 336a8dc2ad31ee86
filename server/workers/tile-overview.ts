/** Seen at once on a screen, a region is rarely wider than this many tiles of one zoom. */
const MOST_ACROSS = 4;
const MOST_ZOOM = 7;

/**
 * The tiles (zoom, column, row of the Web Mercator scheme, OGC 17-083r2) of a box in degrees, zoom
 * after zoom from the whole world's, as long as the box is few tiles across.
 */
export function overview([west, south, east, north]: readonly [number, number, number, number]): [
  z: number,
  x: number,
  y: number,
][] {
  const tiles: [number, number, number][] = [];
  for (let z = 0; z <= MOST_ZOOM; z++) {
    const [left, right] = [column(west, z), column(east, z)];
    const [top, bottom] = [row(north, z), row(south, z)];
    if (right - left >= MOST_ACROSS || bottom - top >= MOST_ACROSS) break;
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) tiles.push([z, x, y]);
  }
  return tiles;
}

function column(lon: number, z: number): number {
  return within(((lon + 180) / 360) * 2 ** z, z);
}

function row(lat: number, z: number): number {
  const angle = (lat * Math.PI) / 180;
  return within((0.5 - Math.log(Math.tan(Math.PI / 4 + angle / 2)) / (2 * Math.PI)) * 2 ** z, z);
}

const within = (at: number, z: number) => Math.min(Math.max(Math.floor(at), 0), 2 ** z - 1);
