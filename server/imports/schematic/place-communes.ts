import { Delaunay } from 'd3-delaunay';
import type { ListedCommune } from './commune-list.ts';
import type { Landmass } from './landmasses.ts';
import { PointIndex } from './point-index.ts';
import type { Point } from './projection.ts';
import { shoreAround } from './shore.ts';

const goldenAngle = Math.PI * (3 - Math.sqrt(5));
/** Two communes are never closer than this, km. */
const closest = 0.25;
/** Points tried around an anchor, and the area each stands for, km²: a disc 16 km wide. */
const candidates = 500;
const areaEach = 1.6;

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
    if (taken.nearerThan(point, closest)) waiting.push({ commune, anchor: point });
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
    const point = freePoint(anchor, taken, landmass.spacingKm, (candidate) => {
      const host = located[nearest.find(candidate[0], candidate[1])];
      return host?.department === commune.department && !isSea(candidate);
    });
    placed.set(commune.code, point);
    taken.add(point);
  }
  return placed;
}

/** The first fitting point on a sunflower spiral, asking for less and less room. */
function freePoint(
  anchor: Point,
  taken: PointIndex,
  spacing: number,
  fits: (candidate: Point) => boolean,
): Point {
  for (let room = spacing; room > closest; room *= 0.7) {
    for (let k = 0; k < candidates; k += 1) {
      const candidate = onSpiral(anchor, k);
      if (!taken.nearerThan(candidate, room) && fits(candidate)) return candidate;
    }
  }
  for (let k = 0; ; k += 1) {
    const candidate = onSpiral(anchor, k);
    if (!taken.nearerThan(candidate, closest)) return candidate;
  }
}

function onSpiral([x, y]: Point, k: number): Point {
  const radius = Math.sqrt((k * areaEach) / Math.PI);
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
