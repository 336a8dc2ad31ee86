import type { ComponentChildren } from 'preact';
import type { TerritoryFigures } from '../../../../server/core/drawing/figures.ts';
import {
  counted,
  formatCount,
  formatDecimal,
  formatInhabitants,
  formatKm2,
  formatShare,
} from '../../french/numbers.ts';
import { frame } from '../../map/frame.ts';
import { specialty } from '../../state/address.ts';
import { labelOf } from '../../state/analysis.ts';
import { drawnPlaceName, flows } from '../../state/drawing/ground.ts';
import { boundsOf, populationOf, type Region } from '../../state/region.ts';
import { change, fillable } from './selected.ts';

interface Props {
  region: Region;
  figures: TerritoryFigures;
}

export function Figures({ region, figures }: Props) {
  const { areaKm2, communes, epci, pieces, holes, compactness } = figures;
  return (
    <>
      <dl class="figures-dense">
        <div>
          <dt>Communes</dt>
          <dd>{formatCount(communes)}</dd>
        </div>
        <div title="Intercommunalités touchées, dont entières">
          <dt>EPCI</dt>
          <dd>
            {formatCount(epci.touched)}, {formatCount(epci.whole)}{' '}
            {epci.whole < 2 ? 'entier' : 'entiers'}
          </dd>
        </div>
        <div>
          <dt>D’un seul tenant</dt>
          <dd>{pieces.length === 1 ? '✓ oui' : `⚠ ${formatCount(pieces.length)} morceaux`}</dd>
        </div>
        <div>
          <dt>Trous</dt>
          <dd>{holes.length === 0 ? '✓ aucun' : `⚠ ${formatCount(holes.length)}`}</dd>
        </div>
        <div title="Surface en km²">
          <dt>Surface</dt>
          <dd>{formatKm2(areaKm2)}</dd>
        </div>
        <div title={'4π × surface / périmètre² (Polsby et Popper)\u00a0: 1 pour un disque'}>
          <dt>Compacité</dt>
          <dd>{compactness === null ? '—' : `${formatDecimal(compactness)} / 1`}</dd>
        </div>
      </dl>
      {pieces.length > 1 && <Parts region={region} parts={pieces} what="Morceau" />}
      {holes.length > 0 && <Parts region={region} parts={holes} what="Trou" action={fill} />}
      <Care region={region} figures={figures} />
    </>
  );
}

/** Parts listed before « … ». */
const MOST = 6;

function fill(hole: number[], at: number) {
  const units = fillable([hole]);
  if (units.length === 0) return <span class="quiet"> · verrouillé</span>;
  return (
    <button
      type="button"
      class="button small"
      aria-label={`Combler le trou ${at + 1}`}
      onClick={() => change(units, true, 'holes')}
    >
      Combler
    </button>
  );
}

interface PartsProps {
  region: Region;
  parts: number[][];
  what: string;
  action?(units: number[], at: number): ComponentChildren;
}

/** Each part, the way to see it, and what may be done of it. */
function Parts({ region, parts, what, action }: PartsProps) {
  return (
    <ul class="parts">
      {parts.slice(0, MOST).map((units, at) => (
        <li key={units[0]}>
          <button
            type="button"
            class="link"
            onClick={() => frame.bounds(boundsOf(region, units))}
            title="Voir sur la carte"
          >
            {what} {at + 1}
          </button>{' '}
          <span class="quiet">
            {counted(units.length, 'commune')}, {formatInhabitants(populationOf(region, units))}
            {units.length === 1 ? ` · ${region.name[units[0]!]}` : ''}
          </span>{' '}
          {action?.(units, at)}
        </li>
      ))}
      {parts.length > MOST && <li class="quiet">et {formatCount(parts.length - MOST)} autres</li>}
    </ul>
  );
}

/** How much care stays, and where the rest goes. */
function Care({ region, figures: { li, leaks } }: Props) {
  if (!flows.value) return <p class="quiet">Les flux de patients ne sont pas chargés.</p>;
  if (li === null) return <p class="quiet">Aucun flux connu depuis ces communes.</p>;
  return (
    <section aria-label="Soins">
      <dl class="figures-dense">
        <div
          title={
            'Indice de localisation\u00a0: part des soins des habitants reçus dans le territoire'
          }
        >
          <dt>Sur place (LI)</dt>
          <dd>{formatShare(li)}</dd>
        </div>
        <div>
          <dt>Fuites</dt>
          <dd>{formatShare(1 - li)}</dd>
        </div>
      </dl>
      {leaks.length > 0 && (
        <p class="leaks">
          <span class="quiet">Surtout vers </span>
          {leaks.map(({ place, share }, at) => (
            <span key={place}>
              {at > 0 && ', '}
              {drawnPlaceName(region, place)} <span class="quiet">{formatShare(share)}</span>
            </span>
          ))}
        </p>
      )}
      <p class="quiet">{labelOf(specialty.value)}, d’après les flux affichés dans Analyser.</p>
    </section>
  );
}
