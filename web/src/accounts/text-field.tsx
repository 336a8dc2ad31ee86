import { useEffect, useId, useRef } from 'preact/hooks';
import type { ApiFailure } from '../api/client.ts';
import { unbroken } from '../french/unbroken.ts';

interface Props {
  label: string;
  type?: 'text' | 'email' | 'password';
  value: string;
  set(value: string): void;
  /** what a browser and its keeper of passwords fill it with */
  autoComplete: string;
  /** what the server refused it for; takes the focus */
  error?: ApiFailure | null;
  hint?: string;
  /** the first field of a form that just came */
  first?: boolean;
  maxLength?: number;
}

/** A field of a form, with what was refused beside it. */
export function TextField({ label, type = 'text', value, set, autoComplete, ...more }: Props) {
  const { error, hint, first, maxLength = 200 } = more;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) input.current?.focus();
  }, [first]);
  useEffect(() => {
    if (error) input.current?.focus();
  }, [error]);
  return (
    <div class="field">
      <label for={`${id}-input`}>{label}</label>
      <input
        class="input"
        id={`${id}-input`}
        ref={input}
        type={type as 'text'}
        required
        maxLength={maxLength}
        value={value}
        autoComplete={autoComplete}
        spellcheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-said` : undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {(error || hint) && (
        <p
          id={`${id}-said`}
          class={error ? 'field-error' : 'quiet'}
          role={error ? 'alert' : undefined}
        >
          {error ? unbroken(error.message) : hint}
        </p>
      )}
    </div>
  );
}

export const passwordHint = '12\u00a0caractères au moins, par exemple quatre mots sans rapport.';
