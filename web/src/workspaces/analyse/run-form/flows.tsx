import { datasetId, datasetOf, datasets } from '../../../state/analysis.ts';
import { wish, wishes } from '../../../state/proposal-wishes.ts';
import { readyValue } from '../../../state/resource.ts';
import { NumberField } from '../number-field.tsx';

/** The dataset that the form asks for: its own choice, else the one shown. */
export const wishedDataset = () => datasetOf(wishes.value.flowDataset ?? datasetId.value);

/** Which flows the territories keep inside. */
export function FlowsField() {
  const all = readyValue(datasets.state.value) ?? [];
  if (all.length === 0) return null;
  return (
    <label class="field">
      <span>Flux à garder à l’intérieur</span>
      <select
        class="input"
        value={String(wishedDataset()?.id ?? '')}
        onChange={(event) => choose(Number(event.currentTarget.value))}
      >
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            nᵒ {id} · {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Another dataset may not have the specialties of the one before. */
function choose(id: number) {
  const keys = new Set(datasetOf(id)?.specialties.map(({ key }) => key));
  const { specialty, specialtyWeights } = wishes.peek();
  wish({
    flowDataset: id,
    specialty: keys.has(specialty) ? specialty : 'all',
    specialtyWeights: Object.fromEntries(
      Object.entries(specialtyWeights).filter(([key]) => keys.has(key)),
    ),
  });
}

/** How much each specialty counts among all of them. */
export function SpecialtyWeights() {
  const { specialty, specialtyWeights } = wishes.value;
  const specialties = wishedDataset()?.specialties ?? [];
  if (specialty !== 'all' || specialties.length < 2) return null;
  return (
    <details class="weights">
      <summary>Poids par spécialité</summary>
      <div class="fields wishes">
        <p class="quiet">1 compte chaque patient une fois, 2 deux fois, 0 ne compte pas.</p>
        {specialties.map(({ key, label }) => (
          <NumberField
            key={key}
            label={label}
            value={specialtyWeights[key] ?? 1}
            min={0}
            max={1000}
            step={0.5}
            decimals={1}
            set={(weight) => wish({ specialtyWeights: { ...specialtyWeights, [key]: weight } })}
          />
        ))}
      </div>
    </details>
  );
}
