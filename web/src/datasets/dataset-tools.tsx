import { useEffect, useState } from 'preact/hooks';
import { Reserved } from '../accounts/reserved.tsx';
import { formatShare } from '../french/numbers.ts';
import { ProgressBar } from '../shell/progress.tsx';
import { dataset } from '../state/analysis.ts';
import { resumeModelRun } from '../state/flow-models.ts';
import { can } from '../state/people.ts';
import { openImport, resume, running, stage } from './import-store.ts';
import { ModelFlowsButton } from './model-flows-button.tsx';
import { Removal } from './removal.tsx';
import { openReport } from './report-dialog.tsx';

/** Under the choice of a flow dataset: import or model another one; the report of this one; remove it. */
export function DatasetTools() {
  const [asking, setAsking] = useState<number | null>(null);
  useEffect(() => {
    void resume();
    void resumeModelRun();
  }, []);
  const shown = dataset.value;
  const analyses = can('analyse');
  const imported = shown?.kind === 'extract';
  return (
    <section class="dataset-tools" aria-label="Autres jeux de flux">
      <p class="button-row">
        {analyses && (
          <>
            <button type="button" class="button small" aria-haspopup="dialog" onClick={openImport}>
              {stage.value.name === 'ended' ? 'Résultat de l’import…' : 'Importer un extrait…'}
            </button>
            <ModelFlowsButton />
          </>
        )}
        {imported && (
          <>
            <button
              type="button"
              class="button small"
              aria-haspopup="dialog"
              onClick={() => openReport(shown.id)}
            >
              Compte rendu…
            </button>
            {analyses && (
              <button type="button" class="button small" onClick={() => setAsking(shown.id)}>
                Supprimer…
              </button>
            )}
          </>
        )}
      </p>
      {!analyses && <Reserved act="d’importer ni de modéliser des flux" />}
      <UnderWay />
      {imported && asking === shown.id && (
        <Removal id={shown.id} name={shown.name} close={() => setAsking(null)} />
      )}
    </section>
  );
}

function UnderWay() {
  const run = running.value;
  if (!run) return null;
  return (
    <div class="notice" role="status">
      <p>
        Import de «&nbsp;{run.name}&nbsp;»&nbsp;:{' '}
        {run.status === 'queued' ? 'en attente' : formatShare(run.progress)}
      </p>
      <ProgressBar label="Avancement de l’import" value={run.progress} />
    </div>
  );
}
