import { useState } from 'preact/hooks';
import type { OverlapResolution } from '../../../../../server/contracts/overlaps.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { select } from '../../../state/address.ts';
import { propose, proposeFailure, proposing } from '../../../state/control/resolution.ts';
import { dayShown } from '../../../state/control/then.ts';
import { can } from '../../../state/people.ts';

/** Sends the sharing to both, after who must accept it was said. */
export function Propose({ told }: { told: OverlapResolution }) {
  const [note, setNote] = useState('');
  const { a, b, empties } = told;
  const failure =
    proposeFailure.value?.pair === `${a.id}/${b.id}` ? proposeFailure.value.error : null;
  const pending = [a, b].filter(({ proposed }) => proposed !== null);
  if (dayShown.value !== null || !can('draw')) return null;
  if (pending.length > 0) {
    return (
      <section class="notice" aria-label="Propositions en attente">
        <p>Aucun autre partage ne peut être proposé avant que celui-ci soit décidé&nbsp;:</p>
        {pending.map(({ id, name, proposed }) => (
          <p key={id}>
            <button
              type="button"
              class="link"
              onClick={() => select({ kind: 'cpts', id, review: true })}
            >
              Version {proposed} de «&nbsp;{name}&nbsp;»
            </button>
          </p>
        ))}
      </section>
    );
  }
  return (
    <form
      class="card decision fields"
      aria-labelledby="propose-title"
      onSubmit={(event) => {
        event.preventDefault();
        void propose(told, note);
      }}
    >
      <h3 id="propose-title">Proposer ce partage</h3>
      <ul>
        <li>
          Une version de chacune des deux CPTS est proposée&nbsp;; rien ne change avant que les deux
          soient acceptées, ensemble.
        </li>
      </ul>
      <label class="field">
        <span>Note, que les deux liront (facultative)</span>
        <textarea
          class="input"
          rows={2}
          maxLength={1000}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      <p class="button-row">
        <button
          type="submit"
          class="button primary"
          disabled={proposing.value || empties.length > 0}
        >
          {proposing.value ? 'Envoi…' : 'Proposer ce partage'}
        </button>
      </p>
      {failure && <FailureNotice error={failure} />}
    </form>
  );
}
