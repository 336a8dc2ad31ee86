/** A4 and what the sheet leaves around, mm. */
export const orientations = ['landscape', 'portrait'] as const;
export type Orientation = (typeof orientations)[number];

export const mmPerInch = 25.4;
export const cssPxPerInch = 96;
/** fine enough for the smallest label on paper, and light enough for a phone's memory */
export const dotsPerInch = 200;

/** of the page and a hair less down: a full page spills over onto a second one in some browsers */
export const sheetMm: Record<Orientation, Size> = {
  landscape: { width: 297, height: 209.5 },
  portrait: { width: 210, height: 296.5 },
};

export interface Size {
  width: number;
  height: number;
}

/**
 * Zoom of a printed map that shows at least what the screen shows: the same middle, and the side
 * that has the least room decides.
 */
export function printedZoom(zoom: number, screen: Size, paper: Size): number {
  return zoom + Math.log2(Math.min(paper.width / screen.width, paper.height / screen.height));
}

export type Bounds = [west: number, south: number, east: number, north: number];

/**
 * What a north-up Web Mercator map shows, degrees, from its middle, its zoom (a world of 512 CSS px at
 * zoom 0) and its size in CSS px: the names of a legend are known before the map is drawn.
 */
export function shownBounds(
  { lng, lat }: { lng: number; lat: number },
  zoom: number,
  { width, height }: Size,
): Bounds {
  const world = 512 * 2 ** zoom;
  const across = (width / world) * 180;
  const middle = Math.asinh(Math.tan((lat * Math.PI) / 180));
  const down = (height / world) * Math.PI;
  const latitude = (y: number) => (Math.atan(Math.sinh(y)) * 180) / Math.PI;
  return [lng - across, latitude(middle - down), lng + across, latitude(middle + down)];
}
