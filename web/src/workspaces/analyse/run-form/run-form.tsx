import type { ProposalSummary } from '../../../../../server/contracts/proposals.ts';
import { Reserved } from '../../../accounts/reserved.tsx';
import { runStatusLabels } from '../../../french/labels.ts';
import { formatCount, formatShare } from '../../../french/numbers.ts';
import { unbroken } from '../../../french/unbroken.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { ProgressBar } from '../../../shell/progress.tsx';
import { region } from '../../../state/analysis.ts';
import { can } from '../../../state/people.ts';
import { partOf } from '../../../state/proposal-wishes.ts';
import {
  cancel,
  lastEnd,
  pollTrouble,
  runFailure,
  runId,
  showRun,
  underWay,
} from '../../../state/proposals.ts';
import { Form } from './form.tsx';

/** A form for a new run; while one is under way, how it goes; then how it ended. */
export function RunForm() {
  const run = underWay.value;
  const failed = runFailure.value;
  if (!run && !can('analyse')) return <Reserved act="de lancer une proposition" />;
  return (
    <>
      {run ? (
        <UnderWay run={run} />
      ) : (
        <details class="card">
          <summary>Nouvelle proposition</summary>
          {region.value && <Form region={region.value} />}
        </details>
      )}
      {failed && (run || partOf(failed) === 'whole') && <FailureNotice error={failed} />}
      {!run && lastEnd.value && <Ending run={lastEnd.value} />}
    </>
  );
}

function UnderWay({ run }: { run: ProposalSummary }) {
  const trouble = pollTrouble.value;
  return (
    <section class="card fields" aria-label="Proposition en cours">
      <p role="status">
        Proposition nᵒ {run.id} {stage(run)}
      </p>
      <ProgressBar
        label="Avancement de la proposition"
        value={run.progress > 0 ? run.progress : null}
      />
      {run.best && <BestYet {...run.best} />}
      {trouble && (
        <div class="notice notice-amber" role="status">
          <p>
            Plus de nouvelles de ce calcul, qui continue peut-être&nbsp;: la page redemande
            d’elle-même, de moins en moins souvent.
          </p>
          <p class="quiet">{unbroken(trouble.message)}</p>
        </div>
      )}
      <button type="button" class="button" onClick={() => void cancel(run.id)}>
        Arrêter
      </button>
    </section>
  );
}

/** Before the search has begun there is no share of it to show. */
function stage({ status, progress }: ProposalSummary): string {
  if (status === 'queued') return 'en attente de son tour';
  return progress > 0 ? `en cours — ${formatShare(progress)}` : 'en préparation';
}

/** The best plan found so far. */
function BestYet({
  territories,
  inBand,
  inBandShare,
  inside,
}: NonNullable<ProposalSummary['best']>) {
  return (
    <dl class="figures" aria-label="Meilleur découpage à cet instant">
      <div>
        <dt>Territoires dans la fourchette</dt>
        <dd>
          {formatCount(inBand)} sur {formatCount(territories)}
        </dd>
      </div>
      <div>
        <dt>Population dans la fourchette</dt>
        <dd>{formatShare(inBandShare)}</dd>
      </div>
      <div>
        <dt>Flux gardés à l’intérieur</dt>
        <dd>{formatShare(inside)}</dd>
      </div>
    </dl>
  );
}

/** How the last run ended, when the page does not show it already. */
function Ending({ run }: { run: ProposalSummary }) {
  if (run.status === 'cancelled' || run.id === runId.value) return null;
  const done = run.status === 'done';
  return (
    <div class={done ? 'notice' : 'notice notice-error'} role={done ? 'status' : 'alert'}>
      <p>
        Proposition nᵒ {run.id} {runStatusLabels[run.status]}.
      </p>
      {run.message && <p>{unbroken(run.message)}</p>}
      <p class="button-row">
        {done && (
          <button type="button" class="button" onClick={() => showRun(run.id)}>
            Afficher
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            lastEnd.value = null;
          }}
        >
          Fermer
        </button>
      </p>
    </div>
  );
}
