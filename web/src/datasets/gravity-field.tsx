import { useId } from 'preact/hooks';

interface Props {
  label: string;
  /** what is left blank stands for it */
  placeholder?: string;
  value: number | null;
  min: number;
  max: number;
  step: number;
  set(value: number): void;
  /** told when the field is emptied; without it, it may not be */
  clear?: () => void;
  /** a field of a table, whose label is only read out */
  compact?: boolean;
}

/** A number with decimals; the arrows move it by `step`, the browser says what it refuses. */
export function GravityField(props: Props) {
  const { label, placeholder, value, min, max, step, set, clear, compact } = props;
  const id = useId();
  const input = (
    <input
      id={id}
      class="input figure"
      type="number"
      inputMode="decimal"
      required={!clear}
      min={min}
      max={max}
      step={step === 1 ? 1 : 'any'}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(compact ? { 'aria-label': label } : {})}
      value={value ?? ''}
      onKeyDown={(event) => {
        const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!sign || value === null) return;
        event.preventDefault();
        const moved = Math.round((value + sign * step) * 1000) / 1000;
        set(Math.min(max, Math.max(min, moved)));
      }}
      onInput={(event) => {
        const typed = event.currentTarget.valueAsNumber;
        if (Number.isFinite(typed)) {
          if (typed >= min && typed <= max) set(typed);
        } else if (event.currentTarget.validity.valid) clear?.();
      }}
    />
  );
  if (compact) return input;
  return (
    <div class="field">
      <label class="quiet" for={id}>
        {label}
      </label>
      {input}
    </div>
  );
}
