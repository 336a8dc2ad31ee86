import { useEffect } from 'preact/hooks';
import type { UnitHistory } from '../../../../../server/contracts/cpts-history.ts';
import { frenchDay } from '../../../../../server/core/life/days.ts';
import { statusInText } from '../../../french/labels.ts';
import { Loaded } from '../../../shell/notice.tsx';
import { select } from '../../../state/address.ts';
import { loadUnitHistory, unitHistory } from '../../../state/control/history.ts';

/** Who held a commune, from when to when; the latest first. */
export function UnitHistoryPart({ code }: { code: string }) {
  useEffect(() => {
    loadUnitHistory(code);
    // Another one must not stand under this name, nor one of before a decision.
    return unitHistory.clear;
  }, [code]);
  return (
    <section aria-labelledby="unit-history">
      <h3 id="unit-history">Qui l’a tenue, et depuis quand</h3>
      <Loaded
        state={unitHistory.state.value}
        what="Histoire de la commune"
        retry={() => loadUnitHistory(code)}
      >
        {({ holders }) =>
          holders.length === 0 ? (
            <p class="quiet">Aucune CPTS ne l’a jamais tenue.</p>
          ) : (
            <ol class="timeline" reversed>
              {holders.map((holder, at) => (
                <Holder key={at} {...holder} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
}

function Holder({ cpts, since, until, status, recognised }: UnitHistory['holders'][number]) {
  return (
    <li>
      <span class="figure">
        {until === null
          ? `depuis le ${frenchDay(since)}`
          : `du ${frenchDay(since)} au ${frenchDay(until)}`}
      </span>
      <button type="button" class="link" onClick={() => select({ kind: 'cpts', id: cpts.id })}>
        {cpts.name}
      </button>
      <span class="quiet">
        {recognised ? '● reconnue, ' : '◌ '}
        {statusInText(status)}
      </span>
    </li>
  );
}
