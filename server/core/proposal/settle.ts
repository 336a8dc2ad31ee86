import type { BandReason } from '../../contracts/proposals.ts';
import { components } from '../graph/components.ts';
import { type Blocks, joinBlocks } from './blocks.ts';
import type { Ground } from './ground.ts';
import type { ProposalInput } from './input.ts';
import type { Refusal } from './refusal.ts';
import { groundTies } from './worth.ts';

/** What can be settled before any search: territories set apart, and the ground left to divide. */
export interface Settled {
  /**
   * name of the territory of each unit set apart, any integer from 0; -1 on the ground left to
   * divide, -2 outside the scope
   */
  apart: Int32Array;
  /** why the territories set apart are outside the band, by name */
  reasons: Map<number, BandReason>;
  /** unit of the ground of each unit, -1 where it is set apart or outside the scope */
  of: Int32Array;
  ground: Ground;
  /** connected piece of each unit of the ground */
  piece: Int32Array;
  /** pieces that no number of territories brings into the band, whatever their borders */
  hopeless: Set<number>;
  /** how many territories the ground must make; null: as many as come of it */
  wanted: number | null;
  /** how many it can make, by populations alone */
  fewest: number;
  most: number;
  /** territories set apart that were not fixed, which the number wished for counts in */
  apartCount: number;
}

/**
 * Sets apart the fixed territories, each commune above the ceiling, then each piece of the rest whose
 * whole population is under the floor: an island when nothing touches it, surrounded when communes
 * above the ceiling enclose it, locked in when walls, fixed territories or the scope do. No division
 * can bring those into the band. Where all that is to be divided is under the floor together, it is not
 * for being apart: no number fits.
 */
export function settle(input: ProposalInput): Settled | Refusal {
  const blocks = joinBlocks(input);
  if ('reason' in blocks) return blocks;
  const { population, floor, ceiling } = input;
  const n = input.adjacency.n;
  const apart = new Int32Array(n).fill(-2);
  const reasons = new Map<number, BandReason>();
  let names = 0;
  for (let u = 0; u < n; u++) {
    if (blocks.fixed[u]! >= 0) apart[u] = blocks.fixed[u]!;
    else if (blocks.of[u]! >= 0) apart[u] = -1;
    names = Math.max(names, apart[u]! + 1);
  }
  const fixedNames = names;

  const people = new Float64Array(blocks.count);
  for (let u = 0; u < n; u++) if (blocks.of[u]! >= 0) people[blocks.of[u]!]! += population[u]!;
  const { of: piece, total, giantNear } = freePieces(blocks, people, ceiling);
  const tooFew = people.reduce((sum, one) => sum + one, 0) < floor;
  const firstName = new Map<number, number>();
  const setApart = (key: number, reason: BandReason): number => {
    const name = firstName.get(key) ?? names++;
    firstName.set(key, name);
    reasons.set(name, reason);
    return name;
  };
  for (let u = 0; u < n; u++) {
    const block = blocks.of[u]!;
    if (block < 0) continue;
    const p = piece[block]!;
    if (p < 0) apart[u] = setApart(-1 - block, 'commune_above_ceiling');
    else if (total[p]! < floor) {
      const reason = giantNear[p] ? 'surrounded' : tooFew ? 'no_count_fits' : 'island';
      apart[u] = setApart(p, reason);
    }
  }
  for (const [p, name] of firstName) {
    if (p >= 0 && hasLockedBorder(input, apart, name)) reasons.set(name, 'locked_in');
  }

  const of = new Int32Array(n).fill(-1);
  const numbers = new Map<number, number>();
  for (let u = 0; u < n; u++) {
    if (apart[u] !== -1) continue;
    const number = numbers.get(blocks.of[u]!) ?? numbers.size;
    numbers.set(blocks.of[u]!, number);
    of[u] = number;
  }
  const ground = layGround(input, blocks, of, numbers.size);
  const found = components(ground.adjacency);
  const count = countable(input, ground, found.of, found.count, names - fixedNames);
  if ('reason' in count) return count;
  const apartCount = names - fixedNames;
  const held = { ...ground, fewShort: count.hopeless.size > 0 };
  return { apart, reasons, of, ground: held, piece: found.of, apartCount, ...count };
}

/** Connected pieces of the blocks under the ceiling; -1 for those above it. */
function freePieces({ adjacency, count }: Blocks, people: Float64Array, ceiling: number) {
  const { offsets, neighbours } = adjacency;
  const of = new Int32Array(count).fill(-1);
  const total: number[] = [];
  const giantNear: boolean[] = [];
  for (let start = 0; start < count; start++) {
    if (of[start]! >= 0 || people[start]! > ceiling) continue;
    const stack = [start];
    const name = total.length;
    of[start] = name;
    total.push(0);
    giantNear.push(false);
    for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
      total[name]! += people[b]!;
      for (let e = offsets[b]!; e < offsets[b + 1]!; e++) {
        const other = neighbours[e]!;
        if (people[other]! > ceiling) giantNear[name] = true;
        else if (of[other]! < 0) {
          of[other] = name;
          stack.push(other);
        }
      }
    }
  }
  return { of, total, giantNear };
}

/** Whether a territory set apart touches a unit of the map that is not apart by its size alone. */
function hasLockedBorder(
  { adjacency, population, ceiling }: ProposalInput,
  apart: Int32Array,
  name: number,
): boolean {
  const { n, offsets, neighbours } = adjacency;
  for (let u = 0; u < n; u++) {
    if (apart[u] !== name) continue;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbours[e]!;
      if (apart[v] !== name && population[v]! <= ceiling) return true;
    }
  }
  return false;
}

function layGround(input: ProposalInput, blocks: Blocks, of: Int32Array, count: number): Ground {
  const { population, floor, ceiling, weights = {}, locks = {}, poles = [] } = input;
  const target = input.target ?? (floor + ceiling) / 2;
  const people = new Float64Array(count);
  const inside = new Int32Array(count);
  let all = 0;
  for (let u = 0; u < of.length; u++) {
    if (of[u]! < 0) continue;
    people[of[u]!]! += population[u]!;
    all += population[u]!;
  }
  let counted = 0;
  for (const u of poles) {
    if (of[u]! < 0) continue;
    inside[of[u]!]!++;
    counted++;
  }
  const numberOf = new Int32Array(blocks.count).fill(-1);
  for (let u = 0; u < of.length; u++) if (of[u]! >= 0) numberOf[blocks.of[u]!] = of[u]!;
  return {
    population: people,
    poles: inside,
    adjacency: renumber(blocks, numberOf, count),
    ties: groundTies(input, of, count),
    apart: apartRows(locks.apart ?? [], of, count),
    floor,
    ceiling,
    fewShort: false,
    target,
    targetWeight: all > 0 ? (weights.target ?? 0) / (target * all) : 0,
    poleWeight: counted > 0 ? (weights.poles ?? 0) / counted : 0,
  };
}

function renumber({ adjacency }: Blocks, numberOf: Int32Array, count: number) {
  const offsets = new Int32Array(count + 1);
  const neighbours: number[] = [];
  const lengths: number[] = [];
  // Numbers rise with blocks: rows stay in order.
  for (let b = 0; b < adjacency.n; b++) {
    if (numberOf[b]! < 0) continue;
    for (let e = adjacency.offsets[b]!; e < adjacency.offsets[b + 1]!; e++) {
      const other = numberOf[adjacency.neighbours[e]!]!;
      if (other < 0) continue;
      neighbours.push(other);
      lengths.push(adjacency.lengthsM[e]!);
    }
    offsets[numberOf[b]! + 1] = neighbours.length;
  }
  return {
    n: count,
    offsets,
    neighbours: Int32Array.from(neighbours),
    lengthsM: Float64Array.from(lengths),
  };
}

function apartRows(pairs: readonly (readonly [number, number])[], of: Int32Array, count: number) {
  const rows: number[][] = Array.from({ length: pairs.length > 0 ? count : 0 }, () => []);
  for (const [u, v] of pairs) {
    if (of[u]! < 0 || of[v]! < 0) continue;
    rows[of[u]!]!.push(of[v]!);
    rows[of[v]!]!.push(of[u]!);
  }
  const offsets = new Int32Array(count + 1);
  rows.forEach((row, u) => {
    offsets[u + 1] = offsets[u]! + row.length;
  });
  return { offsets, others: Int32Array.from(rows.flat()) };
}

/** How many territories the ground can make, piece by piece, and how many are wanted of it. */
function countable(
  { territories, floor, ceiling, weights, target }: ProposalInput,
  { population, target: middle }: Ground,
  piece: Int32Array,
  pieces: number,
  apart: number,
): Pick<Settled, 'wanted' | 'fewest' | 'most' | 'hopeless'> | Refusal {
  const people = new Float64Array(pieces);
  const units = new Int32Array(pieces);
  for (let u = 0; u < piece.length; u++) {
    people[piece[u]!]! += population[u]!;
    units[piece[u]!]!++;
  }
  const hopeless = new Set<number>();
  let fewest = 0;
  let most = 0;
  for (let p = 0; p < pieces; p++) {
    const low = Math.max(1, Math.ceil(people[p]! / ceiling));
    const high = Math.min(units[p]!, Math.floor(people[p]! / floor));
    if (low > high) hopeless.add(p);
    fewest += low;
    most += Math.max(low, high);
  }
  if (territories === undefined) {
    if (!weights?.target || target === undefined) return { wanted: null, fewest, most, hopeless };
    let all = 0;
    for (const one of people) all += one;
    const wanted = Math.min(most, Math.max(fewest, Math.round(all / middle)));
    return { wanted, fewest, most, hopeless };
  }
  const wanted = territories - apart;
  if (wanted < fewest) {
    return { reason: 'too_few_territories', units: [], possible: fewest + apart };
  }
  if (wanted > most) return { reason: 'too_many_territories', units: [], possible: most + apart };
  return { wanted, fewest, most, hopeless };
}
