import { huffFlows } from '../core/flows/gravity.ts';
import type { FlowMatrix } from '../core/flows/matrix.ts';
import { serveTask } from './task.ts';

export interface HuffTask {
  population: number[];
  lon: number[];
  lat: number[];
  /** practitioners by unit index, one array a specialty */
  supplies: Float64Array[];
  alpha: number;
  betaKm: number;
  destinations: number;
}

await serveTask<HuffTask, FlowMatrix[]>(({ supplies, ...input }, onProgress) => {
  const total = supplies.length * input.population.length;
  return supplies.map((supply, s) =>
    huffFlows({
      ...input,
      supply,
      onProgress: (done) => onProgress(s * input.population.length + done, total),
    }),
  );
});
