import type { PoleComparison } from '../../../../../server/contracts/poles.ts';
import { counted, formatCount, formatInhabitants, formatShare } from '../../../french/numbers.ts';
import { FailureNotice, Loaded } from '../../../shell/notice.tsx';
import { go, selection } from '../../../state/address.ts';
import { datasets, otherPoles, poleChoice, totalPopulation } from '../../../state/analysis.ts';
import {
  compare,
  compared,
  comparison,
  leaveComparison,
  loadComparison,
  loadOtherRuns,
  otherRuns,
  swapSides,
} from '../../../state/comparison.ts';
import { showDetail } from '../../../state/panels.ts';
import type { PoleChoice } from '../../../state/pole-map.ts';
import { isDefault } from '../../../state/pole-runs.ts';
import { readyValue } from '../../../state/resource.ts';
import { DataTable } from '../../../table/data-table.tsx';
import { describeAnalysis } from '../describe-analysis.ts';
import { changeColumns, selectChange } from './table.ts';

/** Opens the second map. */
export function CompareButton() {
  return (
    <p class="button-row">
      <button type="button" class="button" title="Comparer (C)" onClick={compare}>
        Comparer…
      </button>
    </p>
  );
}

/** What the map on the right shows, and what changes from the left one to it. */
export function ComparePanel({ right }: { right: PoleChoice }) {
  return (
    <>
      <section class="fields compact" aria-label="Comparaison">
        <h2>Carte de droite</h2>
        <RightChoice right={right} />
        <p class="button-row">
          <button type="button" class="button" onClick={swapSides}>
            Échanger
          </button>
          <button type="button" class="button" title="Touche C" onClick={leaveComparison}>
            Quitter la comparaison
          </button>
        </p>
      </section>
      <Loaded
        state={otherPoles.state.value}
        what="Calcul des pôles d’attraction"
        retry={() => compared.value && otherPoles.show(compared.value)}
      >
        {() => (
          <Loaded state={comparison.state.value} what="Comparaison" retry={loadComparison}>
            {(changes) => <Changes changes={changes} />}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function RightChoice({ right }: { right: PoleChoice }) {
  const all = readyValue(datasets.state.value) ?? [];
  const used = all.find(({ id }) => id === right.dataset);
  const choose = (change: Partial<PoleChoice>) => go({ compared: { ...right, ...change } });
  return (
    <>
      {all.length > 1 && (
        <label class="field">
          <span>Jeu de flux</span>
          <select
            class="input"
            value={String(right.dataset)}
            onChange={(event) => {
              const dataset = Number(event.currentTarget.value);
              const offered = all.find(({ id }) => id === dataset)?.specialties ?? [];
              const kept = offered.some(({ key }) => key === right.specialty);
              choose({ dataset, run: null, specialty: kept ? right.specialty : 'all' });
            }}
          >
            {all.map(({ id, name }) => (
              <option key={id} value={id}>
                nᵒ {id} · {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <RightAnalysis right={right} choose={choose} />
      <label class="field">
        <span>Spécialité</span>
        <select
          class="input"
          value={right.specialty}
          onChange={(event) => choose({ specialty: event.currentTarget.value })}
        >
          <option value="all">Toutes spécialités</option>
          {used?.specialties.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** The analyses of the dataset on the right, when there are several. */
function RightAnalysis({
  right,
  choose,
}: {
  right: PoleChoice;
  choose(run: Partial<PoleChoice>): void;
}) {
  const state = otherRuns.state.value;
  if (state.status === 'failed') {
    const retry = () => loadOtherRuns(right.dataset);
    return <FailureNotice lead="Liste des analyses" error={state.error} retry={retry} />;
  }
  const all = (readyValue(state) ?? []).filter(({ dataset }) => dataset === right.dataset);
  if (all.length < 2) return null;
  const standard = all.find(({ parameters }) => isDefault(parameters));
  return (
    <label class="field">
      <span>Analyse</span>
      <select
        class="input"
        value={String(right.run ?? standard?.id)}
        onChange={(event) => {
          const run = Number(event.currentTarget.value);
          choose({ run: run === standard?.id ? null : run });
        }}
      >
        {all.map(({ id, parameters }) => (
          <option key={id} value={id}>
            nᵒ {id} · {describeAnalysis(parameters)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Changes({ changes }: { changes: PoleComparison }) {
  const left = poleChoice.value;
  const same = changes.run === changes.with && changes.specialty === changes.otherSpecialty;
  if (same && left) {
    return (
      <p class="empty">
        Les deux cartes montrent la même chose&nbsp;: choisissez à droite une autre spécialité ou
        une autre analyse.
      </p>
    );
  }
  const share = (part: number, whole: number) => formatShare(whole > 0 ? part / whole : 0);
  return (
    <section class="list-section" aria-label="Ce qui change">
      <h2>{counted(changes.changed, 'commune change', 'communes changent')} de pôle</h2>
      <p>
        {share(changes.changed, changes.compared)} des {formatCount(changes.compared)}{' '}
        communes&nbsp;; {formatInhabitants(changes.population)} concernés (
        {share(changes.population, totalPopulation.value)}).
      </p>
      <DataTable
        label="Communes qui changent de pôle"
        rows={changes.communes}
        columns={changeColumns(true)}
        keyOf={({ code }) => code}
        selected={selection.value?.kind === 'unit' ? selection.value.code : null}
        onSelect={(change) => {
          selectChange(change);
          showDetail('left');
        }}
        tall
        initialSort={{ key: 'population', descending: true }}
        empty="Aucune commune ne change de pôle d’une carte à l’autre."
      />
    </section>
  );
}
