import type { Proposal, ProposalSummary } from '../../../../server/contracts/proposals.ts';
import { isOver } from '../../api/run-events.ts';
import { runStatusLabels } from '../../french/labels.ts';
import {
  counted,
  formatCount,
  formatFixed,
  formatInhabitants,
  formatShare,
} from '../../french/numbers.ts';
import { Loaded } from '../../shell/notice.tsx';
import { go, selection } from '../../state/address.ts';
import { totalPopulation } from '../../state/analysis.ts';
import { openTable, showDetail } from '../../state/panels.ts';
import {
  loadProposal,
  loadRuns,
  proposal,
  remove,
  runId,
  runs,
  territoryMap,
} from '../../state/proposals.ts';
import { comparedRun } from '../../state/run-comparison.ts';
import { DataTable } from '../../table/data-table.tsx';
import { runRows } from '../tables/runs.ts';
import { hueIn, selectTerritory, territoryColumns } from '../tables/territories.ts';
import { AdoptAll } from './adopt.tsx';
import { BestPossible } from './best-possible.tsx';
import { RunComparison, RunComparisonChoice } from './compare-runs/panel.tsx';
import { askedOf, describeRun } from './describe-run.ts';
import { Improve } from './improve.tsx';
import { CountedAsAsked, RunKeptCare } from './kept-care.tsx';
import { CountLittleCare } from './little-care.tsx';
import { RunDetail } from './run-detail.tsx';
import { RunForm } from './run-form/run-form.tsx';

/** The proposal shown, the others to choose from, and a form for a new one. */
export function ProposalPanel() {
  return (
    <>
      <Loaded
        state={runs.state.value}
        what="Chargement des propositions"
        retry={() => void loadRuns()}
      >
        {(all) => <RunChoice all={all} />}
      </Loaded>
      <RunForm />
      {runId.value !== null && (
        <Loaded
          state={proposal.state.value}
          what="Chargement de la proposition"
          retry={() => runId.value && loadProposal(runId.value)}
        >
          {(shown) => <Shown shown={shown} />}
        </Loaded>
      )}
    </>
  );
}

function RunChoice({ all }: { all: readonly ProposalSummary[] }) {
  if (all.length === 0) {
    return <p class="empty">Aucune proposition&nbsp;: lancez-en une ci-dessous.</p>;
  }
  const shown = all.find(({ id }) => id === runId.value);
  const withResult = all.filter((run) => run.status === 'done' || !isOver(run));
  const without = all.filter((run) => run.status !== 'done' && isOver(run));
  return (
    <>
      <label class="field">
        <span>Proposition</span>
        <select
          class="input"
          value={String(runId.value)}
          onChange={(event) => go({ run: Number(event.currentTarget.value), selection: null })}
        >
          {withResult.map(optionOf)}
          {without.length > 0 && <optgroup label="Sans résultat">{without.map(optionOf)}</optgroup>}
        </select>
        {shown && <small class="quiet figure">{askedOf(shown)}</small>}
      </label>
      {shown && <RunDetail run={shown} />}
      {runRows.value.length > 1 && (
        <p>
          <button type="button" class="link" onClick={() => openTable('runs')}>
            Comparer les chiffres des {runRows.value.length} propositions
          </button>
        </p>
      )}
    </>
  );
}

const optionOf = (run: ProposalSummary) => (
  <option key={run.id} value={run.id}>
    {describeRun(run)}
  </option>
);

function Shown({ shown }: { shown: Proposal }) {
  if (shown.status !== 'done') return <Territories shown={shown} />;
  return (
    <>
      <AdoptAll shown={shown} />
      <Improve run={shown.id} />
      <RunComparisonChoice />
      {comparedRun.value === null ? <Territories shown={shown} /> : <RunComparison />}
    </>
  );
}

function Territories({ shown }: { shown: Proposal }) {
  const map = territoryMap.value;
  if (shown.status !== 'done' || !map) {
    return (
      <div class="notice">
        <p>
          Proposition {runStatusLabels[shown.status]}.{shown.message ? ` ${shown.message}` : ''}{' '}
          Choisissez-en une autre ou lancez-en une nouvelle.
        </p>
        {shown.status !== 'done' && isOver(shown) && (
          <button type="button" class="button" onClick={() => void remove(shown.id)}>
            Retirer de la liste
          </button>
        )}
      </div>
    );
  }
  return (
    <section class="list-section" aria-label="Territoires proposés">
      {shown.indicators && (
        <Indicators
          {...shown.indicators}
          run={shown}
          divided={shown.territories.reduce((sum, { population }) => sum + population, 0)}
        />
      )}
      <CountLittleCare territories={shown.territories} />
      <BestPossible run={shown.id} />
      <h2>{counted(shown.territories.length, 'territoire')}</h2>
      <DataTable
        label="Territoires proposés"
        rows={shown.territories}
        columns={territoryColumns(hueIn(map), shown.territories)}
        keyOf={({ id }) => String(id)}
        selected={selection.value?.kind === 'territory' ? String(selection.value.id) : null}
        onSelect={(territory) => {
          selectTerritory(territory);
          showDetail('left');
        }}
        initialSort={{ key: 'population', descending: true }}
        empty="Cette proposition ne contient aucun territoire : lancez-en une autre."
      />
    </section>
  );
}

function Indicators({
  territories,
  inBand,
  inBandShare,
  reachablePopulation,
  inside,
  pieces,
  compactness,
  epciWhole,
  run: { id, parameters },
  divided,
}: NonNullable<Proposal['indicators']> & {
  run: Proposal;
  /** inhabitants of all its territories */
  divided: number;
}) {
  const unreachable = divided - reachablePopulation;
  const outside = totalPopulation.value - divided;
  return (
    <dl class="figures">
      <div>
        <dt>Territoires dans la fourchette</dt>
        <dd>
          {formatCount(inBand)} sur {formatCount(territories)}
        </dd>
      </div>
      <div class="annotated">
        <dt>Population dans la fourchette</dt>
        <dd>{reachablePopulation === 0 ? 'sans objet' : formatShare(inBandShare)}</dd>
        {unreachable > 0 && (
          <dd class="quiet">
            {reachablePopulation > 0 && 'de celle qui peut l’être, '}hors communes au-dessus du
            plafond, ensembles isolés ou tenus fixes, et territoires de trop ou de moins pour la
            fourchette&nbsp;: {formatInhabitants(unreachable)}
          </dd>
        )}
        {outside > 0 && <dd class="quiet">hors périmètre&nbsp;: {formatInhabitants(outside)}</dd>}
      </div>
      <div class="annotated">
        <dt>Flux gardés à l’intérieur</dt>
        <dd>{formatShare(inside)}</dd>
        <CountedAsAsked asked={parameters} />
      </div>
      <RunKeptCare run={id} asked={parameters} />
      {compactness !== undefined && (
        <div>
          <dt>Compacité moyenne</dt>
          <dd>{formatFixed(compactness, 3)}</dd>
        </div>
      )}
      {epciWhole !== undefined && (
        <div>
          <dt>Intercommunalités entières</dt>
          <dd>{formatShare(epciWhole)}</dd>
        </div>
      )}
      {pieces > 0 && (
        <div>
          <dt>Morceaux séparés</dt>
          <dd>{formatCount(pieces)}</dd>
        </div>
      )}
    </dl>
  );
}
