import type { Destinations } from '../../../../server/contracts/flow-datasets.ts';
import { counted, formatInhabitants, formatKm, formatShare } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { Loaded } from '../../shell/notice.tsx';
import { select, specialty } from '../../state/address.ts';
import {
  dataset,
  datasetId,
  destinations,
  labelOf,
  loadDestinations,
} from '../../state/analysis.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { territoryMap } from '../../state/proposals.ts';
import type { Region } from '../../state/region.ts';
import { selectPole } from '../tables/poles.ts';
import { selectTerritory } from '../tables/territories.ts';
import { WithPoles } from './with-poles.tsx';

interface Props {
  region: Region;
  unit: number;
}

/** A commune: its pole, its rate, and where its residents go. */
export function CommuneCard({ region, unit }: Props) {
  const code = region.code[unit]!;
  return (
    <article class="card-plain" aria-label={`Commune\u00a0: ${region.name[unit]}`}>
      <CardHead
        kind={`Commune · ${code}`}
        title={region.name[unit]!}
        onClose={() => select(null)}
      />
      <p class="lead figure">
        {formatInhabitants(region.population[unit]!)}
        <span class="quiet"> · département {region.department[unit]}</span>
      </p>
      <WithPoles>
        {(map) => (
          <>
            <PoleFigures region={region} unit={unit} map={map} />
            <h3>Où se soignent ses habitants</h3>
            <p class="quiet">{labelOf(specialty.value)}</p>
            <Loaded
              state={destinations.state.value}
              what="Chargement des destinations"
              retry={() => {
                if (datasetId.value) loadDestinations(datasetId.value, specialty.value, code);
              }}
            >
              {(flows) => <DestinationBars region={region} flows={flows} />}
            </Loaded>
          </>
        )}
      </WithPoles>
      <TerritoryLink unit={unit} />
    </article>
  );
}

function PoleFigures({ region, unit, map }: Props & { map: PoleMap }) {
  const pole = map.poles[map.group[unit]!];
  if (!pole) return <p class="empty">Aucun flux connu au départ de cette commune.</p>;
  const secondCode = map.communes[unit]?.second;
  const second = secondCode ? region.indexOf.get(secondCode) : undefined;
  return (
    <dl class="figures">
      <div>
        <dt>Pôle d’attraction principal</dt>
        <dd>
          <button type="button" class="link" onClick={() => selectPole(pole.code)}>
            {pole.name}
          </button>
        </dd>
      </div>
      <div>
        <dt>Taux d’attraction</dt>
        <dd>{formatShare(map.communes[unit]?.rate ?? 0)}</dd>
      </div>
      <div>
        <dt>Second pôle</dt>
        <dd>{second === undefined ? 'aucun' : region.name[second]}</dd>
      </div>
    </dl>
  );
}

/** The largest destinations; bars compare with the first one. */
function DestinationBars({ region, flows }: { region: Region; flows: Destinations }) {
  const { destinations: all } = flows;
  if (all.length === 0) return <p class="empty">Aucun patient compté pour cette spécialité.</p>;
  const largest = all[0]!.share || 1;
  // The model gives each resident a patient a specialty: its figures are shares, not counts.
  const modelled = dataset.value?.kind === 'modelled';
  const patients = (count: number) =>
    counted(Math.round(count), 'patient par an', 'patients par an');
  return (
    <>
      <ol class="bars" aria-label="Destinations, de la plus fréquentée à la moins fréquentée">
        {all.slice(0, 10).map(({ code, name, share, distanceKm, patients: count }) => (
          <li key={code} title={modelled ? name : `${name}\u00a0: ${patients(count)}`}>
            <span class="bar-name">
              {name}
              {code === flows.origin && <span class="quiet"> (sur place)</span>}
            </span>
            <span class="bar-figure figure">{formatShare(share)}</span>
            <span class="bar-km quiet figure">
              {code === flows.origin ? '' : formatKm(distanceKm)}
            </span>
            <span class="bar-track" aria-hidden="true">
              <span style={{ width: `${(100 * share) / largest}%` }} />
            </span>
          </li>
        ))}
      </ol>
      <p class="quiet">
        {modelled
          ? 'Parts modélisées\u00a0: un patient par habitant et par spécialité'
          : `${patients(flows.patients)} au départ de ${region.name[region.indexOf.get(flows.origin)!]}`}
        &nbsp;; distances à vol d’oiseau.
      </p>
    </>
  );
}

function TerritoryLink({ unit }: { unit: number }) {
  const map = territoryMap.value;
  const territory = map?.proposal.territories[map.group[unit]!];
  if (!territory) return null;
  return (
    <p class="card-foot">
      Territoire proposé&nbsp;:{' '}
      <button type="button" class="link" onClick={() => selectTerritory(territory)}>
        {territory.name}
      </button>
    </p>
  );
}
