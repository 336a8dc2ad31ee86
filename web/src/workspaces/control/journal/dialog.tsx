import { useState } from 'preact/hooks';
import type { ChangeEvent } from '../../../../../server/contracts/events.ts';
import type { ApiFailure } from '../../../api/client.ts';
import { counted, formatCount } from '../../../french/numbers.ts';
import { Dialog } from '../../../shell/dialog.tsx';
import { FailureNotice, Loaded } from '../../../shell/notice.tsx';
import { region } from '../../../state/analysis.ts';
import {
  journal,
  journalEvents,
  journalFilters,
  readJournal,
  readOlder,
} from '../../../state/control/journal.ts';
import { cptsList } from '../../../state/cpts.ts';
import { dialog } from '../../../state/panels.ts';
import { asFailure, readyValue } from '../../../state/resource.ts';
import { authorOf, factsOf, subjectOf, verbOf } from './facts.ts';
import { JournalFilters } from './filters.tsx';

export function OpenJournal() {
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        readJournal();
        dialog.value = 'journal';
      }}
    >
      Journal des changements…
    </button>
  );
}

/** Every change: who, when, what, before, after. */
export function JournalDialog() {
  return (
    <Dialog name="journal" title="Journal des changements" wide>
      {dialog.value === 'journal' && <Journal />}
    </Dialog>
  );
}

function Journal() {
  const query = new URLSearchParams(journalFilters.value).toString();
  return (
    <div class="journal">
      <JournalFilters />
      <Loaded state={journal.state.value} what="Lecture du journal" retry={() => readJournal()}>
        {({ total }) => (
          <>
            <p class="journal-count">
              <span role="status">
                {total === 0
                  ? 'Aucun changement ne répond à ces filtres.'
                  : counted(total, 'changement')}
              </span>
              <a class="button small" href={`/api/events.csv?${query}`} download>
                Tout télécharger (CSV)
              </a>
            </p>
            {total > 0 && <Events />}
            <Older total={total} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Events() {
  return (
    <table class="journal-table">
      <thead>
        <tr>
          <th scope="col">Quand</th>
          <th scope="col">Qui</th>
          <th scope="col">Action</th>
          <th scope="col">Objet</th>
        </tr>
      </thead>
      <tbody>
        {journalEvents.value.map((event) => (
          <Row key={event.id} event={event} />
        ))}
      </tbody>
    </table>
  );
}

const moment = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Paris',
});

function Row({ event }: { event: ChangeEvent }) {
  const facts = factsOf(event);
  const { before, after, requestId, account } = event;
  return (
    <tr>
      <td class="figure">
        <time dateTime={event.at}>{moment.format(new Date(event.at))}</time>
      </td>
      <td>{authorOf(event)}</td>
      <td>{verbOf(event)}</td>
      <td>
        <strong>{subjectOf(event, nameNow)}</strong>
        {facts.length > 0 && <p class="plain-text">{facts.join(' · ')}</p>}
        <details>
          <summary>Détail</summary>
          <dl class="journal-detail">
            <State label="Avant" value={before} />
            <State label="Après" value={after} />
            {account !== null && <State label="Compte" value={account} />}
            {requestId && <State label="Requête" value={requestId} />}
          </dl>
        </details>
      </td>
    </tr>
  );
}

function State({ label, value }: { label: string; value: unknown }) {
  if (value === null) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <pre>{typeof value === 'string' ? value : laidOut(value)}</pre>
      </dd>
    </>
  );
}

/** Lists of codes on lines of their own would be pages long. */
const laidOut = (value: unknown) =>
  JSON.stringify(value, null, 1).replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, ' '));

/** What bears a name today. */
function nameNow(kind: string, id: string): string | undefined {
  if (kind === 'cpts') {
    return readyValue(cptsList.state.value)?.find((cpts) => cpts.id === Number(id))?.name;
  }
  const unit = kind === 'unit' ? region.value?.indexOf.get(id) : undefined;
  return unit === undefined ? undefined : region.value?.name[unit];
}

function Older({ total }: { total: number }) {
  const [failed, setFailed] = useState<ApiFailure | null>(null);
  const [waiting, setWaiting] = useState(false);
  const left = total - journalEvents.value.length;
  if (left <= 0) return null;
  const read = async () => {
    setWaiting(true);
    setFailed(null);
    await readOlder().catch((error: unknown) => setFailed(asFailure(error)));
    setWaiting(false);
  };
  return (
    <>
      {failed && <FailureNotice error={failed} />}
      <button type="button" class="button" disabled={waiting} onClick={() => void read()}>
        Montrer de plus anciens ({formatCount(left)})
      </button>
    </>
  );
}
