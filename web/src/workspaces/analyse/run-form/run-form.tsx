import { useLayoutEffect, useRef } from 'preact/hooks';
import type {
  ProposalParameters,
  ProposalSummary,
} from '../../../../../server/contracts/proposals.ts';
import { Reserved } from '../../../accounts/reserved.tsx';
import { runStatusLabels } from '../../../french/labels.ts';
import { formatCount, formatShare } from '../../../french/numbers.ts';
import { unbroken } from '../../../french/unbroken.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { ProgressBar } from '../../../shell/progress.tsx';
import { region } from '../../../state/analysis.ts';
import { announce } from '../../../state/announce.ts';
import { can } from '../../../state/people.ts';
import {
  COUNT_FIELD,
  formOpen,
  otherWishesOpen,
  partOf,
  takeUp,
} from '../../../state/proposal-wishes.ts';
import {
  cancel,
  isStartedHere,
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
        <details
          class="card"
          open={formOpen.value}
          onToggle={(event) => {
            formOpen.value = event.currentTarget.open;
          }}
        >
          <summary id={NEW_RUN}>Nouvelle proposition</summary>
          {region.value && <Form region={region.value} />}
        </details>
      )}
      {failed && (run || partOf(failed) === 'whole') && <FailureNotice error={failed} />}
      {!run && lastEnd.value && <Ending run={lastEnd.value} />}
    </>
  );
}

/** Where the keyboard goes on once a run is over: to how it ended, else to the form of the next. */
const ENDING = 'run-ending';
const NEW_RUN = 'new-run';

function goOn() {
  requestAnimationFrame(() => {
    (document.getElementById(ENDING) ?? document.getElementById(NEW_RUN))?.focus();
  });
}

function UnderWay({ run }: { run: ProposalSummary }) {
  const trouble = pollTrouble.value;
  const card = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const shown = card.current;
    // The button that started it went with its form.
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (isStartedHere(run.id) && lost) shown?.focus({ preventScroll: true });
    return () => {
      if (shown?.contains(document.activeElement)) goOn();
    };
  }, []);
  return (
    <section class="card fields" aria-label="Proposition en cours" ref={card} tabIndex={-1}>
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

/** Opens the form with what a run was asked. */
export function takeUpWishes(parameters: ProposalParameters): void {
  takeUp(parameters);
  formOpen.value = true;
  otherWishesOpen.value = true;
  announce('Souhaits repris dans «\u00a0Nouvelle proposition\u00a0».');
  requestAnimationFrame(() => document.getElementById(NEW_RUN)?.focus());
}

/** Opens the form where what was asked can be asked otherwise. */
function correct({ parameters }: ProposalSummary) {
  formOpen.value = true;
  otherWishesOpen.value = true;
  requestAnimationFrame(() => {
    const counted = parameters.territories !== undefined;
    document.getElementById(counted ? COUNT_FIELD : NEW_RUN)?.focus();
  });
}

/** How the last run ended, when the page does not show it already. */
function Ending({ run }: { run: ProposalSummary }) {
  if (run.status === 'cancelled' || run.id === runId.value) return null;
  const done = run.status === 'done';
  return (
    <div
      id={ENDING}
      tabIndex={-1}
      class={done ? 'notice' : 'notice notice-error'}
      role={done ? 'status' : 'alert'}
    >
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
        {run.status === 'failed' && !run.parameters.improves && (
          <button type="button" class="button" onClick={() => correct(run)}>
            {run.parameters.territories === undefined
              ? 'Revoir les souhaits'
              : 'Corriger le nombre de territoires'}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            lastEnd.value = null;
            goOn();
          }}
        >
          Fermer
        </button>
      </p>
    </div>
  );
}
