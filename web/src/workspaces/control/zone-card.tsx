import {
  counted,
  formatFixed,
  formatInhabitants,
  formatKm2,
  formatShare,
} from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { CommuneList } from '../../shell/commune-list.tsx';
import { select } from '../../state/address.ts';
import type { Zone } from '../../state/control/coverage.ts';
import { departmentLabel } from '../../state/place-names.ts';
import { type Region, unitsOf } from '../../state/region.ts';
import { zoneName } from './dashboard/zones.tsx';

/** A zone blanche: who lives there, and which CPTS treats them most. */
export function ZoneCard({ region, zone }: { region: Region; zone: Zone }) {
  const { receiver, patients, inside } = zone;
  return (
    <article class="card-plain" aria-label="Zone blanche">
      <CardHead kind="Zone blanche" title={zoneName(region, zone)} onClose={() => select(null)} />
      <p class="lead figure">
        {formatInhabitants(zone.population)} <span class="quiet">sans CPTS</span>
      </p>
      <dl class="figures">
        <div>
          <dt>Communes</dt>
          <dd>{counted(zone.units.length, 'commune')}</dd>
        </div>
        <div>
          <dt>Surface</dt>
          <dd>{formatKm2(zone.areaKm2)}</dd>
        </div>
        <div>
          <dt>{zone.departments.length > 1 ? 'Départements' : 'Département'}</dt>
          <dd>{zone.departments.map(departmentLabel).join(', ')}</dd>
        </div>
        <div>
          <dt>Patients par an</dt>
          <dd>{formatFixed(patients, 0)}</dd>
        </div>
        {patients > 0 && (
          <div>
            <dt>Soignés sur place</dt>
            <dd>{formatShare(inside / patients)}</dd>
          </div>
        )}
      </dl>
      <Receiver zone={zone} />
      {receiver && zone.flows === 'masked' && (
        <p class="notice notice-amber">Des cellules masquées pourraient désigner une autre CPTS.</p>
      )}
      <CommuneList
        region={region}
        units={unitsOf(region, zone.units)}
        title="Communes sans CPTS"
        empty="Ses communes sont hors de la région affichée."
      />
    </article>
  );
}

function Receiver({ zone: { receiver, flows } }: { zone: Zone }) {
  if (!receiver) {
    return (
      <p class="notice">
        {flows === 'none'
          ? 'Aucun patient de cette zone ne va dans une CPTS ouverte, ou aucun flux n’est chargé.'
          : 'Aucune CPTS ouverte ne reçoit ses patients.'}
      </p>
    );
  }
  const { cpts, share, tie } = receiver;
  return (
    <p class="notice">
      <span>
        <button type="button" class="link" onClick={() => select({ kind: 'cpts', id: cpts.id })}>
          {cpts.name}
        </button>{' '}
        reçoit le plus de ses patients&nbsp;: {formatShare(share)}
        {tie && ', autant qu’une autre'}.
      </span>
    </p>
  );
}
