import { DatasetTools } from '../../datasets/dataset-tools.tsx';
import { counted } from '../../french/numbers.ts';
import { Loaded } from '../../shell/notice.tsx';
import { address, communeSelected, go, selection, specialty, view } from '../../state/address.ts';
import { datasetId, datasets, loadDatasets } from '../../state/analysis.ts';
import { compared } from '../../state/comparison.ts';
import { showDetail } from '../../state/panels.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { readyValue } from '../../state/resource.ts';
import { DataTable } from '../../table/data-table.tsx';
import { poleColumns, selectPole } from '../tables/poles.ts';
import { AnalysisChoice } from './analysis-choice.tsx';
import { CompareButton, ComparePanel } from './compare/panel.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { ProposalPanel } from './proposal-panel.tsx';
import { SpecialtyField } from './specialty-field.tsx';
import { WithPoles } from './with-poles.tsx';

export function AnalysePanel() {
  return (
    <>
      <fieldset class="segmented wide" aria-label="Ce que la carte montre">
        <button
          type="button"
          aria-pressed={view.value === 'poles'}
          onClick={() => go({ view: 'poles', selection: communeSelected() })}
        >
          Pôles
        </button>
        <button
          type="button"
          aria-pressed={view.value === 'territories'}
          onClick={() => go({ view: 'territories', selection: communeSelected() })}
        >
          Territoires proposés
        </button>
      </fieldset>
      {view.value === 'poles' ? <PolePanel /> : <ProposalPanel />}
    </>
  );
}

function PolePanel() {
  return (
    <>
      <FlowChoice />
      {/* The list of what changes needs that room. */}
      {!compared.value && <DatasetTools />}
      {/* Without datasets the choice above says why. */}
      {readyValue(datasets.state.value)?.length ? (
        <>
          <AnalysisChoice />
          {compared.value ? (
            <ComparePanel right={compared.value} />
          ) : (
            <>
              <ParameterForm />
              <CompareButton />
              <WithPoles>{(map) => <PoleList map={map} />}</WithPoles>
            </>
          )}
        </>
      ) : null}
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
          <div class={compared.value ? 'fields compact' : 'fields'}>
            <UnknownDataset />
            <label class="field">
              <span>Jeu de flux</span>
              <select
                class="input"
                value={String(datasetId.value)}
                onChange={(event) =>
                  go({
                    dataset: Number(event.currentTarget.value),
                    analysis: null,
                    specialty: 'all',
                  })
                }
              >
                {all.map(({ id, name }) => (
                  <option key={id} value={id}>
                    nᵒ {id} · {name}
                  </option>
                ))}
              </select>
            </label>
            <SpecialtyField value={specialty.value} set={(key) => go({ specialty: key })} />
          </div>
        )
      }
    </Loaded>
  );
}

/** An address that names a dataset that is not there shows another: it says so. */
function UnknownDataset() {
  const wanted = address.value.dataset;
  if (wanted === null || wanted === datasetId.value) return null;
  return (
    <p class="notice" role="status">
      Le jeu de flux nᵒ&nbsp;{wanted} que demande l’adresse n’existe pas, ou n’existe plus&nbsp;: la
      page montre le nᵒ&nbsp;{datasetId.value}. Choisissez-en un dans la liste.
    </p>
  );
}

function PoleList({ map }: { map: PoleMap }) {
  return (
    <section class="list-section" aria-label="Pôles d’attraction">
      <h2>{counted(map.poles.length, 'pôle')} d’attraction</h2>
      <DataTable
        label="Pôles d’attraction"
        rows={map.poles}
        columns={poleColumns(map, true)}
        keyOf={(pole) => pole.code}
        selected={selection.value?.kind === 'pole' ? selection.value.code : null}
        onSelect={(pole) => {
          selectPole(pole.code);
          showDetail('left');
        }}
        initialSort={{ key: 'population', descending: true }}
        empty="Aucun pôle : choisissez une autre spécialité, ou abaissez les seuils."
      />
    </section>
  );
}
