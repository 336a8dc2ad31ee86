import { type Band, ministryBand } from '../indicators/band.ts';
import { partsAdded } from './cut-vertices.ts';
import { complementParts, memberParts, type Parts } from './holes.ts';
import { localisationIndex, type Territory } from './territory.ts';

/** What a project leader asks of the next move. */
export const goals = ['band', 'localisation', 'contiguity'] as const;
export type Goal = (typeof goals)[number];

/** What a territory would be after a move, or is before it. */
export interface Outcome {
  population: number;
  /** inhabitants missing to the floor or above the ceiling; 0 in the band */
  excess: number;
  /** 0 to 1; null where no resident has a flow */
  li: number | null;
  pieces: number;
  holes: number;
}

/** One unit put in or taken out. */
export interface Move {
  unit: number;
  adds: boolean;
  after: Outcome;
}

export interface AdviceWanted {
  goal: Goal;
  band?: Band;
  /** whether the drawing may change a unit: a locked one stays where it is */
  movable?: (unit: number) => boolean;
  count?: number;
}

/**
 * The single moves that help a goal most. Every member and every neighbour is tried, exactly: the sums
 * of a territory tell its population and flows after a move, the cut vertices of the members and of
 * what they leave tell its pieces and holes, so that a whole round costs one walk over the region.
 *
 * - `band`: fewest inhabitants missing or in excess, then the higher localisation index;
 * - `localisation`: highest localisation index, without going further out of the band;
 * - `contiguity`: fewest pieces and holes, then nearest to the band, then fewest inhabitants moved.
 *
 * The first two never propose what makes one more piece or hole. Ties go to the lower unit. Nothing is
 * proposed that does not improve, nor what leaves the territory empty.
 */
export function bestMoves(
  territory: Territory,
  { goal, band = ministryBand, movable = () => true, count = 3 }: AdviceWanted,
): Move[] {
  const look = outlook(territory, band);
  const before = look.present;
  const moves: Move[] = [];
  for (const unit of candidates(territory)) {
    if (!movable(unit)) continue;
    const move = { unit, adds: territory.has[unit] === 0, after: look.after(unit) };
    if (improves(goal, before, move.after)) moves.push(move);
  }
  const people = territory.ground.population;
  return moves
    .sort((p, q) => worse(goal, p.after, q.after) || tie(goal, people, p, q) || p.unit - q.unit)
    .slice(0, count);
}

/** Members, unless there is one alone, and the units beside them. */
function candidates({ ground, has, size }: Territory): number[] {
  const { n, offsets, neighbours } = ground.adjacency;
  const found: number[] = [];
  for (let u = 0; u < n; u++) {
    if (has[u] === 1) {
      if (size > 1) found.push(u);
      continue;
    }
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      if (has[neighbours[e]!] === 0) continue;
      found.push(u);
      break;
    }
  }
  return found;
}

/** What each move would lead to. */
export function outlook(territory: Territory, band: Band) {
  const { ground, has } = territory;
  const { adjacency, atEdge } = ground;
  const pieces = memberParts(adjacency, has);
  const left = complementParts(adjacency, has, atEdge);
  const [pieceCount, holeCount] = [pieces.units.length, left.units.length - 1];
  const piecesWithout = partsAdded(adjacency, (u) => has[u] === 1);
  const holesWithout = partsAdded(
    adjacency,
    (u) => has[u] === 0,
    (u) => atEdge[u] === 1,
  );
  const outcome = (population: number, li: number | null, inPieces: number, holes: number) => {
    const excess = Math.max(band.floor - population, population - band.ceiling, 0);
    return { population, excess, li, pieces: inPieces, holes };
  };
  return {
    present: outcome(territory.population, localisationIndex(territory), pieceCount, holeCount),
    after(unit: number): Outcome {
      const isIn = has[unit] === 1;
      const people = ground.population[unit]!;
      const li = localisationIndex(territory.exchanged(unit));
      return isIn
        ? outcome(
            territory.population - people,
            li,
            pieceCount + piecesWithout[unit]!,
            holeCount + 1 - touched(territory, left, unit, atEdge[unit] === 1),
          )
        : outcome(
            territory.population + people,
            li,
            pieceCount + 1 - touched(territory, pieces, unit, false),
            holeCount + holesWithout[unit]!,
          );
    },
  };
}

/** How many parts a unit that joins them would tie together; `anchored` is the outside, part 0. */
function touched({ ground }: Territory, { of }: Parts, unit: number, anchored: boolean): number {
  const { offsets, neighbours } = ground.adjacency;
  const seen = new Set(anchored ? [0] : []);
  for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
    const part = of[neighbours[e]!]!;
    if (part >= 0) seen.add(part);
  }
  return seen.size;
}

const breaks = ({ pieces, holes }: Outcome) => pieces - 1 + holes;
/** What no flow tells is as good as nothing kept. */
const kept = ({ li }: Outcome) => li ?? 0;

function improves(goal: Goal, before: Outcome, after: Outcome): boolean {
  if (goal === 'contiguity') return breaks(after) < breaks(before);
  if (after.pieces > before.pieces || after.holes > before.holes) return false;
  if (goal === 'band') return after.excess < before.excess;
  return after.excess <= before.excess && kept(after) > kept(before) + 1e-9;
}

/** Below 0 where the first outcome serves the goal better. */
function worse(goal: Goal, p: Outcome, q: Outcome): number {
  if (goal === 'band') return p.excess - q.excess || kept(q) - kept(p);
  if (goal === 'localisation') return kept(q) - kept(p);
  return breaks(p) - breaks(q) || p.excess - q.excess;
}

function tie(goal: Goal, population: ArrayLike<number>, p: Move, q: Move): number {
  return goal === 'contiguity' ? population[p.unit]! - population[q.unit]! : 0;
}
