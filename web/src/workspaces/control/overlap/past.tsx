import type { Overlap } from '../../../../../server/contracts/overlaps.ts';
import { frenchDay } from '../../../../../server/core/life/days.ts';
import { severityLabels } from '../../../../../server/core/overlap/severity.ts';
import { statusInText } from '../../../french/labels.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { CardHead } from '../../../shell/card-head.tsx';
import { select } from '../../../state/address.ts';

/** What two CPTS shared on a past day; it is settled on the map of today. */
export function PastOverlap({ pair, day }: { pair: Overlap; day: string }) {
  const { a, b, severity, units, population } = pair;
  return (
    <article class="card-plain" aria-label="Chevauchement">
      <CardHead
        kind={`Chevauchement du ${frenchDay(day)}`}
        title={`${a.name} et ${b.name}`}
        onClose={() => select(null)}
      />
      <p class="lead figure">
        {formatInhabitants(population)}{' '}
        <span class="quiet">{counted(units.length, 'commune')}</span>
      </p>
      <p>{severityLabels[severity]}.</p>
      <ul class="items">
        {[a, b].map(({ id, name, status }) => (
          <li key={id}>
            <button type="button" class="link" onClick={() => select({ kind: 'cpts', id })}>
              {name}
            </button>{' '}
            <span class="quiet">{statusInText(status)}</span>
          </li>
        ))}
      </ul>
      <h3>Communes partagées</h3>
      <ul class="items">
        {units.map(({ code, name, population: people }) => (
          <li key={code}>
            {name} <span class="quiet figure">{formatInhabitants(people)}</span>
          </li>
        ))}
      </ul>
    </article>
  );
}
