import { FlowRowBlocks, type FlowRowNames } from '../db/flow-row-blocks.ts';
import type { FlowSorter } from '../imports/extract/flow-sorter.ts';
import { inflowOverAll } from '../imports/extract/place-inflows.ts';
import { RowRanker } from '../imports/extract/row-ranks.ts';
import { cellsRanked, RowSum } from '../imports/extract/row-sum.ts';

/**
 * The rows of `flow_row` with their ranks; those of `flow_over_all`, a third of a kilobyte a commune,
 * are added to `overAll`, whole once every block was taken. Blocks are taken from `spare` first.
 */
export function* rankedBlocks(
  flows: FlowSorter,
  codes: readonly string[],
  names: FlowRowNames,
  overAll: Uint8Array<ArrayBuffer>[],
  spare: Uint8Array<ArrayBuffer>[],
): Generator<Uint8Array<ArrayBuffer>> {
  const received = flows.inflows(codes.length);
  const receivedOverAll = inflowOverAll(received, codes.length);
  const ranker = new RowRanker(codes);
  const blocks = new FlowRowBlocks(names, spare);
  const blocksOverAll = new FlowRowBlocks(names);
  const sum = new RowSum();

  function endCommune(origin: number): void {
    if (sum.count === 0) return;
    const { cells, ranks } = cellsRanked(sum, ranker.rank(origin, sum, receivedOverAll));
    blocksOverAll.add(origin, null, cells, ranks);
    if (blocksOverAll.full) overAll.push(blocksOverAll.take());
    sum.clear();
  }

  let last = -1;
  for (const { origin, specialty, group } of flows.groups()) {
    if (origin !== last) endCommune(last);
    last = origin;
    sum.addRow(group);
    blocks.add(origin, specialty, group, ranker.rank(origin, group, received[specialty]!));
    if (blocks.full) yield blocks.take();
  }
  endCommune(last);
  if (!blocksOverAll.empty) overAll.push(blocksOverAll.take());
  if (!blocks.empty) yield blocks.take();
}
