import type { Overlap } from '../../../../server/contracts/overlaps.ts';
import { statusLabels } from '../../french/labels.ts';
import { counted, formatInhabitants, formatKm2, formatShare } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { select } from '../../state/address.ts';
import { UnitList } from './unit-list.tsx';

/** What two CPTS share, and what it weighs in each. */
export function OverlapCard({ pair }: { pair: Overlap }) {
  return (
    <article class="card-plain" aria-label="Chevauchement">
      <CardHead
        kind="Chevauchement"
        title={counted(pair.units.length, 'commune partagée', 'communes partagées')}
        onClose={() => select(null)}
      />
      <p class="lead figure">
        {formatInhabitants(pair.population)}
        <span class="quiet"> · {formatKm2(pair.areaKm2)}</span>
      </p>
      <dl class="figures">
        {[pair.a, pair.b].map(({ id, name, status, population }) => (
          <div key={id}>
            <dt>
              <button type="button" class="link" onClick={() => select({ kind: 'cpts', id })}>
                {name}
              </button>
              <span class="quiet"> {statusLabels[status].toLowerCase()}</span>
            </dt>
            <dd title="part de ses habitants">
              {formatShare(population > 0 ? pair.population / population : 0)}
            </dd>
          </div>
        ))}
      </dl>
      <UnitList title="Communes partagées" units={pair.units} />
      <p class="quiet">
        Deux CPTS reconnues ne peuvent tenir la même commune&nbsp;: l’une des deux doit la céder
        avant d’être reconnue.
      </p>
    </article>
  );
}
