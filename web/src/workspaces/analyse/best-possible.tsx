import type { ProposalBound } from '../../../../server/contracts/proposal-bounds.ts';
import { formatShare } from '../../french/numbers.ts';
import { FailureNotice, Loaded } from '../../shell/notice.tsx';
import { ProgressBar } from '../../shell/progress.tsx';
import { bound, boundFailure, loadBound, prove, stopProof } from '../../state/proposal-bound.ts';

/** How far a proposal is from the best that its wishes allow. */
export function BestPossible({ run }: { run: number }) {
  const failed = boundFailure.value;
  return (
    <>
      <Loaded state={bound.state.value} what="Distance au meilleur découpage" retry={loadBound}>
        {(told) => (told.run === run ? <Told told={told} /> : null)}
      </Loaded>
      {failed && <FailureNotice error={failed} />}
    </>
  );
}

/** Told of a run of before what it was asked was kept with it. */
export function AskedLongAgo({ what }: { what: string }) {
  return (
    <p class="notice notice-amber">
      Cette proposition est d’avant que ce qui lui était demandé soit gardé avec elle&nbsp;: {what}{' '}
      peut tenir compte de CPTS redessinées depuis. Relancez-la pour un chiffre sûr.
    </p>
  );
}

function Told({ told }: { told: ProposalBound }) {
  const going = told.status === 'queued' || told.status === 'running';
  return (
    <section class="fields" aria-label="Distance au meilleur découpage">
      {told.message && <p class="notice">{told.message}</p>}
      {told.status !== 'none' && (
        <dl class="figures">
          <div class="annotated">
            <dt>Amélioration possible</dt>
            <dd>{told.better === null ? '—' : `au plus ${formatShare(told.better)} de mieux`}</dd>
            <dd class="quiet">{sentence(told)}</dd>
          </div>
        </dl>
      )}
      {!told.asAsked && <AskedLongAgo what="cette distance" />}
      {going && (
        <ProgressBar
          label="Avancement de la preuve"
          value={told.status === 'running' ? told.progress : null}
        />
      )}
      {told.status !== 'done' && (
        // One button, so that the keyboard stays on it as the proof begins and stops.
        <button
          type="button"
          class="button"
          onClick={() => void (going ? stopProof : prove)(told.run)}
        >
          {buttons[told.status]}
        </button>
      )}
    </section>
  );
}

const buttons = {
  none: 'Mesurer la distance au meilleur découpage',
  queued: 'Arrêter la preuve',
  running: 'Arrêter la preuve',
  stopped: 'Reprendre la preuve',
};

function sentence({ bound: most, better, status }: ProposalBound): string {
  if (most === null) return 'Preuve en cours…';
  const proven = `Prouvé\u00a0: avec les mêmes contraintes, aucun découpage ne garde plus de ${formatShare(most)} des flux.`;
  if (better === null) {
    return `${proven} Cette proposition ne s’y compare pas\u00a0: des territoires sont hors de la fourchette.`;
  }
  if (status === 'done') return proven;
  return status === 'stopped'
    ? `${proven} La preuve s’est arrêtée avant sa fin\u00a0: reprise, elle peut encore resserrer ce chiffre.`
    : `${proven} La preuve continue et peut encore resserrer ce chiffre.`;
}
