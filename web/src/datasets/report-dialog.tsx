import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FlowImportReport } from '../../../server/contracts/flow-imports.ts';
import { fetchReport } from '../api/flow-imports.ts';
import { formatDate } from '../french/numbers.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Loaded } from '../shell/notice.tsx';
import { datasets } from '../state/analysis.ts';
import { dialog } from '../state/panels.ts';
import { readyValue, resource } from '../state/resource.ts';
import { ImportReport } from './report.tsx';

const report = resource<FlowImportReport>();
/** The dataset whose report is shown. */
const reported = signal<number | null>(null);

export function openReport(dataset: number): void {
  reported.value = dataset;
  dialog.value = 'import-report';
}

/** What became of the rows of an extract, as it was told when it was imported. */
export function ReportDialog() {
  return (
    <Dialog name="import-report" title="Compte rendu d’import" wide>
      {dialog.value === 'import-report' && <DatasetReport />}
    </Dialog>
  );
}

function DatasetReport() {
  const id = reported.value;
  const shown = readyValue(datasets.state.value)?.find((dataset) => dataset.id === id);
  const load = () => {
    if (id !== null) void report.show(String(id), (signal) => fetchReport(id, signal));
  };
  useEffect(load, [id]);
  if (!shown) return null;
  return (
    <div class="import">
      <p>
        Jeu nᵒ&nbsp;{shown.id}, «&nbsp;{shown.name}&nbsp;»{' '}
        <span class="quiet">
          · importé le {formatDate(shown.createdAt)} · {shown.provenance}
        </span>
      </p>
      <p>
        <a class="button" href={`/api/flow-datasets/${shown.id}/report.csv`} download>
          Télécharger le compte rendu (CSV)
        </a>
      </p>
      <Loaded state={report.state.value} what="Lecture du compte rendu" retry={load}>
        {(value) => <ImportReport report={value} />}
      </Loaded>
    </div>
  );
}
