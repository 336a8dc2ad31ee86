import { Delaunay } from 'd3-delaunay';
import type { ListedCommune } from './commune-list.ts';
import type { Landmass } from './landmasses.ts';
import { PointIndex } from './point-index.ts';
import type { Point } from './projection.ts';
import { shoreAround } from './shore.ts';

const goldenAngle = Math.PI * (3 - Math.sqrt(5));
/** Two communes are never closer than this, km. */
const closest = 0.25;
/** Points tried around an anchor, spread over a disc of `reach` times the spacing. */
const candidates = 220;
const reach = 5;

/**
 * Gives every commune a point: its own where it is known, else one near the communes with the same
 * postal code, else the same EPCI, else the same department. Such points keep their distance from
 * the others, stay on land, and stay where the nearest known commune is of their department, so
 * that no department is torn. Nothing is random: the order is that of the codes.
 */
export function placeCommunes(
  communes: readonly ListedCommune[],
  known: ReadonlyMap<string, Point>,
  landmass: Landmass,
): Map<string, Point> {
  const located = communes.filter(({ code }) => known.has(code));
  const locatedPoints = located.map(({ code }) => known.get(code) as Point);
  const placed = new Map<string, Point>();
  const taken = new PointIndex(landmass.spacingKm);
  const waiting: { commune: ListedCommune; anchor: Point }[] = [];
  for (const commune of communes) {
    const point = known.get(commune.code);
    if (point === undefined) continue;
    if (taken.room(point) < closest) waiting.push({ commune, anchor: point });
    else {
      placed.set(commune.code, point);
      taken.add(point);
    }
  }
  const anchorOf = anchors(located, known);
  for (const commune of communes) {
    if (!known.has(commune.code)) waiting.push({ commune, anchor: anchorOf(commune) });
  }
  const nearest = Delaunay.from(locatedPoints);
  const { isSea } = shoreAround(locatedPoints, landmass);
  for (const { commune, anchor } of waiting) {
    let host = nearest.find(...anchor);
    const point = freePoint(anchor, taken, landmass.spacingKm, (candidate) => {
      host = nearest.find(...candidate, host);
      return located[host]?.department === commune.department && !isSea(candidate);
    });
    placed.set(commune.code, point);
    taken.add(point);
  }
  return placed;
}

/**
 * The first point of a sunflower spiral that fits and has all the room wanted; without one, the
 * best compromise between room and nearness.
 */
function freePoint(
  anchor: Point,
  taken: PointIndex,
  spacing: number,
  fits: (candidate: Point) => boolean,
): Point {
  let best: Point | null = null;
  let bestScore = 0;
  for (let k = 0; k < candidates; k += 1) {
    const candidate = onSpiral(anchor, k, spacing);
    const room = taken.room(candidate);
    const score = room * (1 - (0.7 * k) / candidates);
    if (room < closest || score <= bestScore || !fits(candidate)) continue;
    if (room >= spacing) return candidate;
    best = candidate;
    bestScore = score;
  }
  for (let k = 0; best === null; k += 1) {
    const candidate = onSpiral(anchor, k, spacing);
    if (taken.room(candidate) >= closest) best = candidate;
  }
  return best;
}

/** Points of even density around the anchor; the k-th is farther than those before. */
function onSpiral([x, y]: Point, k: number, spacing: number): Point {
  const radius = reach * spacing * Math.sqrt(k / candidates);
  return [x + radius * Math.cos(k * goldenAngle), y + radius * Math.sin(k * goldenAngle)];
}

/** Mean point of the located communes nearest in administrative terms. */
function anchors(
  located: readonly ListedCommune[],
  known: ReadonlyMap<string, Point>,
): (commune: ListedCommune) => Point {
  const groups = new Map<string, { x: number; y: number; n: number }>();
  for (const commune of located) {
    const [x, y] = known.get(commune.code) as Point;
    for (const key of groupKeys(commune)) {
      const group = groups.get(key) ?? { x: 0, y: 0, n: 0 };
      groups.set(key, { x: group.x + x, y: group.y + y, n: group.n + 1 });
    }
  }
  return (commune) => {
    for (const key of groupKeys(commune)) {
      const group = groups.get(key);
      if (group !== undefined) return [group.x / group.n, group.y / group.n];
    }
    throw new Error(`No located commune on the landmass of ${commune.code}`);
  };
}

/** Nearest kinship first. Postal codes and EPCI may cross departments: only the inner part counts. */
function groupKeys({ department, epci, postalCodes }: ListedCommune): string[] {
  return [
    ...postalCodes.map((postal) => `${department} postal ${postal}`),
    ...(epci === null ? [] : [`${department} epci ${epci}`]),
    department,
    'landmass',
  ];
}
