import { useRef, useState } from 'preact/hooks';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { exportCpts } from '../../api/territory-files.ts';
import { statusLabels } from '../../french/labels.ts';
import { formatCount, formatDate, formatKm2 } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { CommuneList } from '../../shell/commune-list.tsx';
import { PopulationGauge } from '../../shell/population-gauge.tsx';
import { select } from '../../state/address.ts';
import { allCpts, decisionFailure, openCpts, sharedWith } from '../../state/cpts.ts';
import { pieceCount } from '../../state/draft.ts';
import { type Region, unitsOf } from '../../state/region.ts';
import { ExportMenu } from '../draw/files/export-menu.tsx';
import { editCpts } from '../draw/open.ts';
import { SharePart } from '../draw/share/part.tsx';
import { VersionsPart } from '../draw/versions/part.tsx';
import { DecisionFailure } from './decision-failure.tsx';
import { CloseDecision, RecogniseDecision } from './decisions.tsx';

type Decision = 'recognise' | 'close';

/** A CPTS and the decisions that bind. */
export function CptsCard({ region, cpts }: { region: Region; cpts: Cpts }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const units = unitsOf(region, cpts.units);
  const failure = decisionFailure.value?.id === cpts.id ? decisionFailure.value.error : null;
  const card = useRef<HTMLElement>(null);
  const done = () => {
    setDecision(null);
    // The button that had the focus goes.
    card.current?.querySelector('h2')?.focus();
  };
  return (
    <article class="card-plain" ref={card} aria-label={`CPTS\u00a0: ${cpts.name}`}>
      <CardHead
        kind={`CPTS · ${cpts.recognised ? 'reconnue · ' : ''}${statusLabels[cpts.status]}`}
        title={cpts.name}
        onClose={() => select(null)}
      />
      <PopulationGauge population={cpts.population} />
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
        <div>
          <dt>Créée le</dt>
          <dd>{formatDate(cpts.createdAt)}</dd>
        </div>
        {cpts.forkedFrom && <ForkedFrom {...cpts.forkedFrom} />}
      </dl>
      {cpts.status !== 'closed' && decision === null && (
        <div class="button-row">
          {!cpts.recognised && (
            <button type="button" class="button primary" onClick={() => setDecision('recognise')}>
              Reconnaître
            </button>
          )}
          {!cpts.recognised && (
            <button type="button" class="button" onClick={() => editCpts(region, cpts)}>
              Modifier dans Dessiner
            </button>
          )}
          <button type="button" class="button" onClick={() => setDecision('close')}>
            Clore
          </button>
        </div>
      )}
      {decision === 'recognise' && (
        <RecogniseDecision
          cpts={cpts}
          shared={sharedWith(
            region,
            new Set(units),
            openCpts.value.filter(({ id }) => id !== cpts.id),
          )}
          onDone={done}
        />
      )}
      {decision === 'close' && <CloseDecision cpts={cpts} onDone={done} />}
      {failure && <DecisionFailure error={failure} />}
      <VersionsPart region={region} cpts={cpts} />
      <SharePart region={region} cpts={cpts} />
      <ExportMenu summary="Exporter" load={(format) => exportCpts(cpts.id, format)} />
      <CommuneList
        region={region}
        units={units}
        title="Communes de la CPTS"
        empty="Ses communes sont hors de la région affichée."
      />
    </article>
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
