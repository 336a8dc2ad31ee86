import { computed } from '@preact/signals';
import { endsOf, type FlowEnd, transposed } from '../../../server/core/flows/ends.ts';
import { type FlowMatrix, inflows } from '../../../server/core/flows/matrix.ts';
import type { PlacedFlows } from '../../../server/core/flows/matrix-bytes.ts';
import { countMasked } from '../../../server/core/poles/masked-flows.ts';
import { dominatorOf } from '../../../server/core/poles/outcome.ts';
import { fetchMatrix } from '../api/maillage.ts';
import { dataset, poleMap, region } from './analysis.ts';
import type { PoleMap } from './pole-map.ts';
import {
  communeUnits,
  outsideLabel,
  type Region,
  unitOf as unitOfCode,
  unitsOf,
} from './region.ts';
import { readyValue, resource } from './resource.ts';

/**
 * The flows that the poles shown were found in, as the analysis counts them: between units, those of
 * a divided commune shared out to its parts by population.
 */
export interface RegionFlows {
  /** what they were read for; those of another analysis may still stand while new ones come */
  key: string;
  codes: string[];
  /** unit of each place; -1 outside the region */
  unitOf: Int32Array;
  /** place of each unit; -1 where no flow names it */
  placeOf: Int32Array;
  /** by place of residence, masked cells counted */
  leaving: FlowMatrix;
  /** by place of care */
  arriving: FlowMatrix;
  /** masked cells by place of residence, entry by entry of `leaving` */
  masked: Float64Array;
  /** the place that stands for its commune: itself, but for the parts of a divided one */
  communeAt: Int32Array;
}

export function makeRegionFlows(
  region: Region,
  key: string,
  flows: PlacedFlows,
  maskedCount: number,
): RegionFlows {
  const unitOf = Int32Array.from(flows.codes, (code) => region.indexOf.get(code) ?? -1);
  const placeOf = new Int32Array(region.count).fill(-1);
  unitOf.forEach((unit, place) => {
    if (unit >= 0) placeOf[unit] = place;
  });
  const leaving = countMasked(flows, maskedCount);
  const { codes, masked } = flows;
  const communeAt = Int32Array.from(codes, (_, place) => place);
  for (const { code, units } of region.divisions) {
    const stands = placeOf[unitOfCode(region, code)!]!;
    for (const part of unitsOf(region, units)) communeAt[placeOf[part]!] = stands;
  }
  const arriving = transposed(leaving);
  return { key, codes, unitOf, placeOf, leaving, arriving, masked, communeAt };
}

const matrix = resource<{ key: string; flows: PlacedFlows }>();
export const flowState = matrix.state;

/**
 * The flows behind an analysis, between the units of a vintage: its weights count in « all », and
 * only there.
 */
function keyOf({ parameters }: PoleMap, units: string): string {
  const { dataset, specialty, run, weights } = parameters;
  const weighed = specialty === 'all' && Object.keys(weights).length > 0;
  return `${dataset}/${specialty}/${weighed ? run : ''}/${units}`;
}

/** Loads the flows of the analysis shown, unless they are there. */
export function loadFlows(): void {
  const map = poleMap.peek();
  const set = dataset.peek();
  if (!map || set?.id !== map.parameters.dataset) return;
  const units = region.peek()?.vintage ?? '';
  const key = keyOf(map, units);
  const [, specialty = 'all', run] = key.split('/');
  void matrix.show(key, async (signal) => ({
    key,
    flows: await fetchMatrix(set, specialty, run ? Number(run) : null, units, signal),
  }));
}

/** Null until the flows of the analysis shown are there: others would tell another story. */
export const regionFlows = computed<RegionFlows | null>(() => {
  const map = poleMap.value;
  const read = readyValue(matrix.state.value);
  if (!region.value || !map || read?.key !== keyOf(map, region.value.vintage)) return null;
  return makeRegionFlows(region.value, read.key, read.flows, map.parameters.masked);
});

type Ends = { patients: number; ends: FlowEnd[] };
const none: Ends = { patients: 0, ends: [] };

/** Where the residents of a unit go, by commune: nothing is known of where in a divided one. */
export function destinationsOf(flows: RegionFlows, unit: number): Ends {
  return byCommune(flows, flows.leaving, [unit]);
}

/** Where the patients treated in some units live, by commune. */
export function originsOf(flows: RegionFlows, units: readonly number[]): Ends {
  return byCommune(flows, flows.arriving, units);
}

function byCommune(
  { placeOf, communeAt }: RegionFlows,
  matrix: FlowMatrix,
  units: readonly number[],
): Ends {
  const rows = units.flatMap((unit) => (placeOf[unit]! < 0 ? [] : endsOf(matrix, placeOf[unit]!)));
  const [only] = rows;
  if (!only) return none;
  if (rows.length === 1 && only.ends.every(({ at }) => communeAt[at] === at)) return only;
  const sums = new Map<number, number>();
  let patients = 0;
  for (const row of rows) {
    patients += row.patients;
    for (const end of row.ends) {
      const at = communeAt[end.at]!;
      sums.set(at, (sums.get(at) ?? 0) + end.patients);
    }
  }
  const ends = [...sums].map(([at, sum]) => ({ at, patients: sum, share: sum / patients }));
  return { patients, ends: ends.sort((p, q) => q.patients - p.patients || p.at - q.at) };
}

/** Masked cells of the residents of a unit. */
export function maskedCellsOf({ placeOf, leaving, masked }: RegionFlows, unit: number): number {
  const place = placeOf[unit]!;
  if (place < 0) return 0;
  let cells = 0;
  for (let e = leaving.offsets[place]!; e < leaving.offsets[place + 1]!; e++) cells += masked[e]!;
  return cells;
}

/** Patients treated in each commune, by flows: summed once for each. */
const treated = new WeakMap<RegionFlows, Float64Array>();

function treatedByCommune({ leaving, communeAt }: RegionFlows): Float64Array {
  const total = new Float64Array(leaving.n);
  inflows(leaving).forEach((patients, place) => {
    total[communeAt[place]!]! += patients;
  });
  return total;
}

/** Place that dominates the commune of a unit (Nystuen–Dacey); null where none does. */
export function dominatorPlace(region: Region, flows: RegionFlows, unit: number): number | null {
  if (flows.placeOf[unit]! < 0) return null;
  const self = flows.communeAt[flows.placeOf[unit]!]!;
  const total = treated.get(flows) ?? treatedByCommune(flows);
  treated.set(flows, total);
  const { ends } = byCommune(flows, flows.leaving, communeUnits(region, unit));
  const toSelf = ends.find(({ at }) => at === self)?.patients ?? 0;
  const dominator = dominatorOf({
    self,
    destinations: ends.map(({ at }) => at),
    patients: ends.map(({ patients }) => patients),
    rest: ends.map(({ at, patients }) => total[at]! - patients),
    restOfSelf: total[self]! - toSelf,
  });
  return dominator < 0 ? null : dominator;
}

/** Name of the commune of a place; outside the region only its code is known. */
export function placeName(region: Region, flows: RegionFlows, place: number): string {
  const unit = flows.unitOf[place]!;
  if (unit < 0) return outsideLabel(flows.codes[place]!);
  return region.wholeOf.get(unit)?.name ?? region.name[unit]!;
}
