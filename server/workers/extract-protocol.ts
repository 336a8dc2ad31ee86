import type { FlowRowNames } from '../db/flow-row-blocks.ts';
import type { ExtractRead } from './extract-flows.ts';
import type { Failure } from './task.ts';

export type ExtractQuestion =
  | { ask: 'write'; names: FlowRowNames }
  /** a block was written: another may come, in its bytes */
  | { ask: 'more'; bytes: Uint8Array<ArrayBuffer> };

export type ExtractAnswer =
  | { kind: 'progress'; done: number; total: number }
  | ({ kind: 'read' } & ExtractRead)
  | { kind: 'block'; bytes: Uint8Array<ArrayBuffer> }
  /** no more blocks of `flow_row`, then none of `flow_over_all` */
  | { kind: 'end' }
  | Failure;

/** Blocks on their way at once. */
export const BLOCKS_AHEAD = 4;
