import { useEffect, useState } from 'preact/hooks';
import type { Proposal } from '../../../../../server/contracts/proposals.ts';
import { fetchProposal } from '../../../api/proposals.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { Loaded } from '../../../shell/notice.tsx';
import { loadRuns, runId, runs } from '../../../state/proposals.ts';
import { type Region, unitsOf } from '../../../state/region.ts';
import { resource } from '../../../state/resource.ts';
import { describeRun } from '../../analyse/describe-run.ts';
import { previewUnits } from './preview.ts';

/** The run chosen here, which is not always the one that Analyser shows. */
const chosenRun = resource<Proposal>();

/** The communes of a territory of a proposal. */
export function FromProposal({ region }: { region: Region }) {
  return (
    <details class="card">
      <summary>Depuis une proposition…</summary>
      <Loaded
        state={runs.state.value}
        what="Chargement des propositions"
        retry={() => void loadRuns()}
      >
        {(all) => {
          const done = all.filter(({ status }) => status === 'done');
          return done.length === 0 ? (
            <p class="empty">Aucune proposition terminée&nbsp;: lancez-en une dans Analyser.</p>
          ) : (
            <RunChoice {...{ region, done }} />
          );
        }}
      </Loaded>
    </details>
  );
}

function RunChoice({
  region,
  done,
}: {
  region: Region;
  done: Parameters<typeof describeRun>[0][];
}) {
  const [id, setId] = useState<number>(
    done.some((run) => run.id === runId.value) ? runId.value! : done[0]!.id,
  );
  const load = () => void chosenRun.show(String(id), (signal) => fetchProposal(id, signal));
  useEffect(load, [id]);
  return (
    <div class="fields">
      <label class="field">
        <span>Proposition</span>
        <select
          class="input"
          value={id}
          onChange={(event) => setId(Number(event.currentTarget.value))}
        >
          {done.map((run) => (
            <option key={run.id} value={run.id}>
              {describeRun(run)}
            </option>
          ))}
        </select>
      </label>
      <Loaded state={chosenRun.state.value} what="Chargement des territoires" retry={load}>
        {(proposal) => <TerritoryChoice key={proposal.id} {...{ region, proposal }} />}
      </Loaded>
    </div>
  );
}

const byName = new Intl.Collator('fr').compare;

function TerritoryChoice({ region, proposal }: { region: Region; proposal: Proposal }) {
  const [chosen, setChosen] = useState('');
  const sorted = [...proposal.territories].sort((p, q) => byName(p.name, q.name));
  const territory = sorted.find(({ id }) => String(id) === chosen);
  return (
    <>
      <label class="field">
        <span>Territoire</span>
        <select
          class="input"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <option value="">Choisir un territoire</option>
          {sorted.map(({ id, name, units, population }) => (
            <option key={id} value={String(id)}>
              {name} — {counted(units.length, 'commune')}, {formatInhabitants(population)}
            </option>
          ))}
        </select>
      </label>
      <p>
        <button
          type="button"
          class="button"
          disabled={!territory}
          onClick={() =>
            territory &&
            previewUnits(
              region,
              `territoire «\u00a0${territory.name}\u00a0» de la proposition nᵒ\u00a0${proposal.id}`,
              unitsOf(region, territory.units),
            )
          }
        >
          Voir ses communes
        </button>
      </p>
    </>
  );
}
