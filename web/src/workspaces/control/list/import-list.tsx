import { DropZone } from '../../../shell/drop-zone.tsx';
import { FailureNotice } from '../../../shell/notice.tsx';
import { ReadingFile } from '../../../shell/reading-file.tsx';
import { can } from '../../../state/people.ts';
import type { Region } from '../../../state/region.ts';
import { decisions, imported, listReading, readList } from './list-reading.ts';
import { ListReport } from './list-report.tsx';
import { outlineFiles } from './outlines.ts';

/** The CPTS that there are, from a list or outlines of an ARS: read, decided on, then imported. */
export function ImportList({ region }: { region: Region }) {
  if (!can('decide')) return null;
  const now = listReading.value;
  return (
    <details class="card">
      <summary>Importer des CPTS (liste ou contours)…</summary>
      <div class="fields">
        {now.state !== 'read' && now.state !== 'reading' && (
          <DropZone
            compact
            take={(file) => void readList(region, file)}
            label="Liste ou contours de CPTS"
            accept={['.csv', '.txt', ...outlineFiles].join(',')}
          >
            CSV, une ligne par CPTS et commune&nbsp;: «&nbsp;Nom CPTS&nbsp;», code INSEE ou nom et
            département de la commune&nbsp;; étape et date s’il y en a. Ou contours&nbsp;: GeoJSON,
            TopoJSON, Shapefile dans un zip. 20&nbsp;Mo au plus.
          </DropZone>
        )}
        {imported.value && <p class="notice">✓ {imported.value}</p>}
        {now.state === 'reading' && (
          <ReadingFile label="Lecture du fichier" file={now.name} stop={now.stop} />
        )}
        {now.state === 'failed' && <FailureNotice error={now.error} />}
        {now.state === 'read' && decisions.value && (
          <ListReport
            region={region}
            report={now.report}
            outlines={now.outlines}
            decided={decisions.value}
          />
        )}
      </div>
    </details>
  );
}
