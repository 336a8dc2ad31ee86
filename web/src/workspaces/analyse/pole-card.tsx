import type { PoleProfile, PoleRank } from '../../../../server/contracts/poles.ts';
import { formatCount, formatInhabitants, formatShare } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { CommuneList } from '../../shell/commune-list.tsx';
import { Loaded } from '../../shell/notice.tsx';
import { ScrollArea } from '../../shell/scroll-area.tsx';
import { go, select, specialty } from '../../state/address.ts';
import { dataset, labelOf, totalPopulation } from '../../state/analysis.ts';
import { catchment, type PoleMap } from '../../state/pole-map.ts';
import { loadProfile, profile } from '../../state/pole-runs.ts';
import { communeUnits, nameOf, type Region, unitOf } from '../../state/region.ts';
import {
  dominatorPlace,
  originsOf,
  placeName,
  type RegionFlows,
} from '../../state/region-flows.ts';
import { netText, rankLabels } from '../tables/poles.ts';
import { FlowBars } from './flow-bars.tsx';
import { WithFlows } from './with-flows.tsx';
import { WithPoles } from './with-poles.tsx';

interface Props {
  region: Region;
  code: string;
}

/** A pole: what it attracts, where it stands among the others, and each specialty. */
export function PoleCard(props: Props) {
  return <WithPoles>{(map) => <Attraction {...props} map={map} />}</WithPoles>;
}

function Attraction({ region, code, map }: Props & { map: PoleMap }) {
  const pole = map.poles[map.groupOf.get(code) ?? -1];
  const unit = unitOf(region, code);
  if (!pole) {
    return (
      <p class="empty">
        {nameOf(region, code) ?? code} n’est le pôle d’aucune commune pour «&nbsp;
        {labelOf(specialty.value)}&nbsp;» dans cette analyse. Choisissez un autre pôle ou une autre
        spécialité.
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
        <div class="annotated">
          <dt>Leurs habitants</dt>
          <dd>{formatInhabitants(pole.population)}</dd>
          <dd class="quiet">
            {formatShare(pole.population / (totalPopulation.value || 1))} de la région
          </dd>
        </div>
        <div class="annotated">
          <dt>Soins reçus dans l’aire (LI)</dt>
          <dd>{formatShare(pole.li)}</dd>
          <dd class="quiet">des patients de ces communes</dd>
        </div>
        <div class="annotated">
          <dt>Part de ces communes (MSI)</dt>
          <dd>{formatShare(pole.msi)}</dd>
          <dd class="quiet">des patients soignés dans l’aire</dd>
        </div>
        <div class="annotated">
          <dt>Entrées pour une sortie</dt>
          <dd>{netText(pole.net)}</dd>
          <dd class="quiet">patients venus d’ailleurs, pour un parti ailleurs</dd>
        </div>
        <Hierarchy region={region} rank={pole.rank} unit={unit} />
      </dl>
      <h3>Par spécialité</h3>
      <Loaded
        state={profile.state.value}
        what="Chargement des spécialités"
        retry={() => loadProfile(map.parameters.run, code)}
      >
        {(shown) => (shown.code === code ? <Specialties profile={shown} /> : null)}
      </Loaded>
      {unit !== undefined && (
        <>
          <h3>D’où viennent ses patients</h3>
          <WithFlows>{(flows) => <Origins region={region} unit={unit} flows={flows} />}</WithFlows>
        </>
      )}
      <CommuneList
        region={region}
        units={catchment(map, code)}
        title="Communes attirées"
        rate={(at) => map.communes[at]?.rate ?? 0}
      />
    </article>
  );
}

const ranks: Record<PoleRank, string> = {
  dominant: 'ceux de ses habitants qui en sortent ne vont pas surtout vers un lieu plus fréquenté',
  intermediate: 'il domine d’autres communes, et un lieu plus fréquenté le domine',
  dominated: 'un lieu plus fréquenté le domine, et lui n’en domine aucun',
};

/** Its place among the dominant flows, in words, with the place that dominates it. */
function Hierarchy({
  region,
  rank,
  unit,
}: {
  region: Region;
  rank: PoleRank;
  unit: number | undefined;
}) {
  return (
    <div class="annotated">
      <dt>Rang dans la hiérarchie</dt>
      <dd>{rankLabels[rank]}</dd>
      <dd class="quiet">
        {ranks[rank]}
        {rank !== 'dominant' && unit !== undefined && (
          <WithFlows>
            {(flows) => {
              const above = dominatorPlace(region, flows, unit);
              return above === null ? null : `\u00a0: ${placeName(region, flows, above)}`;
            }}
          </WithFlows>
        )}
      </dd>
    </div>
  );
}

/** Its figures for each specialty; choosing one shows it on the map. */
function Specialties({ profile }: { profile: PoleProfile }) {
  const found = new Map(profile.specialties.map((row) => [row.specialty, row]));
  const keys = ['all', ...(dataset.value?.specialties.map(({ key }) => key) ?? [])];
  return (
    <ScrollArea class="wide-table" label={`${profile.name} par spécialité`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Spécialité, rang</th>
            <th scope="col" title="Communes attirées">
              Com.
            </th>
            <th scope="col" title="Habitants de ces communes">
              Hab.
            </th>
            <th scope="col" title="Indice de localisation">
              LI
            </th>
            <th scope="col" title="Indice de part de marché">
              MSI
            </th>
            <th scope="col" title="Patients entrés pour un sorti">
              Solde
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const row = found.get(key);
            return (
              <tr key={key} aria-current={key === specialty.value ? 'true' : undefined}>
                <th scope="row">
                  {row ? (
                    <button type="button" class="link" onClick={() => go({ specialty: key })}>
                      {labelOf(key)}
                    </button>
                  ) : (
                    labelOf(key)
                  )}
                  {row && <small class="quiet">{rankLabels[row.rank]}</small>}
                </th>
                {row ? (
                  <>
                    <td>{formatCount(row.communes)}</td>
                    <td>{formatCount(row.population)}</td>
                    <td>{formatShare(row.li)}</td>
                    <td>{formatShare(row.msi)}</td>
                    <td>{netText(row.net)}</td>
                  </>
                ) : (
                  <td colSpan={5} class="word quiet">
                    pôle d’aucune commune
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Origins({ region, unit, flows }: { region: Region; unit: number; flows: RegionFlows }) {
  const { ends } = originsOf(flows, communeUnits(region, unit));
  return (
    <FlowBars
      region={region}
      flows={flows}
      unit={unit}
      ends={ends}
      label="Communes de résidence des patients soignés ici, de la première à la dernière"
      modelled={dataset.value?.kind === 'modelled'}
    />
  );
}
