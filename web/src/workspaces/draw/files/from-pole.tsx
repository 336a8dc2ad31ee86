import { useState } from 'preact/hooks';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { Loaded } from '../../../shell/notice.tsx';
import { labelOf, loadPoles, poleMap, poles } from '../../../state/analysis.ts';
import { catchment } from '../../../state/pole-map.ts';
import type { Region } from '../../../state/region.ts';
import { describeAnalysis } from '../../analyse/describe-analysis.ts';
import { previewUnits } from './preview.ts';

const byName = new Intl.Collator('fr').compare;

/** The communes that a pole of the analysis shown attracts. */
export function FromPole({ region }: { region: Region }) {
  return (
    <details class="card">
      <summary>Depuis un pôle…</summary>
      <Loaded state={poles.state.value} what="Chargement des pôles" retry={loadPoles}>
        {(answer) => (
          <div class="fields">
            <p class="quiet">
              Communes attirées selon l’analyse affichée dans Analyser&nbsp;:{' '}
              {labelOf(answer.parameters.specialty).toLowerCase()},{' '}
              {describeAnalysis(answer.parameters)}.
            </p>
            <PoleChoice region={region} />
          </div>
        )}
      </Loaded>
    </details>
  );
}

function PoleChoice({ region }: { region: Region }) {
  const [code, setCode] = useState('');
  const map = poleMap.value;
  if (!map || map.poles.length === 0) return <p class="empty">Cette analyse n’a aucun pôle.</p>;
  const sorted = [...map.poles].sort((p, q) => byName(p.name, q.name));
  const chosen = map.poles.find((pole) => pole.code === code);
  return (
    <>
      <label class="field">
        <span>Pôle</span>
        <select
          class="input"
          value={chosen ? code : ''}
          onChange={(event) => setCode(event.currentTarget.value)}
        >
          <option value="">Choisir un pôle</option>
          {sorted.map((pole) => (
            <option key={pole.code} value={pole.code}>
              {pole.name} — {counted(pole.communes, 'commune')},{' '}
              {formatInhabitants(pole.population)}
            </option>
          ))}
        </select>
      </label>
      <p>
        <button
          type="button"
          class="button"
          disabled={!chosen}
          onClick={() =>
            chosen && previewUnits(region, `bassin de ${chosen.name}`, catchment(map, chosen.code))
          }
        >
          Voir ses communes
        </button>
      </p>
    </>
  );
}
