import type { SupplySummary } from '../../../server/contracts/flow-models.ts';
import { calibrationBounds } from '../../../server/core/flows/calibrate.ts';
import { counted, formatCount, formatDecimal } from '../french/numbers.ts';
import { gravity, setSpecialty } from '../state/flow-models.ts';
import { distanceUnit } from '../state/travel-times.ts';
import { GravityField } from './gravity-field.tsx';

const { alpha: alphaBounds, beta: betaBounds } = calibrationBounds;

/** The specialties with their practitioners; those with values of their own show them. */
export function SpecialtyValues({ specialties }: Pick<SupplySummary, 'specialties'>) {
  const { alpha, beta, specialties: own } = gravity.value;
  const unit = distanceUnit();
  const count = specialties.filter(({ key }) => own[key]).length;
  return (
    <details class="card">
      <summary>Par spécialité{count > 0 && ` (${counted(count, 'spécialité')} à part)`}</summary>
      <table class="values">
        <thead>
          <tr>
            <th scope="col">Spécialité</th>
            <th scope="col" class="numeric">
              Praticiens
            </th>
            <th scope="col">α</th>
            <th scope="col">β ({unit})</th>
            <th>
              <span class="visually-hidden">Remettre</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {specialties.map(({ key, label, practitioners, communes }) => {
            const values = own[key] ?? null;
            return (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td class="numeric" title={`dans ${counted(communes, 'commune')}`}>
                  {formatCount(practitioners)}
                </td>
                <td>
                  <GravityField
                    compact
                    label={`α, ${label}`}
                    placeholder={formatDecimal(alpha)}
                    value={values?.alpha ?? null}
                    {...alphaBounds}
                    step={0.05}
                    set={(typed) => setSpecialty(key, { beta, ...values, alpha: typed })}
                    clear={() => setSpecialty(key, null)}
                  />
                </td>
                <td>
                  <GravityField
                    compact
                    label={`β en ${unit}, ${label}`}
                    placeholder={formatDecimal(beta)}
                    value={values?.beta ?? null}
                    {...betaBounds}
                    step={0.5}
                    set={(typed) => setSpecialty(key, { alpha, ...values, beta: typed })}
                    clear={() => setSpecialty(key, null)}
                  />
                </td>
                <td>
                  {values && (
                    <button
                      type="button"
                      class="icon-button"
                      aria-label={`${label} : comme toutes`}
                      title="Comme toutes les spécialités"
                      onClick={() => setSpecialty(key, null)}
                    >
                      ↺
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="quiet">Une case vide prend la valeur de toutes les spécialités.</p>
    </details>
  );
}
