/** A4 and what the sheet leaves around, mm. */
export const orientations = ['landscape', 'portrait'] as const;
export type Orientation = (typeof orientations)[number];

export const mmPerInch = 25.4;
export const cssPxPerInch = 96;
/** fine enough for the smallest label on paper, and light enough for a phone's memory */
export const dotsPerInch = 200;

interface Size {
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
