import { closeSync, openSync, writeSync } from 'node:fs';
import { seededRandom } from '../../server/core/random.ts';
import {
  DESTINATIONS,
  nearestAmong,
  placesOf,
  specialties,
  syntheticRegion,
} from './synthetic-region.ts';

/** How a file may come: residence by residence, or in no order at all. */
export type RowOrder = 'residence' | 'shuffled';

/**
 * Writes an extract of seeded flows: communes × 13 specialties × 20 destinations, patients falling off
 * with distance, small counts masked. A program of its own, so that its memory is not the import's:
 * `write-extract.ts FILE COMMUNES SEED ORDER`.
 */
function writeExtract(file: string, communes: number, seed: number, order: RowOrder): void {
  const region = syntheticRegion(communes, seed);
  const perResidence = specialties.length * DESTINATIONS;
  const size = communes * perResidence;
  const destination = new Int32Array(size);
  const patients = new Int32Array(size);
  const random = seededRandom(seed + 1);
  for (const [s, [, share]] of specialties.entries()) {
    const nearest = nearestAmong(region, placesOf(region, share, seed + 2 + s));
    for (let o = 0; o < communes; o++) {
      const near = nearest(o, DESTINATIONS);
      const start = o * perResidence + s * DESTINATIONS;
      for (const [k, { unit, km }] of near.entries()) {
        destination[start + k] = unit;
        const drawn = region.population[o]! * Math.exp(-km / 12) * (0.1 + 0.3 * random());
        // Below 11 an export shows no count; nobody goes nowhere twenty times, so one at least.
        patients[start + k] = Math.max(1, Math.round(drawn));
      }
    }
  }
  const out = openSync(file, 'w');
  const lines: string[] = ['commune_residence;commune_soins;specialite;patients\n'];
  const flush = () => {
    writeSync(out, lines.join(''));
    lines.length = 0;
  };
  const at = rowOf(order, size);
  for (let i = 0; i < size; i++) {
    const row = at(i);
    const o = Math.floor(row / perResidence);
    const s = Math.floor((row % perResidence) / DESTINATIONS);
    const count = patients[row]!;
    lines.push(
      `${region.code[o]};${region.code[destination[row]!]};${specialties[s]![0]};${count < 11 ? 'NS' : count}\n`,
    );
    if (lines.length === 20_000) flush();
  }
  flush();
  closeSync(out);
}

/** Row of the matrix that line `i` holds: a permutation. */
function rowOf(order: RowOrder, size: number) {
  if (order === 'residence') return (i: number) => i;
  // Steps by a prime near the golden section of the size, which it does not divide, meet every row.
  const step = primeFrom(Math.floor(size * 0.618));
  let row = 0;
  return () => {
    row = (row + step) % size;
    return row;
  };
}

function primeFrom(least: number): number {
  for (let n = least | 1; ; n += 2) {
    let prime = true;
    for (let d = 3; d * d <= n && prime; d += 2) prime = n % d !== 0;
    if (prime) return n;
  }
}

const [file = '', communes = '', seed = '', order = ''] = process.argv.slice(2);
writeExtract(file, Number(communes), Number(seed), order as RowOrder);
