import type { CptsListReport, ImportedStatus } from '../../../../../server/contracts/cpts-lists.ts';
import { openSteps } from '../../../../../server/core/life/open-steps.ts';
import { statusLabels } from '../../../french/labels.ts';
import type { Decisions } from './decisions.ts';
import { decideOn } from './list-reading.ts';

/** The step and day that the CPTS of a list enter in: the list's, or one for all the others. */
export function StepOfList({ report, decided }: { report: CptsListReport; decided: Decisions }) {
  const listed = report.cpts.some(({ status, on }) => status !== null || on !== null);
  const others = listed && decided.asListed ? ' des autres' : '';
  return (
    <>
      {listed && (
        <label class="radio">
          <input
            type="checkbox"
            checked={decided.asListed}
            onChange={({ currentTarget }) => decideOn({ asListed: currentTarget.checked })}
          />
          <span>Prendre l’étape et la date de la liste, où elle les donne</span>
        </label>
      )}
      <div class="field-row">
        <label class="field">
          <span>Étape{others}</span>
          <select
            class="input"
            value={decided.status}
            onChange={({ currentTarget }) =>
              decideOn({ status: currentTarget.value as ImportedStatus })
            }
          >
            {openSteps.map((step) => (
              <option key={step} value={step}>
                {statusLabels[step]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Depuis le</span>
          <input
            class="input"
            type="date"
            value={decided.on}
            onInput={({ currentTarget }) => decideOn({ on: currentTarget.value })}
          />
        </label>
      </div>
    </>
  );
}
