import { useEffect, useState } from 'preact/hooks';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import type { VersionSummary } from '../../../../../server/contracts/cpts-versions.ts';
import { counted, formatDate, formatInhabitants } from '../../../french/numbers.ts';
import { FailureNotice, Loaded } from '../../../shell/notice.tsx';
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
  }, [open, cpts.id, cpts.version]);
  const failure = restoreFailure.value?.id === cpts.id ? restoreFailure.value.error : null;
  return (
    <details
      class="card"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      aria-label="Versions"
    >
      <summary>{counted(cpts.version, 'version')}</summary>
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

function Item({ cpts, version }: { cpts: Cpts; version: VersionSummary }) {
  const { number, label, note, author, at, restores, figures } = version;
  const present = number === cpts.version;
  const changes = cpts.status !== 'closed' && !cpts.recognised;
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
              title={`Fait de ce territoire la version ${cpts.version + 1}\u00a0; les autres restent.`}
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
