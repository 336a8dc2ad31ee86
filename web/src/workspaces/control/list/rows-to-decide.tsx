import type { CptsListReport } from '../../../../../server/contracts/cpts-lists.ts';
import { counted } from '../../../french/numbers.ts';
import { unbroken } from '../../../french/unbroken.ts';
import { type Decisions, undecided } from './decisions.ts';
import { decideOn, decisions } from './list-reading.ts';

const ASIDE = 'aside';

interface Props {
  report: CptsListReport;
  decided: Decisions;
}

/** Each row that fits several communes or none: one of them, or none, as a person says. */
export function RowsToDecide({ report, decided }: Props) {
  const { toDecide, cpts } = report;
  const shown = toDecide.map((_, k) => k).filter((k) => decided.taken.has(toDecide[k]!.cpts));
  if (shown.length === 0) return null;
  const left = undecided(report, decided);
  const choose = (k: number, value: string) => {
    const rows = new Map((decisions.peek() ?? decided).rows);
    if (value === '') rows.delete(k);
    else rows.set(k, value === ASIDE ? null : value);
    decideOn({ rows });
  };
  return (
    <fieldset>
      <legend>{counted(shown.length, 'ligne')} à décider</legend>
      <ul class="list-lines rows-to-decide">
        {shown.map((k) => {
          const { reason, cpts: at, candidates } = toDecide[k]!;
          const now = decided.rows.get(k);
          return (
            <li key={k}>
              <label class="field">
                <span>
                  {unbroken(reason)} <span class="quiet">({cpts[at]!.name})</span>
                </span>
                <select
                  class="input"
                  value={now === undefined ? '' : (now ?? ASIDE)}
                  onChange={({ currentTarget }) => choose(k, currentTarget.value)}
                >
                  <option value="">À décider</option>
                  {candidates.map(({ code, name, department }) => (
                    <option key={code} value={code}>
                      {name} ({department}), {code}
                    </option>
                  ))}
                  <option value={ASIDE}>Laisser cette ligne de côté</option>
                </select>
              </label>
            </li>
          );
        })}
      </ul>
      {left.length > 0 && (
        <p class="button-row">
          <button
            type="button"
            class="button small"
            onClick={() =>
              decideOn({ rows: new Map([...decided.rows, ...left.map((k) => [k, null] as const)]) })
            }
          >
            Laisser de côté les {left.length} qui restent
          </button>
        </p>
      )}
    </fieldset>
  );
}
