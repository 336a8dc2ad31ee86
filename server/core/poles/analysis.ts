import { inflows } from '../flows/matrix.ts';
import { type Catchment, catchments } from './catchments.ts';
import { isFragile } from './fragility.ts';
import { countMasked, type MaskedFlows, weightedSum } from './masked-flows.ts';
import { type CommuneRow, dominatorOf, type PoleMethod, ranked, winnerOf } from './outcome.ts';

export interface AnalysisParameters {
  method: PoleMethod;
  /** patients that a masked cell counts as */
  masked: number;
  /** a commune with fewer patients, all destinations, has no pole */
  minPatients: number;
  /** a commune whose winner draws a lesser share, 0 to 1, has no pole */
  minRate: number;
  /** what attracts fewer communes is no pole; its communes have none */
  minCommunes: number;
}

interface CommuneResult {
  unit: number;
  /** -1 where a threshold leaves the commune without one */
  pole: number;
  /** patients a year, all destinations */
  patients: number;
  /** share of the winner, 0 to 1 */
  rate: number;
  /** the largest destination but the winner (and, under Nystuen–Dacey, the commune); or -1 */
  second: number;
  /** rate less that of the second; null where no patient is counted */
  gap: number | null;
  /** Shannon entropy of the destinations, −Σ p log₂ p, bits */
  entropy: number;
  /** over all: share of specialties with a pole whose pole is the overall one; else null */
  agreement: number | null;
  fragile: boolean;
}

export interface PoleResult {
  communes: CommuneResult[];
  catchments: Catchment[];
}

/**
 * The poles of each specialty and over all (weighted), in plain TypeScript: what the repositories
 * find in SQL, written a second time so that each checks the other. `loaded[i]` is 0 for a unit
 * outside the territory: its flows count as inflow, its own pole is not looked for.
 */
export function analysePoles(
  n: number,
  specialties: readonly { flows: MaskedFlows; weight: number }[],
  parameters: AnalysisParameters,
  loaded: ArrayLike<number>,
  population: ArrayLike<number>,
): { all: PoleResult; each: PoleResult[] } {
  const analyse = (flows: MaskedFlows) => analyseOne(flows, parameters, loaded, population);
  const each = specialties.map(({ flows }) => analyse(flows));
  const all = analyse(weightedSum(n, specialties));
  const weighed = each.filter((_, s) => specialties[s]!.weight > 0);
  for (const commune of all.communes) {
    const poles = weighed
      .map(({ communes }) => communes.find(({ unit }) => unit === commune.unit)?.pole ?? -1)
      .filter((pole) => pole >= 0);
    if (commune.pole < 0 || poles.length === 0) continue;
    commune.agreement = poles.filter((pole) => pole === commune.pole).length / poles.length;
  }
  return { all, each };
}

function analyseOne(
  flows: MaskedFlows,
  parameters: AnalysisParameters,
  loaded: ArrayLike<number>,
  population: ArrayLike<number>,
): PoleResult {
  const m = countMasked(flows, parameters.masked);
  const inflow = inflows(m);
  const pole = new Int32Array(m.n).fill(-1);
  const dominator = new Int32Array(m.n).fill(-1);
  const communes: CommuneResult[] = [];
  for (let i = 0; i < m.n; i++) {
    if (!loaded[i]) continue;
    const { row, known, masked } = rowOf(flows, m.patients, inflow, i);
    if (row.destinations.length === 0) continue;
    dominator[i] = dominatorOf(row);
    const commune = communeOf(row, parameters.method);
    commune.fragile = isFragile(row, known, masked, parameters.method);
    if (commune.patients < parameters.minPatients || commune.rate < parameters.minRate) {
      commune.pole = -1;
    }
    pole[i] = commune.pole;
    communes.push(commune);
  }
  const attracted = new Map<number, number>();
  for (const p of pole) attracted.set(p, (attracted.get(p) ?? 0) + 1);
  for (const commune of communes) {
    if ((attracted.get(commune.pole) ?? 0) < parameters.minCommunes) commune.pole = -1;
    pole[commune.unit] = commune.pole;
  }
  return { communes, catchments: catchments(m, pole, dominator, population) };
}

/** What commune i sends where; a cell without patients nor masked cells is none. */
function rowOf(
  flows: MaskedFlows,
  counted: Float64Array,
  inflow: Float64Array,
  i: number,
): { row: CommuneRow; known: number[]; masked: number[] } {
  const entries: number[] = [];
  let toSelf = 0;
  for (let e = flows.offsets[i]!; e < flows.offsets[i + 1]!; e++) {
    if (flows.destinations[e] === i) toSelf = counted[e]!;
    if (flows.patients[e]! > 0 || flows.masked[e]! > 0) entries.push(e);
  }
  const destinations = entries.map((e) => flows.destinations[e]!);
  return {
    row: {
      self: i,
      destinations,
      patients: entries.map((e) => counted[e]!),
      rest: entries.map((e) => inflow[flows.destinations[e]!]! - counted[e]!),
      restOfSelf: inflow[i]! - toSelf,
    },
    known: entries.map((e) => flows.patients[e]!),
    masked: entries.map((e) => flows.masked[e]!),
  };
}

function communeOf(row: CommuneRow, method: PoleMethod): CommuneResult {
  const order = ranked(row).map((at) => ({
    to: row.destinations[at]!,
    patients: row.patients[at]!,
  }));
  const total = order.reduce((sum, { patients }) => sum + patients, 0);
  const winner = winnerOf(row, method);
  const share = (to: number) =>
    (order.find((place) => place.to === to)?.patients ?? 0) / (total || 1);
  const rate = share(winner);
  const second = order.find(
    ({ to }) => to !== winner && (method === 'plurality' || to !== row.self),
  );
  return {
    unit: row.self,
    pole: winner,
    patients: total,
    rate,
    second: second?.to ?? -1,
    gap: winner < 0 ? null : rate - (second ? share(second.to) : 0),
    entropy: order.reduce((sum, { patients }) => {
      const p = patients / total;
      return sum - p * Math.log2(p);
    }, 0),
    agreement: null,
    fragile: false,
  };
}
