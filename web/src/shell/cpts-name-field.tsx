interface Props {
  value: string;
  placeholder?: string;
  set(name: string): void;
}

/** The name of a CPTS about to be created, within the lengths that the API takes. */
export function CptsNameField({ value, placeholder, set }: Props) {
  return (
    <label class="field">
      <span>Nom de la CPTS</span>
      <input
        class="input"
        required
        minLength={2}
        maxLength={120}
        placeholder={placeholder ?? ''}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}
