import type { ProposalSummary } from '../../../../server/contracts/proposals.ts';
import { formatCount, formatDate, formatFixed } from '../../french/numbers.ts';
import { region } from '../../state/analysis.ts';
import { allCpts } from '../../state/cpts.ts';
import { can } from '../../state/people.ts';
import { underWay } from '../../state/proposals.ts';
import { communeName } from './describe-run.ts';
import { takeUpWishes } from './run-form/run-form.tsx';

/** How a run was computed, what it was told to tie or hold by name, and the way to ask it again. */
export function RunDetail({ run }: { run: ProposalSummary }) {
  const { parameters, seconds, threads } = run;
  const { together, apart, improves } = parameters;
  const tied = [
    ...together.map((codes) => ({ label: 'Ensemble', names: codes.map(communeName) })),
    ...apart.map((codes) => ({ label: 'Séparées', names: codes.map(communeName) })),
    ...(improves ? heldIn(improves) : []),
  ];
  return (
    <details>
      <summary>Souhaits et calcul</summary>
      <div class="fields">
        <dl class="figures">
          <div>
            <dt>Lancée</dt>
            <dd>{formatDate(run.createdAt)}</dd>
          </div>
          {seconds !== null && (
            <div>
              <dt>Durée du calcul</dt>
              <dd>{formatFixed(seconds, 1)}&nbsp;s</dd>
            </div>
          )}
          <div>
            <dt>Moteur</dt>
            <dd>
              {run.engine}
              {threads !== null && ` (fils\u00a0: ${formatCount(threads)})`}
            </dd>
          </div>
          <div>
            <dt>Graine</dt>
            <dd>{parameters.seed}</dd>
          </div>
          {tied.map(({ label, names }) => (
            <div class="annotated" key={`${label} ${names.join()}`}>
              <dt>{label}</dt>
              <dd class="names">{names.join(', ')}</dd>
            </div>
          ))}
        </dl>
        {can('analyse') && region.value && (
          <button
            type="button"
            class="button small"
            disabled={underWay.value !== null}
            onClick={() => takeUpWishes(parameters)}
          >
            Reprendre ces souhaits
          </button>
        )}
      </div>
    </details>
  );
}

type Improves = NonNullable<ProposalSummary['parameters']['improves']>;

/** What a run that improves another was told to hold. */
function heldIn({ drafts, locked, changes }: Improves): { label: string; names: string[] }[] {
  const called = (id: number) => allCpts.value.find((each) => each.id === id)?.name;
  return [
    { label: 'CPTS tenues', names: drafts.map((id) => called(id) ?? `CPTS nᵒ\u00a0${id}`) },
    { label: 'Communes gardées sur place', names: locked.map(communeName) },
    { label: 'Communes déplacées', names: changes.map(({ unit }) => communeName(unit)) },
  ].filter(({ names }) => names.length > 0);
}
