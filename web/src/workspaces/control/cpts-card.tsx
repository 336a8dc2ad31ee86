import { useState } from 'preact/hooks';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { statusLabels } from '../../french/labels.ts';
import { formatCount, formatDate, formatKm2 } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { select } from '../../state/address.ts';
import { decisionFailure, openCpts, sharedWith } from '../../state/cpts.ts';
import { pieceCount } from '../../state/draft.ts';
import { type Region, unitsOf } from '../../state/region.ts';
import { CommuneList } from '../analyse/commune-list.tsx';
import { PopulationGauge } from '../draw/gauge.tsx';
import { DecisionFailure } from './decision-failure.tsx';
import { CloseDecision, RecogniseDecision } from './decisions.tsx';

type Decision = 'recognise' | 'close';

/** A CPTS and the decisions that bind. */
export function CptsCard({ region, cpts }: { region: Region; cpts: Cpts }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const units = unitsOf(region, cpts.units);
  const pieces = pieceCount(region, new Set(units));
  const failure = decisionFailure.value?.id === cpts.id ? decisionFailure.value.error : null;
  const done = () => setDecision(null);
  return (
    <article class="card-plain" aria-label={`CPTS\u00a0: ${cpts.name}`}>
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
          <dd>{pieces === 1 ? '✓ oui' : `⚠ non\u00a0: ${formatCount(pieces)} morceaux`}</dd>
        </div>
        <div>
          <dt>Créée le</dt>
          <dd>{formatDate(cpts.createdAt)}</dd>
        </div>
      </dl>
      {cpts.status !== 'closed' && decision === null && (
        <div class="button-row">
          {!cpts.recognised && (
            <button type="button" class="button primary" onClick={() => setDecision('recognise')}>
              Reconnaître
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
      <CommuneList region={region} units={units} title="Communes de la CPTS" />
    </article>
  );
}
