import { FlowRowBlocks, type FlowRowNames } from '../db/flow-row-blocks.ts';
import type { FlowSorter } from '../imports/extract/flow-sorter.ts';
import { inflowOverAll, type PlaceInflows } from '../imports/extract/place-inflows.ts';
import { cellsRanked, RowOverAll } from '../imports/extract/row-over-all.ts';
import { RowRanker } from '../imports/extract/row-ranks.ts';

/**
 * The rows of `flow_row` with their ranks; those of `flow_over_all`, a third of a kilobyte a commune,
 * are added to `overAll`, whole once every block was taken.
 */
export function* rankedBlocks(
  flows: FlowSorter,
  codes: readonly string[],
  inflows: PlaceInflows,
  names: FlowRowNames,
  overAll: Uint8Array<ArrayBuffer>[],
): Generator<Uint8Array<ArrayBuffer>> {
  const received = inflows.all(codes.length);
  const receivedOverAll = inflowOverAll(received, codes.length);
  const ranker = new RowRanker(codes);
  const blocks = new FlowRowBlocks(names);
  const blocksOverAll = new FlowRowBlocks(names);
  const sum = new RowOverAll(codes.length);

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
    sum.add(group);
    blocks.add(origin, specialty, group, ranker.rank(origin, group, received[specialty]!));
    if (blocks.full) yield blocks.take();
  }
  endCommune(last);
  if (!blocksOverAll.empty) overAll.push(blocksOverAll.take());
  if (!blocks.empty) yield blocks.take();
}
