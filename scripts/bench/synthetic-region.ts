import { seededRandom } from '../../server/core/random.ts';

/** Communes on a plane, km, and what each of their residents is sent where. */
export interface SyntheticRegion {
  code: string[];
  /** km east and north of the south-western corner */
  x: Float64Array;
  y: Float64Array;
  population: Int32Array;
}

/** Names of the specialties, and the share of the communes where each is found. */
export const specialties: readonly (readonly [key: string, share: number])[] = [
  ['medecin-generaliste', 0.45],
  ['infirmier', 0.4],
  ['masseur-kinesitherapeute', 0.35],
  ['chirurgien-dentiste', 0.3],
  ['sage-femme', 0.2],
  ['orthophoniste', 0.2],
  ['ophtalmologie', 0.08],
  ['pediatrie', 0.07],
  ['psychiatrie', 0.07],
  ['cardiologie', 0.06],
  ['dermatologie', 0.06],
  ['orl', 0.05],
  ['gynecologie', 0.05],
];

/** Destinations of each commune for each specialty. */
export const DESTINATIONS = 20;
/** km² of a commune: those of metropolitan France. */
const AREA = 15.6;

/** Communes strewn at random over a square, with populations as uneven as the French ones. */
export function syntheticRegion(communes: number, seed: number): SyntheticRegion {
  const random = seededRandom(seed);
  const side = Math.sqrt(communes * AREA);
  const region: SyntheticRegion = {
    code: [],
    x: new Float64Array(communes),
    y: new Float64Array(communes),
    population: new Int32Array(communes),
  };
  for (let i = 0; i < communes; i++) {
    // No department has the number 20: Corsica has 2A and 2B.
    const filled = 1 + Math.floor(i / 380);
    const department = filled < 20 ? filled : filled + 1;
    region.code.push(
      `${String(department).padStart(2, '0')}${String(1 + (i % 380)).padStart(3, '0')}`,
    );
    region.x[i] = random() * side;
    region.y[i] = random() * side;
    // Log-normal (median 450, σ 1.4), by Box and Muller's transform.
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    region.population[i] = Math.max(20, Math.round(450 * Math.exp(1.4 * normal)));
  }
  return region;
}

/** Which communes have a specialty: the larger, the likelier. */
export function placesOf(region: SyntheticRegion, share: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  const n = region.code.length;
  const wanted = Math.max(2 * DESTINATIONS, Math.round(share * n));
  const luck = Float64Array.from(region.population, (people) => Math.log(people) + 3 * random());
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => luck[b]! - luck[a]!);
  return order.slice(0, Math.min(n, wanted));
}

/** Finds the nearest of some communes, on a grid of squares. */
export function nearestAmong({ x, y }: SyntheticRegion, among: Int32Array) {
  const side = Math.max(...[x, y].map((axis) => axis.reduce((a, b) => Math.max(a, b), 0))) + 1e-9;
  const width = Math.max(1, Math.floor(Math.sqrt(among.length / 3)));
  const square = (km: number) => Math.min(width - 1, Math.floor((km / side) * width));
  const squares: number[][] = Array.from({ length: width * width }, () => []);
  for (const i of among) squares[square(y[i]!) * width + square(x[i]!)]!.push(i);
  return (from: number, count: number): { unit: number; km: number }[] => {
    const [column, row] = [square(x[from]!), square(y[from]!)];
    const found: { unit: number; km: number }[] = [];
    // One ring more than needed: a corner is farther than the next ring's side.
    for (let ring = 0, after = 0; ring < width && after < 2; ring++) {
      for (let r = row - ring; r <= row + ring; r++) {
        for (let c = column - ring; c <= column + ring; c++) {
          const onRing = Math.max(Math.abs(r - row), Math.abs(c - column)) === ring;
          if (!onRing || r < 0 || c < 0 || r >= width || c >= width) continue;
          for (const unit of squares[r * width + c]!) {
            found.push({ unit, km: Math.hypot(x[unit]! - x[from]!, y[unit]! - y[from]!) });
          }
        }
      }
      if (found.length >= count) after += 1;
    }
    return found.sort((a, b) => a.km - b.km || a.unit - b.unit).slice(0, count);
  };
}
