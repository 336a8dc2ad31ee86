import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../api/client.ts';
import { removeDataset } from '../api/flow-imports.ts';
import { FailureNotice } from '../shell/notice.tsx';
import { go } from '../state/address.ts';
import { datasetId, datasets, loadDatasets } from '../state/analysis.ts';
import { announce } from '../state/announce.ts';
import { asFailure } from '../state/resource.ts';

/** What goes, before it does: nothing brings it back but another import. */
export function Removal({ id, name, close }: { id: number; name: string; close(): void }) {
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
      const shown = datasetId.peek() === id;
      // First the list, which the address would take the dataset from again.
      datasets.clear();
      if (shown) go({ dataset: null, analysis: null, specialty: 'all', selection: null });
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
