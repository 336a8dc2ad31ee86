type Ring = number[][];

/** Every side of every ring, whatever its direction → the cells that have it. */
export function segments(rings: Ring[]): Map<string, number[]> {
  const cells = new Map<string, number[]>();
  for (const [cell, ring] of rings.entries()) {
    for (let k = 1; k < ring.length; k += 1) {
      const ends = [String(ring[k - 1]), String(ring[k])];
      const key = ends.sort().join(' | ');
      const known = cells.get(key);
      if (known === undefined) cells.set(key, [cell]);
      else known.push(cell);
    }
  }
  return cells;
}

/** Sizes of the connected pieces, the largest first; two cells touch when they share a side. */
export function pieces(rings: Ring[]): number[] {
  const parent = rings.map((_, cell) => cell);
  const root = (cell: number): number => {
    let at = cell;
    while (parent[at] !== at) at = parent[at] as number;
    parent[cell] = at;
    return at;
  };
  for (const [a, b] of segments(rings).values()) {
    if (a !== undefined && b !== undefined) parent[root(a)] = root(b);
  }
  const sizes = new Map<number, number>();
  for (const cell of parent.keys()) sizes.set(root(cell), (sizes.get(root(cell)) ?? 0) + 1);
  return [...sizes.values()].sort((a, b) => b - a);
}

/**
 * The rings of the outer border: the sides that one cell alone has, in the direction of that cell.
 * Around a hole the ring turns clockwise.
 */
export function outline(rings: Ring[]): Ring[] {
  const shared = segments(rings);
  const next = new Map<string, number[][]>();
  for (const ring of rings) {
    for (let k = 1; k < ring.length; k += 1) {
      const [from, to] = [ring[k - 1] as number[], ring[k] as number[]];
      if (shared.get([String(from), String(to)].sort().join(' | '))?.length !== 1) continue;
      const known = next.get(String(from));
      if (known === undefined) next.set(String(from), [to]);
      else known.push(to);
    }
  }
  const found: Ring[] = [];
  for (const [start, list] of next) {
    while (list.length > 0) found.push(walk(start, next));
  }
  return found;
}

function walk(start: string, next: Map<string, number[][]>): Ring {
  const ring: Ring = [start.split(',').map(Number)];
  for (let at = start; ; ) {
    const to = next.get(at)?.pop();
    if (to === undefined) throw new Error(`the border stops at ${at}`);
    ring.push(to);
    at = String(to);
    if (at === start) return ring;
  }
}

/** Twice the area of a closed ring in its own units; positive when it turns counter-clockwise. */
export function twiceArea(ring: Ring): number {
  let twice = 0;
  for (let k = 1; k < ring.length; k += 1) {
    const [x = 0, y = 0] = ring[k - 1] ?? [];
    const [u = 0, v = 0] = ring[k] ?? [];
    twice += x * v - u * y;
  }
  return twice;
}
