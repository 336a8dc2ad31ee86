type Position = readonly number[];
/** rings, the outer one first */
type Polygon = readonly (readonly Position[])[];

/** How far from the line an edge of a piece may be and still be made by it, degrees. */
const TOLERANCE = 1e-9;

/**
 * On which side of a line each piece that it cut out of an outline lies: 0 on its left, 1 on its
 * right. A piece keeps its inside on the left of its edges once the outer ring turns anticlockwise
 * and holes clockwise; so an edge that runs the way of the line tells that the piece is on the
 * line's left. Pieces that the line does not touch (islands) go with the nearest of those it does.
 *
 * Null where no piece has an edge on the line, or all are on one side: the line cuts nothing.
 */
export function sidesOf(pieces: readonly Polygon[], line: readonly Position[]): number[] | null {
  const sides = pieces.map((piece) => sideOf(piece, line));
  if (!sides.includes(0) || !sides.includes(1)) return null;
  const touched = [...sides.keys()].filter((k) => sides[k] !== null);
  return sides.map((side, k) => {
    if (side !== null) return side;
    let nearest = touched[0]!;
    let least = Infinity;
    for (const other of touched) {
      const distance = distanceBetween(pieces[k]!, pieces[other]!);
      if (distance < least) [least, nearest] = [distance, other];
    }
    return sides[nearest]!;
  });
}

/** By the longest of its edges on the line: a short one may be the outline's own. */
function sideOf(piece: Polygon, line: readonly Position[]): number | null {
  let longest = 0;
  let side: number | null = null;
  for (const [r, ring] of piece.entries()) {
    const turned = signedArea(ring) > 0 === (r === 0) ? 1 : -1;
    for (let k = 0; k + 1 < ring.length; k++) {
      const [x1 = 0, y1 = 0] = ring[k]!;
      const [x2 = 0, y2 = 0] = ring[k + 1]!;
      const length = Math.hypot(x2 - x1, y2 - y1);
      if (length <= longest) continue;
      const from = placeOn(line, x1, y1);
      const to = placeOn(line, x2, y2);
      const middle = placeOn(line, (x1 + x2) / 2, (y1 + y2) / 2);
      if (from === null || to === null || middle === null || from === to) continue;
      longest = length;
      side = to > from === turned > 0 ? 0 : 1;
    }
  }
  return side;
}

/** How far along the line a point on it is: segments, and the part of one; null off the line. */
function placeOn(line: readonly Position[], x: number, y: number): number | null {
  for (let s = 0; s + 1 < line.length; s++) {
    const [ax = 0, ay = 0] = line[s]!;
    const [bx = 0, by = 0] = line[s + 1]!;
    const [dx, dy] = [bx - ax, by - ay];
    const squared = dx * dx + dy * dy;
    const along = squared > 0 ? ((x - ax) * dx + (y - ay) * dy) / squared : 0;
    const t = Math.min(1, Math.max(0, along));
    if (Math.hypot(x - ax - t * dx, y - ay - t * dy) <= TOLERANCE) return s + t;
  }
  return null;
}

function signedArea(ring: readonly Position[]): number {
  // From the first point: degrees far from the origin would lose the digits of a small ring.
  const [ox = 0, oy = 0] = ring[0] ?? [];
  let twice = 0;
  for (let k = 0; k + 1 < ring.length; k++) {
    const [x1 = 0, y1 = 0] = ring[k]!;
    const [x2 = 0, y2 = 0] = ring[k + 1]!;
    twice += (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy);
  }
  return twice / 2;
}

function distanceBetween(one: Polygon, other: Polygon): number {
  let least = Infinity;
  for (const [x1 = 0, y1 = 0] of one[0] ?? []) {
    for (const [x2 = 0, y2 = 0] of other[0] ?? []) {
      least = Math.min(least, Math.hypot(x2 - x1, y2 - y1));
    }
  }
  return least;
}
