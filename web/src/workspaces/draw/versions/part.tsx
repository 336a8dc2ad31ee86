import { useEffect, useState } from 'preact/hooks';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import type {
  VersionState,
  VersionSummary,
} from '../../../../../server/contracts/cpts-versions.ts';
import { counted, formatDate, formatInhabitants } from '../../../french/numbers.ts';
import { FailureNotice, Loaded } from '../../../shell/notice.tsx';
import { can, mayEdit } from '../../../state/people.ts';
import type { Region } from '../../../state/region.ts';
import {
  leaveVersions,
  loadVersions,
  restore,
  restoreFailure,
  restoring,
  versions,
} from '../../../state/versions.ts';
import { VersionsComparison } from './comparison.tsx';

/** The territories that a CPTS had: a list that folds, to compare two by two and to take back. */
export function VersionsPart({ region, cpts }: { region: Region; cpts: Cpts }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open) loadVersions(cpts);
    // Another version was saved: what was compared may be one behind.
    return leaveVersions;
  }, [open, cpts.id, cpts.version, cpts.proposed]);
  const failure = restoreFailure.value?.id === cpts.id ? restoreFailure.value.error : null;
  return (
    <details
      class="card"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      aria-label="Versions"
    >
      <summary>{counted(Math.max(cpts.version, cpts.proposed ?? 0), 'version')}</summary>
      {open && (
        <Loaded state={versions.state.value} what="Versions" retry={() => loadVersions(cpts)}>
          {(list) => (
            <div class="versions">
              {failure && <FailureNotice error={failure} />}
              {list.length > 1 && (
                <VersionsComparison
                  region={region}
                  cpts={cpts}
                  numbers={list.map(({ number }) => number)}
                />
              )}
              <ol class="items" reversed>
                {list.map((version) => (
                  <Item key={version.number} cpts={cpts} version={version} />
                ))}
              </ol>
            </div>
          )}
        </Loaded>
      )}
    </details>
  );
}

/** What is to be said of a version besides that it is, or was, the territory. */
const stateLabels: Partial<Record<VersionState, string>> = {
  proposed: 'proposée, attend une décision',
  refused: 'refusée',
  withdrawn: 'retirée',
};

function Item({ cpts, version }: { cpts: Cpts; version: VersionSummary }) {
  const { number, label, note, author, at, restores, figures, state } = version;
  const present = number === cpts.version;
  const changes = can('draw') && mayEdit(cpts) && cpts.status !== 'closed' && state !== 'proposed';
  return (
    <li class="item version">
      <span class="item-title">
        Version {number}
        {label && `\u00a0: ${label}`}
      </span>
      <span class="item-line figure">
        <span>{formatDate(at)}</span>
        {author !== 'local' && <span>{author}</span>}
        <span>{counted(figures.communes, 'commune')}</span>
        <span>{formatInhabitants(figures.population)}</span>
      </span>
      {restores !== null && <span class="quiet">reprise de la version {restores}</span>}
      {stateLabels[state] && <span class="quiet">{stateLabels[state]}</span>}
      {note && <p class="plain-text">{note}</p>}
      {present ? (
        <span class="quiet">version actuelle</span>
      ) : (
        changes && (
          <span>
            <button
              type="button"
              class="button small"
              disabled={restoring.value !== null}
              aria-label={`Reprendre la version ${number}`}
              title={
                cpts.recognised
                  ? 'Propose ce territoire comme prochaine version, à accepter.'
                  : 'Fait de ce territoire la prochaine version\u00a0; les autres restent.'
              }
              onClick={() => void restore(cpts, number)}
            >
              {restoring.value === number ? 'Reprise…' : 'Reprendre'}
            </button>
          </span>
        )
      )}
    </li>
  );
}
