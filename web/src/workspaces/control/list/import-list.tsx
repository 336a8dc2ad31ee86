import { DropZone } from '../../../shell/drop-zone.tsx';
import { FailureNotice } from '../../../shell/notice.tsx';
import { ReadingFile } from '../../../shell/reading-file.tsx';
import { can } from '../../../state/people.ts';
import { decisions, imported, listReading, readList } from './list-reading.ts';
import { ListReport } from './list-report.tsx';

/** The CPTS that there are, from the list of an ARS: read, decided on, then imported. */
export function ImportList() {
  if (!can('decide')) return null;
  const now = listReading.value;
  return (
    <details class="card">
      <summary>Importer une liste de CPTS…</summary>
      <div class="fields">
        {now.state !== 'read' && now.state !== 'reading' && (
          <DropZone
            compact
            take={(file) => void readList(file)}
            label="Liste de CPTS"
            accept=".csv,.txt"
          >
            CSV, une ligne par CPTS et commune&nbsp;: «&nbsp;Nom CPTS&nbsp;», code INSEE ou nom et
            département de la commune&nbsp;; étape et date s’il y en a. 20&nbsp;Mo au plus.
          </DropZone>
        )}
        {imported.value && <p class="notice">✓ {imported.value}</p>}
        {now.state === 'reading' && (
          <ReadingFile label="Lecture de la liste" file={now.name} stop={now.stop} />
        )}
        {now.state === 'failed' && <FailureNotice error={now.error} />}
        {now.state === 'read' && decisions.value && (
          <ListReport report={now.report} decided={decisions.value} />
        )}
      </div>
    </details>
  );
}
