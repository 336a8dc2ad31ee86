import type { ProposalInput } from './input.ts';
import { TieList, type Ties } from './ties.ts';

/**
 * All that a plan is judged by and that concerns two units at a time, each in shares of its whole: the
 * flow they exchange, the border they share, the intercommunalité they both belong to.
 *
 * @param of unit of the ground of each unit, -1: in none
 */
export function groundTies(input: ProposalInput, of: Int32Array, count: number): Ties {
  const { flow, adjacency, lost, weights = {} } = input;
  const ties = new TieList();
  let patients = 0;
  for (let i = 0; i < flow.n; i++) {
    patients += lost?.[i] ?? 0;
    for (let e = flow.offsets[i]!; e < flow.offsets[i + 1]!; e++) patients += flow.patients[e]!;
  }
  for (let i = 0; i < flow.n && patients > 0; i++) {
    for (let e = flow.offsets[i]!; e < flow.offsets[i + 1]!; e++) {
      const j = flow.destinations[e]!;
      if (of[i]! >= 0 && of[j]! >= 0) ties.add(of[i]!, of[j]!, flow.patients[e]! / patients);
    }
  }

  if (weights.border) {
    let border = 0;
    for (const length of adjacency.lengthsM) border += length / 2;
    for (let u = 0; u < adjacency.n && border > 0; u++) {
      for (let e = adjacency.offsets[u]!; e < adjacency.offsets[u + 1]!; e++) {
        const v = adjacency.neighbours[e]!;
        if (v < u || of[u]! < 0 || of[v]! < 0) continue;
        ties.add(of[u]!, of[v]!, (weights.border * adjacency.lengthsM[e]!) / border);
      }
    }
  }
  if (weights.epci && input.epci) tieEpci(input.epci, weights.epci, input, of, ties);
  return ties.build(count);
}

/** Σ over EPCI of Σ p² / P, apart from each unit's own p², is 2pq / P for each pair. */
function tieEpci(
  epci: ArrayLike<number>,
  weight: number,
  { population }: ProposalInput,
  of: Int32Array,
  ties: TieList,
): void {
  const members = new Map<number, Map<number, number>>();
  let all = 0;
  for (let u = 0; u < of.length; u++) {
    all += population[u]!;
    if (of[u]! < 0 || epci[u]! < 0) continue;
    const group = members.get(epci[u]!) ?? new Map<number, number>();
    members.set(epci[u]!, group);
    group.set(of[u]!, (group.get(of[u]!) ?? 0) + population[u]!);
  }
  for (const group of members.values()) {
    const people = [...group];
    const whole = people.reduce((sum, [, p]) => sum + p, 0);
    for (let a = 0; a < people.length && whole > 0; a++) {
      for (let b = 0; b < a; b++) {
        const [u, p] = people[a]!;
        const [v, q] = people[b]!;
        ties.add(u, v, (weight * 2 * p * q) / (whole * all));
      }
    }
  }
}
