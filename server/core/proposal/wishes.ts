import type { ProposalParameters } from '../../contracts/proposals.ts';
import { holdTouches } from './around-changes.ts';
import { numbersOf, type RegionColumns, type RegionGraphs, regionGraphs } from './columns.ts';
import type { ProposalInput } from './input.ts';

/** What a run asks for, with all that the database knows of it; units by code. */
export interface ProposalWishes {
  columns: RegionColumns;
  parameters: ProposalParameters;
  /** department or region of each unit; null without walls */
  walls: string[] | null;
  /** the units to divide; null: all */
  scope: string[] | null;
  /** recognised CPTS to keep as they are */
  kept: string[][];
  poles: string[];
  /** the plan to improve: territory of each unit (-1: none) and the drafts to hold */
  improved: { label: Int32Array; drafts: string[][] } | null;
}

/** Moves tried for each unit of the scope: on two cores about 1, 5 and 30 s a region. */
const MOVES_PER_UNIT = { quick: 6_000, normal: 30_000, thorough: 180_000 } as const;
const LEAST_MOVES = 400_000;

/** What the engine is given, with the graphs it was read from. */
export function proposalInput(wishes: ProposalWishes): {
  input: ProposalInput;
  graphs: RegionGraphs;
} {
  const { parameters, columns } = wishes;
  const graphs = regionGraphs(columns);
  const { index, adjacency, population } = graphs;
  const at = (code: string) => index.get(code)!;
  const set = (codes: readonly string[]) => codes.map(at);
  const { floor, ceiling, seed, target, weights } = parameters;

  let { territories } = parameters;
  let fixed = wishes.kept.map(set);
  let together = parameters.together.map(set);
  let apart = parameters.apart.map(([a, b]): [number, number] => [at(a), at(b)]);
  let scope = wishes.scope?.map(at);
  let start: Int32Array | undefined;
  const { improves } = parameters;
  if (improves && wishes.improved) {
    const { label, drafts } = wishes.improved;
    const kept = new Set(fixed.flat());
    const free = label.map((territory, u) => (kept.has(u) ? -1 : territory));
    const held = holdTouches(free, population, adjacency, ceiling, {
      changes: improves.changes
        .map(({ unit, territory }) => ({ unit: at(unit), territory }))
        .filter(({ unit }) => !kept.has(unit)),
      locked: improves.locked.map(at),
      drawn: drafts.map((codes) => set(codes).filter((u) => !kept.has(u))).filter(isFilled),
      around: improves.around,
    });
    start = held.label;
    fixed = [...fixed, ...held.fixed];
    const still = new Set(fixed.flat());
    // A wish about communes that are held as they are was met, or overruled by hand.
    together = [...together.filter((units) => !units.some((u) => still.has(u))), ...held.together];
    apart = [...apart.filter(([u, v]) => !still.has(u) || !still.has(v)), ...held.apart];
    scope = [...label.keys()].filter((u) => label[u]! >= 0 || still.has(u));
    if (territories !== undefined) territories = held.reopened || undefined;
  }
  const units = scope?.length ?? population.length;
  return {
    graphs,
    input: {
      population,
      adjacency,
      flow: graphs.flow,
      lost: graphs.lost,
      floor,
      ceiling,
      seed,
      epci: graphs.epci,
      poles: set(wishes.poles),
      ...(target !== undefined && { target }),
      ...(territories !== undefined && { territories }),
      ...(start && { start }),
      weights,
      locks: { fixed, together, apart, wholeEpci: parameters.wholeEpci },
      ...(wishes.walls && { walls: numbersOf(wishes.walls) }),
      ...(scope && { scope }),
      effort: Math.max(LEAST_MOVES, units * MOVES_PER_UNIT[parameters.effort]),
    },
  };
}

function isFilled(units: readonly number[]): boolean {
  return units.length > 0;
}
