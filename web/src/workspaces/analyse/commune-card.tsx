import {
  counted,
  formatCount,
  formatDecimal,
  formatInhabitants,
  formatShare,
} from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { select, specialty, view } from '../../state/address.ts';
import { dataset, labelOf, maskedCells } from '../../state/analysis.ts';
import { compared } from '../../state/comparison.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { territoryMap } from '../../state/proposals.ts';
import { placeLabel, type Region } from '../../state/region.ts';
import { destinationsOf, maskedCellsOf, type RegionFlows } from '../../state/region-flows.ts';
import { selectPole } from '../tables/poles.ts';
import { selectTerritory } from '../tables/territories.ts';
import { CommuneMoves } from './commune-moves.tsx';
import { BothSides } from './compare/both-sides.tsx';
import { whyNoPole } from './describe-analysis.ts';
import { FlowBars } from './flow-bars.tsx';
import { WithFlows } from './with-flows.tsx';
import { WithPoles } from './with-poles.tsx';

interface Props {
  region: Region;
  unit: number;
}

/** A commune: its pole, how sure that is, and where its residents go. */
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
        {region.wholeOf.has(unit) && (
          <span class="quiet"> · partie de {region.wholeOf.get(unit)!.name}</span>
        )}
      </p>
      <WithPoles>
        {(map) => (
          <>
            {compared.value ? (
              <BothSides region={region} unit={unit} map={map} />
            ) : (
              <PoleFigures region={region} unit={unit} map={map} />
            )}
            <h3>Où se soignent ses habitants</h3>
            <p class="quiet">
              {compared.value && 'Carte de gauche\u00a0: '}
              {labelOf(specialty.value)}
            </p>
            <WithFlows>
              {(flows) => <Destinations region={region} unit={unit} flows={flows} map={map} />}
            </WithFlows>
          </>
        )}
      </WithPoles>
      <TerritoryLink unit={unit} />
      {view.value === 'territories' && territoryMap.value && (
        <CommuneMoves map={territoryMap.value} code={code} />
      )}
    </article>
  );
}

function PoleFigures({ region, unit, map }: Props & { map: PoleMap }) {
  const commune = map.communes[unit];
  if (!commune) return <p class="empty">Aucun flux connu au départ de cette commune.</p>;
  const pole = map.poles[map.group[unit]!];
  const { rate, second, gap, entropy, agreement } = commune;
  const secondName = second === null ? null : placeLabel(region, second);
  return (
    <>
      {!pole && <p class="notice">Sans pôle&nbsp;: {whyNoPole(map.parameters, commune)}</p>}
      <dl class="figures">
        <div>
          <dt>Pôle d’attraction principal</dt>
          <dd>
            {pole ? (
              <button type="button" class="link" onClick={() => selectPole(pole.code)}>
                {pole.name}
              </button>
            ) : (
              'aucun'
            )}
          </dd>
        </div>
        <div>
          <dt>Taux d’attraction</dt>
          <dd>{formatShare(rate)}</dd>
        </div>
        <div class="annotated">
          <dt>Second pôle</dt>
          <dd>{secondName ?? 'aucun'}</dd>
          {secondName && gap !== null && (
            <dd class="quiet">
              {formatDecimal(Math.round(gap * 1000) / 10)} points derrière le premier
            </dd>
          )}
        </div>
        <div class="annotated">
          <dt>Dispersion (entropie)</dt>
          <dd>{formatDecimal(entropy)} bit</dd>
          <dd class="quiet">{dispersion(entropy)}</dd>
        </div>
        {agreement !== null && (
          <div class="annotated">
            <dt>Accord des spécialités</dt>
            <dd>{formatShare(agreement)}</dd>
            <dd class="quiet">part des spécialités dont le pôle est celui-ci</dd>
          </div>
        )}
        {maskedCells(specialty.value) > 0 && <Fragility fragile={commune.fragile} />}
      </dl>
    </>
  );
}

/** `2^H` destinations of equal size have an entropy of H bits. */
function dispersion(entropy: number): string {
  const alike = Math.round(10 * 2 ** entropy) / 10;
  if (alike < 1.05) return 'presque tous ses patients vont au même endroit';
  return `comme si ses patients se partageaient à égalité entre ${formatDecimal(alike)}\u00a0communes`;
}

function Fragility({ fragile }: { fragile: boolean }) {
  return (
    <div class="annotated">
      <dt>Solidité du pôle</dt>
      <dd class={fragile ? 'amber' : ''}>{fragile ? 'Fragile' : 'Solide'}</dd>
      <dd class="quiet">
        {fragile
          ? 'certaines valeurs de 1 à 10 dans ses cellules masquées lui donneraient un autre pôle'
          : 'aucune valeur de 1 à 10 dans ses cellules masquées n’y changerait rien'}
      </dd>
    </div>
  );
}

interface FlowProps extends Props {
  flows: RegionFlows;
  map: PoleMap;
}

function Destinations({ region, unit, flows, map }: FlowProps) {
  const { patients, ends } = destinationsOf(flows, unit);
  const whole = region.wholeOf.get(unit);
  if (ends.length === 0) return <p class="empty">Aucun patient compté pour cette spécialité.</p>;
  // The model gives each resident a patient a specialty: its figures are shares, not counts.
  const modelled = dataset.value?.kind === 'modelled';
  return (
    <>
      <FlowBars
        region={region}
        flows={flows}
        unit={unit}
        ends={ends}
        label="Destinations, de la plus fréquentée à la moins fréquentée"
        modelled={modelled}
      />
      <p class="quiet">
        {modelled
          ? 'Parts modélisées\u00a0: un patient par habitant et par spécialité'
          : `${counted(Math.round(patients), 'patient par an', 'patients par an')} au départ de ${region.name[unit]}${maskedNote(maskedCellsOf(flows, unit), map)}`}
        &nbsp;; distances{' '}
        {byTravelTime()
          ? 'affichées à vol d’oiseau, parts calculées par temps de trajet'
          : 'à vol d’oiseau'}
        .{whole && ` Flux de ${whole.name} répartis entre ses parties selon la population.`}
      </p>
    </>
  );
}

/** Whether the flows shown were modelled by a table of travel times. */
const byTravelTime = () => dataset.value?.parameters.distance === 'travel-time';

function maskedNote(cells: number, { parameters: { masked } }: PoleMap): string {
  if (cells === 0) return '';
  return `, dont ${counted(Math.round(cells), 'cellule masquée comptée', 'cellules masquées comptées')} pour ${formatCount(masked)}`;
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
