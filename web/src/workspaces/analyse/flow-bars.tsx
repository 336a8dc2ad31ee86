import { distanceKm } from '../../../../server/core/flows/distance.ts';
import type { FlowEnd } from '../../../../server/core/flows/ends.ts';
import { formatCount, formatKm, formatShare } from '../../french/numbers.ts';
import { communeUnits, type Region } from '../../state/region.ts';
import { placeName, type RegionFlows } from '../../state/region-flows.ts';

interface Props {
  region: Region;
  flows: RegionFlows;
  /** the unit whose flows they are */
  unit: number;
  ends: readonly FlowEnd[];
  label: string;
  /** the model's figures are shares, not counts */
  modelled: boolean;
}

/** The ten largest flows of a commune, one way or the other; bars compare with the first one. */
export function FlowBars({ region, flows, unit, ends, label, modelled }: Props) {
  const largest = ends[0]?.share || 1;
  const own = communeUnits(region, unit);
  return (
    <ol class="bars" aria-label={label}>
      {ends.slice(0, 10).map(({ at, share, patients }) => {
        const other = flows.unitOf[at]!;
        const name = placeName(region, flows, at);
        return (
          <li key={at} title={modelled ? name : `${name}\u00a0: ${formatCount(patients)} patients`}>
            <span class={other < 0 ? 'bar-name whole' : 'bar-name'}>
              {name}
              {own.includes(other) && <span class="quiet"> (sur place)</span>}
            </span>
            <span class="bar-figure figure">{formatShare(share)}</span>
            <span class="bar-km quiet figure">
              {own.includes(other) ? '' : kmBetween(region, unit, other)}
            </span>
            <span class="bar-track" aria-hidden="true">
              <span style={{ width: `${(100 * share) / largest}%` }} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Straight-line distance, where both ends are in the region. */
function kmBetween({ lon, lat }: Region, a: number, b: number): string {
  if (b < 0) return '';
  return formatKm(distanceKm(lon[a]!, lat[a]!, lon[b]!, lat[b]!));
}
