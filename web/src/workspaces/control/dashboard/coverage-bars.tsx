import { counted, formatFixed, formatInhabitants, formatShare } from '../../../french/numbers.ts';
import { frame } from '../../../map/frame.ts';
import { filter } from '../../../state/address.ts';
import type { Shares } from '../../../state/control/shares.ts';
import { keepDepartment } from '../../../state/control/shown.ts';
import { departmentLabel } from '../../../state/place-names.ts';
import { boundsOf, type Region } from '../../../state/region.ts';
import { tenthsOfPercent } from './percentages.ts';

const kinds = [
  { key: 'recognised', label: 'CPTS reconnue', short: 'Rec. %' },
  { key: 'inProject', label: 'en projet', short: 'Projet %' },
  { key: 'uncovered', label: 'sans CPTS', short: 'Sans %' },
] as const;

interface Props {
  /** the whole region first, then its departments */
  shares: readonly Shares[];
}

/** Who lives in a recognised CPTS, in one that is on its way, in none; for the region, by department. */
export function CoverageBars({ shares }: Props) {
  const [whole] = shares;
  if (!whole) return null;
  const tenths = tenthsOf(whole);
  return (
    <section class="coverage" aria-labelledby="coverage-title">
      <h2 id="coverage-title">Habitants couverts</h2>
      <Bar shares={whole} />
      <ul class="coverage-parts figure">
        {kinds.map(({ key, label }, at) => (
          <li key={key}>
            <span class={`swatch part-${key}`} aria-hidden="true" />
            <strong>{formatShare(tenths[at]! / 1000)}</strong>
            <span>{label}</span>
            <span class="quiet">{formatInhabitants(whole[key])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same by department; a click keeps one. */
export function CoverageByDepartment({ region, shares }: Props & { region: Region }) {
  const [, ...departments] = shares;
  if (departments.length < 2) return null;
  return (
    <table class="coverage-table">
      <caption class="visually-hidden">Habitants couverts, par département</caption>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            Par département
          </th>
          {kinds.map(({ key, label, short }) => (
            <th key={key} scope="col" title={`part des habitants, ${label}`}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {departments.map((one) => (
          <Department key={one.department} region={region} shares={one} />
        ))}
      </tbody>
    </table>
  );
}

function Department({ region, shares }: { region: Region; shares: Shares }) {
  const code = shares.department!;
  const kept = filter.value.department === code;
  const tenths = tenthsOf(shares);
  return (
    <tr class={kept ? 'kept' : ''}>
      <th scope="row">
        <button
          type="button"
          class="link"
          aria-pressed={kept}
          title={kept ? 'Montrer toute la région' : 'Ne montrer que ce département'}
          onClick={() => {
            keepDepartment(kept ? null : code);
            const units = [...region.department.keys()].filter(
              (unit) => kept || region.department[unit] === code,
            );
            frame.bounds(boundsOf(region, units));
          }}
        >
          {departmentLabel(code)}
        </button>
      </th>
      <td aria-hidden="true">
        <Bar shares={shares} />
      </td>
      {kinds.map(({ key }, at) => (
        <td key={key} title={formatInhabitants(shares[key])}>
          {formatFixed(tenths[at]! / 10, 1)}
        </td>
      ))}
    </tr>
  );
}

/** Drawn to scale; told by the figures beside it, so nothing for who listens. */
function Bar({ shares }: { shares: Shares }) {
  return (
    <div class="coverage-bar" aria-hidden="true" title={barTitle(shares)}>
      {kinds.map(({ key }) => (
        <span key={key} class={`part-${key}`} style={{ flexGrow: shares[key] }} />
      ))}
    </div>
  );
}

const barTitle = (shares: Shares) =>
  kinds.map(({ key, label }) => `${label}\u00a0: ${counted(shares[key], 'habitant')}`).join(', ');

const tenthsOf = (shares: Shares) => tenthsOfPercent(kinds.map(({ key }) => shares[key]));
