import { useState } from 'preact/hooks';
import { formatDate } from '../french/numbers.ts';
import { datasets } from '../state/analysis.ts';
import { readyValue } from '../state/resource.ts';
import { showPoles } from './import-store.ts';
import { Removal } from './removal.tsx';
import { openReport } from './report-dialog.tsx';

/** The extracts that were imported before, each with its report. */
export function ImportedList() {
  const [asking, setAsking] = useState<number | null>(null);
  const imported = (readyValue(datasets.state.value) ?? []).filter(
    ({ kind }) => kind === 'extract',
  );
  return (
    <section>
      <h4>Extraits déjà importés</h4>
      {imported.length === 0 && (
        <p class="quiet">Aucun pour l’instant&nbsp;: ceux que vous importerez seront ici.</p>
      )}
      <ul class="imported">
        {imported.map(({ id, name, createdAt }) => (
          <li key={id}>
            <span class="item-title">
              nᵒ {id} · {name}
            </span>
            <span class="quiet">importé le {formatDate(createdAt)}</span>
            <span class="button-row">
              <button type="button" class="button small" onClick={() => showPoles(id)}>
                Voir les pôles
              </button>
              <button type="button" class="button small" onClick={() => openReport(id)}>
                Compte rendu…
              </button>
              <button type="button" class="button small" onClick={() => setAsking(id)}>
                Supprimer…
              </button>
            </span>
            {asking === id && <Removal id={id} name={name} close={() => setAsking(null)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
