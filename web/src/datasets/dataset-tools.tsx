import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../api/client.ts';
import { removeDataset } from '../api/flow-imports.ts';
import { formatShare } from '../french/numbers.ts';
import { FailureNotice } from '../shell/notice.tsx';
import { ProgressBar } from '../shell/progress.tsx';
import { go } from '../state/address.ts';
import { dataset, datasets, loadDatasets } from '../state/analysis.ts';
import { announce } from '../state/announce.ts';
import { dialog } from '../state/panels.ts';
import { asFailure } from '../state/resource.ts';
import { openImport, resume, running, stage } from './import-store.ts';

/** Under the choice of a flow dataset: import another one; the report of this one; remove it. */
export function DatasetTools() {
  const [asking, setAsking] = useState<number | null>(null);
  useEffect(() => void resume(), []);
  const shown = dataset.value;
  const imported = shown?.kind === 'extract';
  return (
    <section class="dataset-tools" aria-label="Imports d’extraits">
      <p class="button-row">
        <button type="button" class="button small" aria-haspopup="dialog" onClick={openImport}>
          {stage.value.name === 'ended' ? 'Résultat de l’import…' : 'Importer un extrait…'}
        </button>
        {imported && (
          <>
            <button
              type="button"
              class="button small"
              aria-haspopup="dialog"
              onClick={() => {
                dialog.value = 'import-report';
              }}
            >
              Compte rendu…
            </button>
            <button type="button" class="button small" onClick={() => setAsking(shown.id)}>
              Supprimer…
            </button>
          </>
        )}
      </p>
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

/** What goes, before it does: nothing brings it back but another import. */
function Removal({ id, name, close }: { id: number; name: string; close(): void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiFailure | null>(null);
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => question.current?.focus(), []);

  async function remove() {
    setBusy(true);
    setError(null);
    try {
      await removeDataset(id);
      announce(`Jeu de flux ${id} supprimé.`);
      close();
      go({ dataset: null, specialty: 'all', selection: null });
      datasets.clear();
      await loadDatasets();
    } catch (cause) {
      setError(asFailure(cause));
      setBusy(false);
    }
  }

  return (
    <div
      class="notice notice-amber"
      role="alertdialog"
      aria-label={`Supprimer le jeu nᵒ ${id}`}
      ref={question}
      tabIndex={-1}
    >
      <p>
        Supprimer le jeu nᵒ&nbsp;{id}, «&nbsp;{name}&nbsp;», ses flux et ses analyses&nbsp;? Pour le
        retrouver il faudra importer de nouveau le fichier.
      </p>
      {error && <FailureNotice error={error} />}
      <p class="button-row">
        <button type="button" class="button small" disabled={busy} onClick={() => void remove()}>
          {busy ? 'Suppression…' : 'Supprimer ce jeu'}
        </button>
        <button type="button" class="button small" onClick={close}>
          Garder
        </button>
      </p>
    </div>
  );
}
