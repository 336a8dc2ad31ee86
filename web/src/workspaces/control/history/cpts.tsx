import { useEffect, useState } from 'preact/hooks';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import type { CptsHistory } from '../../../../../server/contracts/cpts-history.ts';
import { frenchDay } from '../../../../../server/core/life/days.ts';
import { Loaded } from '../../../shell/notice.tsx';
import { cptsHistory, loadCptsHistory } from '../../../state/control/history.ts';
import { showDay } from '../../../state/control/then.ts';
import { momentsOf } from './moments.ts';

/** The life of a CPTS: its steps and decisions, and the territories it had, the latest first. */
export function CptsHistoryPart({ cpts }: { cpts: Cpts }) {
  const [open, setOpen] = useState(false);
  const { id, version, proposed, status, since } = cpts;
  const state = `${version}/${proposed}/${status}/${since}`;
  useEffect(() => {
    if (open) loadCptsHistory(id, state);
  }, [open, id, state]);
  return (
    <details
      class="card"
      aria-label="Histoire"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Histoire</summary>
      {open && (
        <Loaded
          state={cptsHistory.state.value}
          what="Histoire"
          retry={() => loadCptsHistory(id, state)}
        >
          {(history) => <Timeline history={history} />}
        </Loaded>
      )}
    </details>
  );
}

function Timeline({ history }: { history: CptsHistory }) {
  return (
    <ol class="timeline" reversed>
      {momentsOf(history).map(({ day, title, facts }, at) => (
        <li key={at}>
          <button
            type="button"
            class="link figure"
            title="Voir la carte de ce jour"
            onClick={() => showDay(day)}
          >
            {frenchDay(day)}
          </button>
          <span>{title}</span>
          {facts.map((fact) => (
            <span key={fact} class="quiet plain-text">
              {fact}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
