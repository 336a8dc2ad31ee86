import { type Calibration, calibrate } from '../core/flows/calibrate.ts';
import { type Distances, unitCount } from '../core/flows/costs.ts';
import type { GravityValues } from '../core/flows/gravity-parameters.ts';
import { flowMatrix } from '../core/flows/matrix.ts';
import { serveTask } from './task.ts';

export interface CalibrationTask {
  distances: Distances;
  specialties: {
    /** practitioners by unit index */
    supply: Float64Array;
    /** flows observed, by unit index; patients a year */
    origins: Int32Array;
    destinations: Int32Array;
    patients: Float64Array;
  }[];
  /** what a parameter keeps when the flows do not tell it */
  initial: GravityValues;
}

/** Null where no patient chose among the supply. */
export interface CalibrationResult {
  /** one alpha and one beta for all */
  pooled: Calibration | null;
  specialties: (Calibration | null)[];
}

await serveTask<CalibrationTask, CalibrationResult>(
  ({ distances, specialties, initial }, onProgress) => {
    const n = unitCount(distances);
    const markets = specialties.map(({ supply, origins, destinations, patients }) => ({
      supply,
      flows: flowMatrix(n, origins, destinations, patients),
    }));
    // All together take as long as one after the other.
    const total = 2 * markets.length;
    const alone = markets.map((market, s) =>
      calibrate(distances, [market], initial, (share) => onProgress(s + share, total)),
    );
    const pooled = calibrate(distances, markets, initial, (share) =>
      onProgress(markets.length * (1 + share), total),
    );
    return { pooled, specialties: alone };
  },
);
