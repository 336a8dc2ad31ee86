import { useState } from 'preact/hooks';
import type { FlowImportReport } from '../../../server/contracts/flow-imports.ts';
import type { FlowRun, FlowRunSummary } from '../../../server/contracts/flow-runs.ts';
import { counted, formatShare } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';
import { ProgressBar } from '../shell/progress.tsx';
import {
  cancelRun,
  confirmAgain,
  runWithoutRejected,
  showPoles,
  skippable,
  startOver,
} from './import-store.ts';
import { ImportReport } from './report.tsx';

export function Running({ run }: { run: FlowRunSummary }) {
  const [stopping, setStopping] = useState(false);
  const step =
    run.status === 'queued' ? 'En attente d’un autre import' : (run.step ?? 'Préparation');
  return (
    <div class="fields">
      <p role="status">
        {unbroken(step)}… {run.status === 'running' && formatShare(run.progress)}
      </p>
      <ProgressBar
        label="Avancement de l’import"
        value={run.status === 'queued' ? null : run.progress}
      />
      <p class="button-row">
        <button
          type="button"
          class="button"
          disabled={stopping}
          onClick={() => {
            setStopping(true);
            void cancelRun(run.id).finally(() => setStopping(false));
          }}
        >
          Annuler
        </button>
      </p>
      <p class="quiet">
        Cette fenêtre peut être fermée&nbsp;: l’import continue, et «&nbsp;Importer un
        extrait…&nbsp;» la rouvre.
      </p>
    </div>
  );
}

/** How it ended, and what can be done next. */
export function Ended({ run, upload }: { run: FlowRun; upload: string | null }) {
  const report = run.report as FlowImportReport | null;
  const skip = upload === null ? 0 : skippable(run);
  const { dataset } = run;
  return (
    <>
      {run.status === 'done' ? (
        <p class="notice" role="status">
          {dataset === null
            ? `« ${run.name} » a été importé, puis supprimé.`
            : `« ${run.name} » est chargé : c’est le jeu de flux nᵒ ${dataset}.`}
        </p>
      ) : (
        <div class="notice notice-error" role="alert">
          <p>{unbroken(run.message ?? 'L’import n’a pas abouti.')}</p>
          {run.code === 'rejected_rows' && <p>Rien n’a été chargé.</p>}
        </div>
      )}
      <p class="button-row">
        {dataset !== null && (
          <button type="button" class="button primary" onClick={() => showPoles(dataset)}>
            Voir les pôles
          </button>
        )}
        {skip > 0 && (
          <button type="button" class="button primary" onClick={() => void runWithoutRejected(run)}>
            Importer sans {skip > 1 ? `ces ${counted(skip, 'ligne')}` : 'cette ligne'}
          </button>
        )}
        {run.status !== 'done' && upload !== null && (
          <button type="button" class="button" onClick={() => void confirmAgain(upload)}>
            Revoir les colonnes
          </button>
        )}
        {report && (
          <a class="button" href={`/api/flow-runs/${run.id}/report.csv`} download>
            Télécharger le compte rendu (CSV)
          </a>
        )}
        <button type="button" class="button" onClick={startOver}>
          Importer un autre fichier
        </button>
      </p>
      {report && <ImportReport report={report} refused={refusalOf(run)} />}
    </>
  );
}

function refusalOf(run: FlowRun): 'lines' | 'whole' | null {
  if (run.status === 'done') return null;
  return skippable(run) > 0 ? 'lines' : 'whole';
}
