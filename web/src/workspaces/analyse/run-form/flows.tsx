import {
  careKind,
  careKindLabels,
  careKinds,
} from '../../../../../server/core/flows/care-kinds.ts';
import { formatDecimal } from '../../../french/numbers.ts';
import { datasetId, datasetOf, datasets } from '../../../state/analysis.ts';
import { wish, wishes } from '../../../state/proposal-wishes.ts';
import { readyValue } from '../../../state/resource.ts';
import { NumberField } from '../number-field.tsx';
import { Steps } from './steps.tsx';

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

type Specialty = NonNullable<ReturnType<typeof wishedDataset>>['specialties'][number];

/** How much each specialty counts among all of them, general practice apart from the specialists. */
export function SpecialtyWeights() {
  const specialties = wishedDataset()?.specialties ?? [];
  if (wishes.value.specialty !== 'all' || specialties.length < 2) return null;
  const kinds = careKinds(specialties);
  return (
    <details class="weights">
      <summary>Poids par spécialité</summary>
      <div class="fields wishes">
        <p class="quiet">1 compte chaque patient une fois, 2 deux fois, 0 ne compte pas.</p>
        {kinds.length > 1 ? (
          kinds.map((kind) => (
            <Group
              key={kind}
              legend={careKindLabels[kind]}
              of={specialties.filter(({ key }) => careKind(key) === kind)}
            />
          ))
        ) : (
          <Each of={specialties} />
        )}
      </div>
    </details>
  );
}

const together = [0, 0.5, 1, 2].map((value) => ({ value, label: formatDecimal(value) }));

/** One weight for all of a kind, then each. */
function Group({ legend, of }: { legend: string; of: Specialty[] }) {
  const { specialtyWeights } = wishes.value;
  const weights = new Set(of.map(({ key }) => specialtyWeights[key] ?? 1));
  return (
    <fieldset class="fields">
      <legend>{legend}</legend>
      {of.length > 1 && (
        <Steps
          label="Toutes à la fois"
          hint="Donne ce poids à chacune."
          options={together}
          value={weights.size === 1 ? [...weights][0]! : Number.NaN}
          set={(weight) =>
            wish({
              specialtyWeights: {
                ...specialtyWeights,
                ...Object.fromEntries(of.map(({ key }) => [key, weight])),
              },
            })
          }
        />
      )}
      <Each of={of} />
    </fieldset>
  );
}

function Each({ of }: { of: Specialty[] }) {
  const { specialtyWeights } = wishes.value;
  return (
    <>
      {of.map(({ key, label }) => (
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
    </>
  );
}
