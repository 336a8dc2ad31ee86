import { frenchDay } from '../../../../../server/core/life/days.ts';
import { statusLabels } from '../../../french/labels.ts';
import { formatCount } from '../../../french/numbers.ts';
import { filter } from '../../../state/address.ts';
import {
  isFiltered,
  keepAll,
  keepDepartment,
  stepCounts,
  toggleStep,
} from '../../../state/control/shown.ts';
import { showDay, today } from '../../../state/control/then.ts';
import { departmentLabel } from '../../../state/place-names.ts';
import { departmentsOf, type Region } from '../../../state/region.ts';

/** Which CPTS the map, the list and the table show. */
export function Filters({ region }: { region: Region }) {
  const { steps, department, day } = filter.value;
  return (
    <section class="control-filters" aria-label="Filtres">
      <div class="field-row">
        <label class="field">
          <span>Département</span>
          <select
            class="input"
            value={department ?? ''}
            onChange={(event) => keepDepartment(event.currentTarget.value || null)}
          >
            <option value="">Tous</option>
            {departmentsOf(region).map(({ code }) => (
              <option key={code} value={code}>
                {departmentLabel(code)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Au</span>
          <input
            class="input"
            type="date"
            max={today()}
            title="La carte et la liste telles qu’elles étaient ce jour-là"
            value={day ?? today()}
            onChange={(event) => {
              const wanted = event.currentTarget.value;
              showDay(wanted === '' || wanted >= today() ? null : wanted);
            }}
          />
        </label>
      </div>
      {day !== null && (
        <p class="notice notice-amber" role="status">
          <span>
            Territoires, couverture, chevauchements et zones blanches du {frenchDay(day)}, avec les
            habitants et les flux d’aujourd’hui. Rien ne s’y décide.
          </span>
          <button type="button" class="button small" onClick={() => showDay(null)}>
            Revenir à aujourd’hui
          </button>
        </p>
      )}
      <fieldset class="step-filters" aria-label="CPTS par étape">
        {stepCounts.value
          .filter(({ step, count }) => count > 0 || steps.includes(step))
          .map(({ step, count }) => (
            <button
              key={step}
              type="button"
              class="chip"
              aria-pressed={steps.includes(step)}
              title={
                steps.includes(step) ? 'Ne plus filtrer sur cette étape' : 'Montrer cette étape'
              }
              onClick={() => toggleStep(step)}
            >
              {statusLabels[step]} <strong class="figure">{formatCount(count)}</strong>
            </button>
          ))}
      </fieldset>
      {isFiltered.value && (
        <button type="button" class="link" onClick={keepAll}>
          Tout montrer
        </button>
      )}
    </section>
  );
}
