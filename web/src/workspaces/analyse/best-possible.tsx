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

function Told({ told }: { told: ProposalBound }) {
  if (told.status === 'none') {
    return (
      <section class="fields" aria-label="Distance au meilleur découpage">
        {told.message && <p class="notice">{told.message}</p>}
        <button type="button" class="button" onClick={() => void prove(told.run)}>
          Mesurer la distance au meilleur découpage
        </button>
      </section>
    );
  }
  const going = told.status === 'queued' || told.status === 'running';
  return (
    <section class="fields" aria-label="Distance au meilleur découpage">
      <dl class="figures">
        <div class="annotated">
          <dt>Amélioration possible</dt>
          <dd>{told.better === null ? '—' : `au plus ${formatShare(told.better)} de mieux`}</dd>
          <dd class="quiet">{sentence(told)}</dd>
        </div>
      </dl>
      {going && (
        <>
          <ProgressBar
            label="Avancement de la preuve"
            value={told.status === 'running' ? told.progress : null}
          />
          <button type="button" class="button" onClick={() => void stopProof(told.run)}>
            Arrêter la preuve
          </button>
        </>
      )}
    </section>
  );
}

function sentence({ bound: most, better, status }: ProposalBound): string {
  if (most === null) return 'Preuve en cours…';
  const proven = `Prouvé\u00a0: avec les mêmes contraintes, aucun découpage ne garde plus de ${formatShare(most)} des flux.`;
  if (better === null) {
    return `${proven} Cette proposition ne s’y compare pas\u00a0: des territoires sont hors de la fourchette.`;
  }
  return status === 'done'
    ? proven
    : `${proven} La preuve continue et peut encore resserrer ce chiffre.`;
}
