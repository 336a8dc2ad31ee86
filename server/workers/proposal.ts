import type { FlowColumns } from '../core/flows/columns.ts';
import { flowMatrix } from '../core/flows/matrix.ts';
import { buildAdjacency } from '../core/graph/adjacency.ts';
import type { BorderColumns } from '../core/graph/border-columns.ts';
import type { Plan } from '../core/proposal/plan.ts';
import { propose } from '../core/proposal/propose.ts';
import { refusalSentence } from '../core/proposal/refusal.ts';
import { DomainError } from '../errors.ts';
import { serveTask } from './task.ts';

export interface ProposalTask {
  /** sorted by code */
  code: string[];
  population: number[];
  borders: BorderColumns;
  flows: FlowColumns;
  floor: number;
  ceiling: number;
  seed: number;
}

/** What compactness is worth until runs can choose it (`Weights.border`). */
const COMPACT = 0.05;

await serveTask<ProposalTask, Plan>((task, onProgress) => {
  const index = new Map(task.code.map((code, i) => [code, i]));
  const at = (code: string | null) => (code === null ? -1 : (index.get(code) ?? -1));
  const n = task.code.length;

  // Care outside the region cannot be kept inside a territory, but its residents did leave.
  const origins: number[] = [];
  const destinations: number[] = [];
  const patients: number[] = [];
  const lost = new Float64Array(n);
  for (let f = 0; f < task.flows.origin.length; f++) {
    const origin = at(task.flows.origin[f] ?? null);
    const destination = at(task.flows.destination[f] ?? null);
    const count = task.flows.patients[f] ?? 0;
    if (origin < 0) continue;
    if (destination < 0) {
      lost[origin] = (lost[origin] ?? 0) + count;
      continue;
    }
    origins.push(origin);
    destinations.push(destination);
    patients.push(count);
  }

  const outcome = propose({
    population: task.population,
    adjacency: buildAdjacency(
      n,
      task.borders.a.map(at),
      task.borders.b.map(at),
      task.borders.lengthM,
    ),
    flow: flowMatrix(n, origins, destinations, patients),
    lost,
    floor: task.floor,
    ceiling: task.ceiling,
    seed: task.seed,
    weights: { border: COMPACT },
    onProgress: (share) => onProgress(share, 1),
  });
  if ('plan' in outcome) return outcome.plan;
  throw new DomainError(
    'contradictory_wishes',
    refusalSentence(outcome.refusal, (unit) => task.code[unit] ?? ''),
  );
});
