import type { Distances } from '../core/flows/costs.ts';
import { huffFlows } from '../core/flows/gravity.ts';
import type { GravityValues } from '../core/flows/gravity-parameters.ts';
import type { FlowMatrix } from '../core/flows/matrix.ts';
import { serveTask } from './task.ts';

export interface HuffTask {
  population: number[];
  distances: Distances;
  /** practitioners by unit index, and how they attract */
  specialties: (GravityValues & { supply: Float64Array })[];
  destinations: number;
}

await serveTask<HuffTask, FlowMatrix[]>(({ specialties, ...input }, onProgress) => {
  const n = input.population.length;
  return specialties.map((specialty, s) =>
    huffFlows({
      ...input,
      ...specialty,
      onProgress: (done) => onProgress(s * n + done, specialties.length * n),
    }),
  );
});
