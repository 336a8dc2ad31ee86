interface Props {
  label: string;
  hint?: string;
  value: number;
  min: number;
  max: number;
  /** what the arrows add; figures between are taken too */
  step: number;
  /** digits kept after the comma, none when absent */
  decimals?: number;
  /** when the label is elsewhere, as in a table */
  hideLabel?: boolean;
  /** for what leads to it */
  id?: string;
  set(value: number): void;
}

/** A figure to type, within its limits. */
export function NumberField({ label, hint, value, min, max, step, ...rest }: Props) {
  const { decimals = 0, hideLabel = false, id, set } = rest;
  return (
    <label class="field">
      <span class={hideLabel ? 'visually-hidden' : ''}>{label}</span>
      <input
        id={id}
        class="input figure"
        type="number"
        inputMode={decimals > 0 ? 'decimal' : 'numeric'}
        required
        min={min}
        max={max}
        // The arrows move by `step` from the keyboard below: here it would refuse what is between.
        step={10 ** -decimals}
        value={value}
        onKeyDown={(event) => {
          const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (!sign || step === 10 ** -decimals) return;
          event.preventDefault();
          set(Math.min(max, Math.max(min, value + sign * step)));
        }}
        onInput={(event) => {
          const typed = event.currentTarget.valueAsNumber;
          const scale = 10 ** decimals;
          if (Number.isFinite(typed)) set(Math.round(typed * scale) / scale);
        }}
      />
      {hint && <small class="quiet">{hint}</small>}
    </label>
  );
}
