import type { BandReason, ProposalIndicators } from '../contracts/proposals.ts';
import { type RegionColumns, regionGraphs } from '../core/proposal/columns.ts';
import { figuresOn } from '../core/proposal/common-scope.ts';
import { serveTask } from './task.ts';

export interface FiguresTask {
  columns: RegionColumns;
  areaKm2: number[];
  /** territory of each unit, -1: none */
  label: Int32Array;
  territories: { inBand: boolean; reason: BandReason | null }[];
  /** the units that count */
  units: Uint8Array;
}

/** The figures of a finished plan on some of its units. */
await serveTask<FiguresTask, ProposalIndicators>(({ columns, units, ...plan }) =>
  figuresOn(units, { ...plan, graphs: regionGraphs(columns) }),
);
