import { counted } from '../../french/numbers.ts';
import { Loaded } from '../../shell/notice.tsx';
import { address, go, selection, specialty, view } from '../../state/address.ts';
import {
  dataset,
  datasetId,
  datasets,
  loadDatasets,
  loadPoles,
  poleMap,
  poles,
} from '../../state/analysis.ts';
import { DataTable } from '../../table/data-table.tsx';
import { poleColumns, selectPole } from '../tables/poles.ts';
import { ProposalPanel } from './proposal-panel.tsx';

export function AnalysePanel() {
  return (
    <>
      <fieldset class="segmented wide" aria-label="Ce que la carte montre">
        <button
          type="button"
          aria-pressed={view.value === 'poles'}
          onClick={() => go({ view: 'poles', selection: keptSelection() })}
        >
          Pôles
        </button>
        <button
          type="button"
          aria-pressed={view.value === 'territories'}
          onClick={() => go({ view: 'territories', selection: keptSelection() })}
        >
          Territoires proposés
        </button>
      </fieldset>
      {view.value === 'poles' ? <PolePanel /> : <ProposalPanel />}
    </>
  );
}

const keptSelection = () => (selection.value?.kind === 'unit' ? selection.value : null);

function PolePanel() {
  return (
    <>
      <FlowChoice />
      <Loaded
        state={poles.state.value}
        what="Calcul des pôles d’attraction"
        retry={() => datasetId.value && loadPoles(datasetId.value, address.value.specialty)}
      >
        {() => <PoleList />}
      </Loaded>
    </>
  );
}

function FlowChoice() {
  return (
    <Loaded
      state={datasets.state.value}
      what="Chargement des jeux de flux"
      retry={() => void loadDatasets()}
    >
      {(all) =>
        all.length === 0 ? (
          <p class="empty">
            Aucun jeu de flux&nbsp;: chargez l’offre de soins avec
            <code> npm run import:supply</code>, les flux seront modélisés.
          </p>
        ) : (
          <div class="fields">
            <label class="field">
              <span>Jeu de flux</span>
              <select
                class="input"
                value={String(datasetId.value)}
                onChange={(event) =>
                  go({ dataset: Number(event.currentTarget.value), specialty: 'all' })
                }
              >
                {all.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label class="field">
              <span>Spécialité</span>
              <select
                class="input"
                value={specialty.value}
                onChange={(event) => go({ specialty: event.currentTarget.value })}
              >
                <option value="all">Toutes spécialités</option>
                {dataset.value?.specialties.map(({ key, label }) => (
                  <option key={key} value={key}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          </div>
        )
      }
    </Loaded>
  );
}

function PoleList() {
  const map = poleMap.value;
  if (!map) return null;
  return (
    <section class="list-section" aria-label="Pôles d’attraction">
      <h2>{counted(map.poles.length, 'pôle')} d’attraction</h2>
      <DataTable
        label="Pôles d’attraction"
        rows={map.poles}
        columns={poleColumns(map, true)}
        keyOf={(pole) => pole.code}
        selected={selection.value?.kind === 'pole' ? selection.value.code : null}
        onSelect={(pole) => selectPole(pole.code)}
        initialSort={{ key: 'population', descending: true }}
        empty="Aucun pôle pour cette spécialité : choisissez-en une autre."
      />
    </section>
  );
}
