/**
 * Units whose point a gesture covers. Positions are on the Web Mercator plane, where the map is flat:
 * x and y from 0 to 1 over the world, y southwards. All units count, on screen or not.
 */
export interface PointPlane {
  x: Float64Array;
  y: Float64Array;
}

export interface PlanePoint {
  x: number;
  y: number;
}

/** Web Mercator of a longitude and latitude in degrees (spherical, as map tiles are). */
export function onPlane(lon: number, lat: number): PlanePoint {
  const sine = Math.sin((lat * Math.PI) / 180);
  return { x: lon / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

export function pointPlane(lon: ArrayLike<number>, lat: ArrayLike<number>): PointPlane {
  const [x, y] = [new Float64Array(lon.length), new Float64Array(lon.length)];
  for (let unit = 0; unit < lon.length; unit++) {
    const at = onPlane(lon[unit]!, lat[unit]!);
    x[unit] = at.x;
    y[unit] = at.y;
  }
  return { x, y };
}

/** Within a radius of a segment, ends included: what a round brush moved along it covers. */
export function alongSegment(
  { x, y }: PointPlane,
  from: PlanePoint,
  to: PlanePoint,
  radius: number,
): number[] {
  const found: number[] = [];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  for (let u = 0; u < x.length; u++) {
    const [px, py] = [x[u]! - from.x, y[u]! - from.y];
    const t = length2 > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length2)) : 0;
    const [ox, oy] = [px - t * dx, py - t * dy];
    if (ox * ox + oy * oy <= radius * radius) found.push(u);
  }
  return found;
}

/** In the rectangle between two corners. */
export function inBox({ x, y }: PointPlane, a: PlanePoint, b: PlanePoint): number[] {
  const [west, east] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [north, south] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  const found: number[] = [];
  for (let u = 0; u < x.length; u++) {
    if (x[u]! >= west && x[u]! <= east && y[u]! >= north && y[u]! <= south) found.push(u);
  }
  return found;
}

/**
 * Within an outline, which closes itself: a half-line eastwards from the point crosses it an odd
 * number of times. What a line that crosses itself goes round twice is outside.
 */
export function inOutline({ x, y }: PointPlane, outline: readonly PlanePoint[]): number[] {
  if (outline.length < 3) return [];
  const corners = (axis: 'x' | 'y', most: (...all: number[]) => number) =>
    outline.reduce((found, point) => most(found, point[axis]), outline[0]![axis]);
  const box = [
    { x: corners('x', Math.min), y: corners('y', Math.min) },
    { x: corners('x', Math.max), y: corners('y', Math.max) },
  ] as const;
  return inBox({ x, y }, ...box).filter((u) => isInside(x[u]!, y[u]!, outline));
}

function isInside(px: number, py: number, outline: readonly PlanePoint[]): boolean {
  let inside = false;
  let before = outline.at(-1)!;
  for (const point of outline) {
    if (point.y > py !== before.y > py) {
      const at = before.x + ((py - before.y) / (point.y - before.y)) * (point.x - before.x);
      if (px < at) inside = !inside;
    }
    before = point;
  }
  return inside;
}
