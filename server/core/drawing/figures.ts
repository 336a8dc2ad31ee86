import { complementParts, memberParts } from './holes.ts';
import { localisationIndex, type Territory } from './territory.ts';

/** Where residents of a territory are treated outside it. */
interface Leak {
  /** a unit, or beyond their count a place outside the region */
  place: number;
  /** patients a year */
  patients: number;
  /** of all the patients living in the territory, 0 to 1 */
  share: number;
}

/** What a territory is worth, at one moment of its drawing. */
export interface TerritoryFigures {
  communes: number;
  /** inhabitants */
  population: number;
  areaKm2: number;
  /** EPCI with a member, and those whose every unit is one */
  epci: { touched: number; whole: number };
  /** units of each connected piece, the most populated first */
  pieces: number[][];
  /** units of each hole, the most populated first */
  holes: number[][];
  /** localisation index (autarcie), 0 to 1; null where no resident has a flow */
  li: number | null;
  /** the largest destinations outside, at most as many as asked */
  leaks: Leak[];
  /**
   * 4π area / perimeter², 1 for a disc (D. D. Polsby and R. D. Popper, « The third criterion », Yale
   * Law & Policy Review 9, 1991); null for what has no perimeter
   */
  compactness: number | null;
}

export function figuresOf(territory: Territory, leakCount = 3): TerritoryFigures {
  const { ground, has, size, population, areaKm2 } = territory;
  const perimeterKm = territory.perimeterM / 1000;
  const byPopulation = (parts: number[][]) => {
    const people = new Map(parts.map((part) => [part, populationOf(ground.population, part)]));
    return parts.sort((p, q) => people.get(q)! - people.get(p)! || p[0]! - q[0]!);
  };
  let [touched, whole] = [0, 0];
  territory.ofEpci.forEach((members, epci) => {
    if (members > 0) touched++;
    if (members === ground.epciUnits[epci]!.length) whole++;
  });
  return {
    communes: size,
    population,
    areaKm2,
    epci: { touched, whole },
    pieces: byPopulation(memberParts(ground.adjacency, has).units),
    holes: byPopulation(complementParts(ground.adjacency, has, ground.atEdge).units.slice(1)),
    li: localisationIndex(territory),
    leaks: largestLeaks(territory, leakCount),
    compactness: perimeterKm > 0 ? (4 * Math.PI * areaKm2) / perimeterKm ** 2 : null,
  };
}

function populationOf(population: ArrayLike<number>, units: readonly number[]): number {
  let sum = 0;
  for (const unit of units) sum += population[unit]!;
  return sum;
}

/** Largest first, ties by place. */
function largestLeaks({ sent, has, out }: Territory, count: number): Leak[] {
  const largest: Leak[] = [];
  for (let place = 0; place < sent.length; place++) {
    const patients = sent[place]!;
    const least = largest.length < count ? 1e-6 : largest.at(-1)!.patients;
    if (patients <= least || has[place] === 1) continue;
    let at = largest.length;
    while (at > 0 && largest[at - 1]!.patients < patients) at--;
    largest.splice(at, 0, { place, patients, share: patients / out });
    if (largest.length > count) largest.pop();
  }
  return largest;
}
