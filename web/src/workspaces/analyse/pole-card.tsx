import { formatCount, formatInhabitants, formatShare } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { CommuneList } from '../../shell/commune-list.tsx';
import { select, specialty } from '../../state/address.ts';
import { labelOf, totalPopulation } from '../../state/analysis.ts';
import { catchment, type PoleMap } from '../../state/pole-map.ts';
import type { Region } from '../../state/region.ts';
import { WithPoles } from './with-poles.tsx';

/** A pole and the communes it attracts. */
export function PoleCard(props: { region: Region; code: string }) {
  return <WithPoles>{(map) => <Attraction {...props} map={map} />}</WithPoles>;
}

function Attraction({ region, code, map }: { region: Region; code: string; map: PoleMap }) {
  const pole = map.poles[map.groupOf.get(code) ?? -1];
  const unit = region.indexOf.get(code);
  if (!pole) {
    return (
      <p class="empty">
        {unit === undefined ? code : region.name[unit]} n’est le pôle d’aucune commune pour «&nbsp;
        {labelOf(specialty.value)}&nbsp;». Choisissez un autre pôle ou une autre spécialité.
      </p>
    );
  }
  return (
    <article class="card-plain" aria-label={`Pôle\u00a0: ${pole.name}`}>
      <CardHead
        kind={`Pôle d’attraction · ${code}`}
        title={pole.name}
        onClose={() => select(null)}
      />
      <p class="quiet">{labelOf(specialty.value)}</p>
      <dl class="figures">
        <div>
          <dt>Communes attirées</dt>
          <dd>{formatCount(pole.communes)}</dd>
        </div>
        <div>
          <dt>Leurs habitants</dt>
          <dd>{formatInhabitants(pole.population)}</dd>
        </div>
        <div>
          <dt>Part de la région</dt>
          <dd>{formatShare(pole.population / (totalPopulation.value || 1))}</dd>
        </div>
        <div>
          <dt>Soins reçus dans l’aire (LI)</dt>
          <dd>{formatShare(pole.li)}</dd>
        </div>
      </dl>
      <CommuneList
        region={region}
        units={catchment(map, code)}
        title="Communes attirées"
        rate={(at) => map.communes[at]?.rate ?? 0}
      />
    </article>
  );
}
