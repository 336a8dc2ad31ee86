import type { Adjacency } from '../graph/adjacency.ts';

/** How a territory lies on the ground. */
export interface Lie {
  /** connected pieces */
  pieces: number;
  /** ground that it encloses, ascending units, by lowest unit */
  holes: number[][];
}

/** Ground being reached from one side of a territory. */
interface Flood {
  units: number[];
  /** next of `units` to spread from */
  next: number;
  /** it reaches the edge of the region: no hole */
  outside: boolean;
}

/**
 * Tells how territories lie, each at the cost of its own size and that of its holes, not of the
 * country: from each unit beside the territory the ground outside is flooded, all floods in turn and
 * joined where they meet; those that run dry are holes, and the last that goes on is the outside.
 * The holes are those of `complementParts` (core/drawing) where every connected part of the region
 * has a unit at its edge.
 *
 * @param atEdge 1 where a unit is at the edge of the region
 */
export function territoryLies(
  { offsets, neighbours, n }: Adjacency,
  atEdge: Uint8Array,
): (units: ArrayLike<number>) => Lie {
  // Marks of one territory; those of the one before are below its number.
  const member = new Int32Array(n).fill(-1);
  const reachedAt = new Int32Array(n).fill(-1);
  const floodOf = new Int32Array(n);
  let turn = 0;

  function countPieces(units: readonly number[]): number {
    let count = 0;
    for (const start of units) {
      if (reachedAt[start] === turn) continue;
      count++;
      const piece = [start];
      reachedAt[start] = turn;
      for (let at = 0; at < piece.length; at++) {
        const u = piece[at]!;
        for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
          const v = neighbours[e]!;
          if (member[v] !== turn || reachedAt[v] === turn) continue;
          reachedAt[v] = turn;
          piece.push(v);
        }
      }
    }
    return count;
  }

  function holesOf(units: readonly number[]): number[][] {
    const floods: Flood[] = [];
    // Whom each flood was joined to; itself while it stands alone.
    const joined: number[] = [];
    const standing = (flood: number): number => {
      let at = flood;
      while (joined[at] !== at) at = joined[at]!;
      return at;
    };
    const reach = (unit: number, flood: number) => {
      reachedAt[unit] = turn;
      floodOf[unit] = flood;
      floods[flood]!.units.push(unit);
      if (atEdge[unit] === 1) floods[flood]!.outside = true;
    };
    const join = (p: number, q: number): number => {
      const [one, other] = [floods[p]!, floods[q]!];
      const [kept, gone] = one.units.length >= other.units.length ? [p, q] : [q, p];
      const [large, small] = kept === p ? [one, other] : [other, one];
      joined[gone] = kept;
      // What was spread from goes before what was not.
      large.units = [
        ...small.units.slice(0, small.next),
        ...large.units,
        ...small.units.slice(small.next),
      ];
      large.next += small.next;
      large.outside ||= small.outside;
      return kept;
    };
    const spread = (flood: number) => {
      let mine = flood;
      const u = floods[mine]!.units[floods[mine]!.next++]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (member[v] === turn) continue;
        if (reachedAt[v] !== turn) reach(v, mine);
        else if (standing(floodOf[v]!) !== mine) mine = join(standing(floodOf[v]!), mine);
      }
    };

    let atTheEdge = false;
    for (const u of units) {
      if (atEdge[u] === 1) atTheEdge = true;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (member[v] === turn || reachedAt[v] === turn) continue;
        joined.push(floods.length);
        floods.push({ units: [], next: 0, outside: false });
        reach(v, floods.length - 1);
      }
    }
    const goesOn = (flood: number) => {
      const { next, units, outside } = floods[flood]!;
      return joined[flood] === flood && !outside && next < units.length;
    };
    let live = joined.filter(goesOn);
    while (live.length > 0) {
      // A territory away from the edge leaves the edge outside: the last flood leads there.
      const known = joined.some((to, flood) => to === flood && floods[flood]!.outside);
      if (live.length === 1 && !known && !atTheEdge) break;
      for (const flood of live) if (goesOn(flood)) spread(flood);
      live = live.filter(goesOn);
    }
    return floods
      .filter((_, flood) => joined[flood] === flood && !live.includes(flood))
      .filter(({ outside }) => !outside)
      .map((flood) => flood.units.sort((p, q) => p - q))
      .sort((p, q) => p[0]! - q[0]!);
  }

  return (given) => {
    const units = Array.from(given);
    turn++;
    for (const u of units) member[u] = turn;
    return { pieces: countPieces(units), holes: holesOf(units) };
  };
}
