import { useEffect, useRef } from 'preact/hooks';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { frenchDay } from '../../../../server/core/life/days.ts';
import { exportCpts } from '../../api/territory-files.ts';
import { timeLeft } from '../../french/days.ts';
import { statusLabels } from '../../french/labels.ts';
import { formatCount, formatDate, formatKm2 } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { CommuneList } from '../../shell/commune-list.tsx';
import { PopulationGauge } from '../../shell/population-gauge.tsx';
import { select } from '../../state/address.ts';
import { edits } from '../../state/control/rights.ts';
import { dayShown, today } from '../../state/control/then.ts';
import { allCpts, justMade } from '../../state/cpts.ts';
import { can } from '../../state/people.ts';
import { departmentLabel } from '../../state/place-names.ts';
import { pieceCount, type Region, unitsOf } from '../../state/region.ts';
import { ExportMenu } from '../draw/files/export-menu.tsx';
import { drawFrom, editCpts } from '../draw/open.ts';
import { SharePart } from '../draw/share/part.tsx';
import { VersionsPart } from '../draw/versions/part.tsx';
import { waitsFor } from './dashboard/waits.ts';
import { stepChoices } from './decision/choices.tsx';
import { Decisions } from './decision/decisions.tsx';
import { CptsHistoryPart } from './history/cpts.tsx';
import { startReview } from './review/open.ts';

/** A CPTS, where it is in its life, and what may be decided of it. */
export function CptsCard({ region, cpts }: { region: Region; cpts: Cpts }) {
  const units = unitsOf(region, cpts.units);
  const past = dayShown.value !== null;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (justMade.peek() !== cpts.id) return;
    justMade.value = null;
    card.current?.querySelector('h2')?.focus();
  }, [cpts.id]);
  return (
    <article class="card-plain" ref={card} aria-label={`CPTS\u00a0: ${cpts.name}`}>
      <CardHead
        kind={`CPTS · ${cpts.recognised ? 'reconnue · ' : ''}${statusLabels[cpts.status]}`}
        title={cpts.name}
        onClose={() => select(null)}
      />
      <PopulationGauge population={cpts.population} />
      <Standing cpts={cpts} />
      {!past && cpts.status !== 'closed' && (
        <Decide
          region={region}
          cpts={cpts}
          onDone={() => card.current?.querySelector('h2')?.focus()}
        />
      )}
      <dl class="figures">
        <div>
          <dt>Communes</dt>
          <dd>{formatCount(cpts.units.length)}</dd>
        </div>
        <div>
          <dt>Surface</dt>
          <dd>{formatKm2(cpts.areaKm2)}</dd>
        </div>
        <div>
          <dt>D’un seul tenant</dt>
          <dd>{continuity(region, cpts, units)}</dd>
        </div>
        {cpts.departments.length > 0 && (
          <div>
            <dt>{cpts.departments.length > 1 ? 'Départements' : 'Département'}</dt>
            <dd>{cpts.departments.map(departmentLabel).join(', ')}</dd>
          </div>
        )}
        <div>
          <dt>Créée le</dt>
          <dd>{formatDate(cpts.createdAt)}</dd>
        </div>
        {cpts.forkedFrom && <ForkedFrom {...cpts.forkedFrom} />}
      </dl>
      {!past && (
        <>
          <CptsHistoryPart cpts={cpts} />
          <VersionsPart region={region} cpts={cpts} />
          <SharePart region={region} cpts={cpts} />
          <ExportMenu summary="Exporter" load={(format) => exportCpts(cpts.id, format)} />
        </>
      )}
      <CommuneList
        region={region}
        units={units}
        title="Communes de la CPTS"
        empty="Ses communes sont hors de la région affichée."
      />
    </article>
  );
}

/** Since when it is where it is, and what presses. */
function Standing({ cpts: { since, deemedValidatedOn, opposition, status } }: { cpts: Cpts }) {
  return (
    <>
      <p>
        {statusLabels[status]} depuis le {frenchDay(since)}.
        {deemedValidatedOn && (
          <>
            {' '}
            Réputée validée après le {frenchDay(deemedValidatedOn)}&nbsp;:{' '}
            <strong class="amber">{timeLeft(today(), deemedValidatedOn)}</strong>.
          </>
        )}
      </p>
      {opposition && (
        <p class="notice notice-amber">
          Opposition de l’ARS du {frenchDay(opposition.on)}&nbsp;: {opposition.reason}
        </p>
      )}
    </>
  );
}

interface DecideProps {
  region: Region;
  cpts: Cpts;
  onDone(): void;
}

function Decide({ region, cpts, onDone }: DecideProps) {
  const waiting = waitsFor(cpts);
  return (
    <>
      {cpts.proposed !== null && (
        <p class="notice">
          La version {cpts.proposed}, proposée, attend une décision&nbsp;; la version {cpts.version}{' '}
          reste en vigueur.
        </p>
      )}
      <div class="button-row">
        {waiting && (
          <button type="button" class="button primary" onClick={() => startReview(region, cpts)}>
            Examiner
          </button>
        )}
        {edits(cpts) && (
          <button type="button" class="button" onClick={() => editCpts(region, cpts)}>
            {cpts.recognised ? 'Réviser dans Dessiner' : 'Modifier dans Dessiner'}
          </button>
        )}
        {can('draw') && cpts.recognised && (
          <button type="button" class="button" onClick={() => drawFrom(region, cpts)}>
            Partir de son territoire
          </button>
        )}
      </div>
      <Decisions cpts={cpts} choices={stepChoices(region, cpts)} onDone={onDone} />
    </>
  );
}

/** The CPTS that it was made from, while that is in the list. */
function ForkedFrom({ id, version }: { id: number; version: number }) {
  const origin = allCpts.value.find((cpts) => cpts.id === id);
  return (
    <div>
      <dt>Issue de</dt>
      <dd>
        {origin ? (
          <button type="button" class="link" onClick={() => select({ kind: 'cpts', id })}>
            {origin.name}
          </button>
        ) : (
          'une autre CPTS'
        )}
        , version {version}
      </dd>
    </div>
  );
}

/** Whether it is in one piece, as far as the region shown can tell. */
function continuity(region: Region, cpts: Cpts, units: readonly number[]): string {
  if (units.length === 0) return 'hors de la région affichée';
  if (units.length < cpts.units.length) return 'en partie hors de la région affichée';
  const pieces = pieceCount(region, new Set(units));
  return pieces === 1 ? '✓ oui' : `⚠ non\u00a0: ${formatCount(pieces)} morceaux`;
}
