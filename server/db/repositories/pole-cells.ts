import { type RawBuilder, sql } from 'kysely';
import type { PoleParameters } from '../../contracts/poles.ts';

/** What an analysis is asked: a run whose rows are to be written, and the flows it reads. */
export interface PoleAnalysis {
  run: number;
  dataset: number;
  vintage: string;
  parameters: PoleParameters;
}

/**
 * Patients in millionths, as every comparison takes them: sums of fractional flows differ in their
 * last bits with the order they were added in, and a run must be reproducible.
 */
export function millionths(patients: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`floor((${patients}) * 1e6 + 0.5)`;
}

/** What a cell counts: its known patients, and each masked cell as the parameters say. */
export function counted({ masked }: PoleParameters, cell = 'pole_cell'): RawBuilder<number> {
  return sql<number>`(${sql.ref(`${cell}.known`)} + ${sql.lit(masked)} * ${sql.ref(`${cell}.masked`)})`;
}
