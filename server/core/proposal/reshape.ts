import type { Random } from '../random.ts';
import { anneal } from './anneal.ts';
import { membersOf, territoriesAround } from './around.ts';
import { groundWorth } from './ground.ts';
import { Partition } from './partition.ts';
import { scaleOf } from './scale.ts';
import { TreeCutter } from './tree-cut.ts';
import { openWindow } from './window.ts';

/** Of ten windows, so many begin by merging two territories and splitting a third. */
const MERGING = 0.3;
/** Territories of a window that begins from the plan as it is. */
const WIDTH = 7;
/** Pairs of units drawn for a merger and territories for a split; the best of them is tried. */
const PAIRS_DRAWN = 10;
const SPLITS_DRAWN = 5;
/** By how much a merger may exceed the ceiling and a part of a split miss the floor before the annealing. */
const SLACK = 1.2;
/** Moves tried for each unit of a window. */
const TRIALS_PER_UNIT = 600;
/** Temperatures at which a window starts, as shares of the mean tie of a unit. */
const WARM = 1;
const AFTER_MERGER = 0.3;
/** Where some territory is still outside the band. */
const HOT = 3;
const COLD = 0.01;
/** What it costs to be outside the band before the end of a window: little finds more, much fits more. */
const LENIENT = 10;
const STERN = 300;

/**
 * Large neighbourhood search (P. Shaw, CP 1998) for what single moves cannot reach: a window of a few
 * neighbouring territories is annealed anew and kept when the plan is not worse for it. Some windows
 * begin by merging two territories that nearly fit together under the ceiling and splitting a third, near
 * or far, along a spanning tree: so that a territory is taken from where it separates much and put
 * where it separates little.
 *
 * @param going told the trials used so far after each window; the search ends when it answers false.
 */
export function reshape(
  partition: Partition,
  trials: number,
  random: Random,
  going: (used: number) => boolean = () => true,
): void {
  const { ground, label, count } = partition;
  const { adjacency } = ground;
  if (count < 2) return;
  const { tie, strict } = scaleOf(ground);
  const place = new Int32Array(adjacency.n).fill(-1);
  const cutter = new TreeCutter(ground);
  for (let used = 0; used < trials; ) {
    const members = membersOf(label, count);
    const trial = label.slice();
    const merged =
      random() < MERGING ? mergeAndSplit(partition, cutter, members, trial, random) : null;
    const around = merged
      ? territoriesAround(adjacency, label, members, merged, 1, count)
      : territoriesAround(adjacency, label, members, [startOf(partition, random)], count, WIDTH);
    const window = openWindow(ground, trial, around, place);
    const local = new Map(around.map((t, k) => [t, k]));
    const was = Int32Array.from(window.units, (u) => local.get(label[u]!)!);
    const astray = partition.outside() > 0;
    const draft = new Partition(window.ground, window.label, window.count);
    anneal(
      draft,
      {
        trials: window.units.length * TRIALS_PER_UNIT,
        from: (astray ? HOT : merged ? AFTER_MERGER : WARM) * tie,
        to: COLD * tie,
        strictFrom: (astray ? 0.3 : 3) * strict,
        strictTo: (random() < 0.5 ? LENIENT : STERN) * strict,
      },
      random,
    );
    used += window.units.length * TRIALS_PER_UNIT;
    let relief = -draft.outside();
    for (const t of around) relief += partition.excess(partition.total[t]!);
    const gain =
      groundWorth(window.ground, draft.label, draft.count) -
      groundWorth(window.ground, was, window.count);
    if (relief > 0 || (relief === 0 && gain >= 0)) {
      window.units.forEach((u, k) => {
        const territory = window.territories[window.label[k]!]!;
        if (label[u] !== territory) partition.move(u, territory);
      });
    }
    if (!going(used)) return;
  }
}

/** A random territory; where some are outside the band, mostly one of those. */
function startOf(partition: Partition, random: Random): number {
  const { total, count } = partition;
  const drawn = Math.floor(random() * count);
  if (random() < 0.2) return drawn;
  for (let k = 0; k < count; k++) {
    const t = (drawn + k) % count;
    if (partition.excess(total[t]!) > 0) return t;
  }
  return drawn;
}

/** @returns the territories it changed in `trial`; null when it found no merger or no split. */
function mergeAndSplit(
  partition: Partition,
  cutter: TreeCutter,
  members: readonly number[][],
  trial: Int32Array,
  random: Random,
): number[] | null {
  const { label, total, count, tied, ground } = partition;
  const { floor, ceiling, adjacency } = ground;
  const { offsets, neighbours, n } = adjacency;
  let pair: [number, number] | null = null;
  let strongest = -1;
  for (let draw = 0; draw < PAIRS_DRAWN; draw++) {
    const u = Math.floor(random() * n);
    const degree = offsets[u + 1]! - offsets[u]!;
    if (degree === 0) continue;
    const a = label[u]!;
    const b = label[neighbours[offsets[u]! + Math.floor(random() * degree)]!]!;
    if (a === b || total[a]! + total[b]! > ceiling * SLACK) continue;
    if (members[a]!.some((v) => partition.clashes(v, b))) continue;
    let tie = 0;
    for (const v of members[a]!) tie += tied[v * count + b]!;
    if (tie <= strongest) continue;
    strongest = tie;
    pair = [a, b];
  }
  if (!pair) return null;
  const [kept, freed] = pair;

  let split = -1;
  let side: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  const fits = (p: number, q: number) => Math.min(p, q) >= floor / SLACK;
  for (let draw = 0; draw < SPLITS_DRAWN; draw++) {
    const t = Math.floor(random() * count);
    if (t === kept || t === freed || total[t]! < (2 * floor) / SLACK) continue;
    const cut = cutter.cut(members[t]!, fits, random);
    if (!cut || cut.lost >= least) continue;
    least = cut.lost;
    split = t;
    side = cut.side;
  }
  if (split < 0) return null;
  for (const u of members[freed]!) trial[u] = kept;
  for (const u of side) trial[u] = freed;
  return [kept, freed, split];
}
