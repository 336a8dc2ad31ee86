import { computed } from '@preact/signals';
import { endsOf, type FlowEnd, transposed } from '../../../server/core/flows/ends.ts';
import { type FlowMatrix, inflows } from '../../../server/core/flows/matrix.ts';
import type { PlacedFlows } from '../../../server/core/flows/matrix-bytes.ts';
import { countMasked } from '../../../server/core/poles/masked-flows.ts';
import { dominatorOf } from '../../../server/core/poles/outcome.ts';
import { fetchMatrix } from '../api/maillage.ts';
import { dataset, poleMap, region } from './analysis.ts';
import type { PoleMap } from './pole-map.ts';
import type { Region } from './region.ts';
import { readyValue, resource } from './resource.ts';

/** The flows that the poles shown were found in, as the analysis counts them. */
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
  return { key, codes, unitOf, placeOf, leaving, arriving: transposed(leaving), masked };
}

const matrix = resource<{ key: string; flows: PlacedFlows }>();
export const flowState = matrix.state;

/** The flows behind an analysis: its weights count in « all », and only there. */
function keyOf({ parameters }: PoleMap): string {
  const { dataset, specialty, run, weights } = parameters;
  const weighed = specialty === 'all' && Object.keys(weights).length > 0;
  return `${dataset}/${specialty}/${weighed ? run : ''}`;
}

/** Loads the flows of the analysis shown, unless they are there. */
export function loadFlows(): void {
  const map = poleMap.peek();
  const set = dataset.peek();
  if (!map || set?.id !== map.parameters.dataset) return;
  const key = keyOf(map);
  const [, specialty = 'all', run] = key.split('/');
  void matrix.show(key, async (signal) => ({
    key,
    flows: await fetchMatrix(set, specialty, run ? Number(run) : null, signal),
  }));
}

/** Null until the flows of the analysis shown are there: others would tell another story. */
export const regionFlows = computed<RegionFlows | null>(() => {
  const map = poleMap.value;
  const read = readyValue(matrix.state.value);
  if (!region.value || !map || read?.key !== keyOf(map)) return null;
  return makeRegionFlows(region.value, read.key, read.flows, map.parameters.masked);
});

type Ends = { patients: number; ends: FlowEnd[] };
const none: Ends = { patients: 0, ends: [] };

/** Where the residents of a unit go. */
export function destinationsOf(flows: RegionFlows, unit: number): Ends {
  const place = flows.placeOf[unit]!;
  return place < 0 ? none : endsOf(flows.leaving, place);
}

/** Where the patients treated in a unit live. */
export function originsOf(flows: RegionFlows, unit: number): Ends {
  const place = flows.placeOf[unit]!;
  return place < 0 ? none : endsOf(flows.arriving, place);
}

/** Masked cells of the residents of a unit. */
export function maskedCellsOf({ placeOf, leaving, masked }: RegionFlows, unit: number): number {
  const place = placeOf[unit]!;
  if (place < 0) return 0;
  let cells = 0;
  for (let e = leaving.offsets[place]!; e < leaving.offsets[place + 1]!; e++) cells += masked[e]!;
  return cells;
}

/** Patients treated in each place, by flows: summed once for each. */
const treated = new WeakMap<RegionFlows, Float64Array>();

/** Place that dominates a unit (Nystuen–Dacey); null where none does. */
export function dominatorPlace(flows: RegionFlows, unit: number): number | null {
  const self = flows.placeOf[unit]!;
  if (self < 0) return null;
  const total = treated.get(flows) ?? inflows(flows.leaving);
  treated.set(flows, total);
  const { ends } = endsOf(flows.leaving, self);
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

/** Name of a place; outside the region only its code is known. */
export function placeName(region: Region, flows: RegionFlows, place: number): string {
  const unit = flows.unitOf[place]!;
  return unit < 0 ? `${flows.codes[place]} (hors région)` : region.name[unit]!;
}
