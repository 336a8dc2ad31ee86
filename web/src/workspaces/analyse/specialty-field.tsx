import { dataset } from '../../state/analysis.ts';

interface Props {
  value: string;
  set(key: string): void;
}

/** A specialty of the flow dataset shown, or all of them. */
export function SpecialtyField({ value, set }: Props) {
  return (
    <label class="field">
      <span>Spécialité</span>
      <select class="input" value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="all">Toutes spécialités</option>
        {dataset.value?.specialties.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
