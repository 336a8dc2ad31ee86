import { useId } from 'preact/hooks';

interface Props<T> {
  label: string;
  hint: string;
  options: readonly { value: T; label: string; detail?: string }[];
  value: T;
  set(value: T): void;
}

/** A few labelled steps side by side, one of them chosen. */
export function Steps<T>({ label, hint, options, value, set }: Props<T>) {
  const id = useId();
  return (
    <div class="field">
      <span id={`${id}-label`}>{label}</span>
      <fieldset class="segmented wide steps" aria-labelledby={`${id}-label`}>
        {options.map((option) => (
          <button
            key={option.label}
            type="button"
            aria-pressed={option.value === value}
            onClick={() => set(option.value)}
          >
            {option.label}
            {option.detail && <small class="figure">{option.detail}</small>}
          </button>
        ))}
      </fieldset>
      <small class="quiet">{hint}</small>
    </div>
  );
}
