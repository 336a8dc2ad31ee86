import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { today } from '../../../state/control/then.ts';
import { deciding, decisionFailure } from '../../../state/cpts.ts';
import type { Choice } from './choices.tsx';
import { DecisionFailure } from './failure.tsx';

interface Props {
  cpts: Cpts;
  choices: readonly Choice[];
  /** after a decision was taken: what had the focus is gone */
  onDone(): void;
}

/** The decisions that may be taken; the one chosen says what it changes before its button. */
export function Decisions({ cpts, choices, onDone }: Props) {
  const [key, setKey] = useState<string | null>(null);
  const chosen = choices.find((choice) => choice.key === key);
  const failure = decisionFailure.value?.id === cpts.id ? decisionFailure.value.error : null;
  const buttons = useRef<HTMLDivElement>(null);
  if (choices.length === 0) return null;
  function leave() {
    decisionFailure.value = null;
    setKey(null);
  }
  if (!chosen) {
    return (
      <div class="button-row" ref={buttons}>
        {choices.map((choice) => (
          <button
            key={choice.key}
            type="button"
            class={choice.primary ? 'button primary' : 'button'}
            onClick={() => setKey(choice.key)}
          >
            {choice.label}
          </button>
        ))}
      </div>
    );
  }
  return (
    <DecisionForm
      key={chosen.key}
      choice={chosen}
      cpts={cpts}
      onLeave={leave}
      onDone={() => {
        leave();
        onDone();
      }}
    >
      {failure && <DecisionFailure error={failure} cpts={cpts} />}
    </DecisionForm>
  );
}

interface FormProps {
  choice: Choice;
  cpts: Cpts;
  onLeave(): void;
  onDone(): void;
  children: ComponentChildren;
}

function DecisionForm({ choice, cpts, onLeave, onDone, children }: FormProps) {
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const [day, setDay] = useState(today());
  const [reason, setReason] = useState('');
  // The button that asked for it goes: the question takes the focus.
  useLayoutEffect(() => title.current?.focus(), []);
  const { question, effects, confirm, dated } = choice;
  const unsaid = choice.reason === 'required' && reason.trim().length < 2;
  async function submit(event: Event) {
    event.preventDefault();
    const said = {
      ...(dated && day !== today() && { on: day }),
      ...(choice.reason && { reason: reason.trim() }),
    };
    if (await choice.act(said)) onDone();
  }
  return (
    <form class="card decision fields" aria-labelledby={id} onSubmit={submit}>
      <h3 id={id} ref={title} tabIndex={-1}>
        {question}
      </h3>
      <ul>
        {effects.map((effect, at) => (
          <li key={at}>{effect}</li>
        ))}
      </ul>
      {choice.reason && (
        <label class="field">
          <span>Motif, que le porteur lira</span>
          <textarea
            class="input"
            rows={3}
            maxLength={1000}
            required
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      )}
      {dated && (
        <label class="field decision-day">
          <span>Prend effet le</span>
          <input
            class="input"
            type="date"
            max={today()}
            required
            value={day}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="button-row">
        <button
          type="submit"
          class="button primary"
          // One decision at a time: the next may depend on its answer.
          disabled={deciding.value !== null || unsaid}
        >
          {deciding.value === cpts.id ? 'Envoi…' : confirm}
        </button>
        <button type="button" class="button" onClick={onLeave}>
          Renoncer
        </button>
      </div>
      {children}
    </form>
  );
}
