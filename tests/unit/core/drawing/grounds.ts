import fc from 'fast-check';
import { drawingFlows, drawingGround } from '../../../../server/core/drawing/ground.ts';
import { Territory } from '../../../../server/core/drawing/territory.ts';
import { flowMatrix } from '../../../../server/core/flows/matrix.ts';

/** A small region told in plain lists, with a territory on it, for oracles that count naively. */
export interface Drawn {
  population: number[];
  areaKm2: number[];
  epci: (string | null)[];
  borders: [a: number, b: number, lengthM: number][];
  flows: [from: number, to: number, patients: number][];
  members: number[];
  places: number;
}

/** Squares of a grid, some links broken, some more drawn, flows to two places outside it. */
export const drawn: fc.Arbitrary<Drawn> = fc
  .record({ columns: fc.integer({ min: 1, max: 5 }), rows: fc.integer({ min: 1, max: 5 }) })
  .chain(({ columns, rows }) => {
    const n = columns * rows;
    const unit = fc.nat(n - 1);
    const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: n, maxLength: n });
    return fc.record({
      population: list(fc.integer({ min: 0, max: 40_000 })),
      areaKm2: list(fc.integer({ min: 1, max: 50 })),
      epci: list(fc.constantFrom('a', 'b', 'c', null)),
      members: fc.uniqueArray(unit),
      places: fc.constant(n + 2),
      flows: fc.array(fc.tuple(unit, fc.nat(n + 1), fc.integer({ min: 0, max: 9 })), {
        maxLength: 5 * n,
      }),
      borders: fc
        .record({ lengths: list(fc.integer({ min: 1, max: 9 })), shut: list(fc.nat(5)) })
        .map(({ lengths, shut }) => {
          const found: Drawn['borders'] = [];
          for (let u = 0; u < n; u++) {
            const [column, row] = [u % columns, Math.floor(u / columns)];
            const length = 1000 * lengths[u]!;
            if (column < columns - 1 && shut[u] !== 0) found.push([u, u + 1, length]);
            if (row < rows - 1 && shut[u] !== 1) found.push([u, u + columns, length]);
            const outer = [column === 0, row === 0, column === columns - 1, row === rows - 1];
            for (const isOuter of outer) if (isOuter) found.push([u, -1, 4000]);
          }
          return found;
        }),
    });
  });

export function territoryOf({ population, areaKm2, epci, borders, flows, ...rest }: Drawn) {
  const column = <T extends unknown[], K extends 0 | 1 | 2>(rows: T[], at: K) =>
    rows.map((row) => row[at] as number);
  const ground = drawingGround(
    { population, areaKm2, epci },
    { a: column(borders, 0), b: column(borders, 1), lengthM: column(borders, 2) },
  );
  const n = population.length;
  const matrix = flowMatrix(rest.places, column(flows, 0), column(flows, 1), column(flows, 2));
  const unitOf = Array.from({ length: rest.places }, (_, place) => (place < n ? place : -1));
  const territory = new Territory(ground, drawingFlows(n, unitOf, matrix));
  territory.become(new Set(rest.members));
  return territory;
}

/** Parts of a graph told by its edges, counted by merging names. */
function countParts(nodes: Iterable<number>, edges: Iterable<[number, number]>): number {
  const name = new Map([...nodes].map((node) => [node, node]));
  for (const [a, b] of edges) {
    const [p, q] = [name.get(a), name.get(b)];
    if (p === undefined || q === undefined || p === q) continue;
    for (const [node, own] of name) if (own === q) name.set(node, p);
  }
  return new Set(name.values()).size;
}

/** Everything counted anew, from the lists alone. */
export function plainOutcome(
  { population, borders, flows, places }: Drawn,
  members: ReadonlySet<number>,
) {
  const n = population.length;
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const leaving = flows.filter(([from]) => members.has(from));
  const out = sum(leaving.map(([, , patients]) => patients));
  const inside = sum(leaving.filter(([, to]) => members.has(to)).map(([, , patients]) => patients));
  const all = Array.from({ length: n }, (_, u) => u);
  const others = all.filter((u) => !members.has(u));
  const edges = borders.map(([a, b]): [number, number] => [a, b]);
  // The outside is a node more, that all units at the edge touch.
  const beyond = borders.filter(([, b]) => b < 0).map(([a]): [number, number] => [a, places + 1]);
  return {
    population: sum([...members].map((u) => population[u]!)),
    li: out > 0 ? inside / out : null,
    pieces: countParts(members, edges),
    holes: countParts([...others, places + 1], [...edges, ...beyond]) - 1,
    inside,
    out,
  };
}
