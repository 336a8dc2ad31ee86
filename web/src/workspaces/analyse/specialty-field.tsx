import type { FlowDataset } from '../../../../server/contracts/flow-datasets.ts';
import { dataset } from '../../state/analysis.ts';

interface Props {
  value: string;
  set(key: string): void;
  /** the dataset whose specialties these are; the one shown when absent */
  of?: FlowDataset | null;
}

/** A specialty of a flow dataset, or all of them. */
export function SpecialtyField({ value, set, of = dataset.value }: Props) {
  return (
    <label class="field">
      <span>Spécialité</span>
      <select class="input" value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="all">Toutes spécialités</option>
        {of?.specialties.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
