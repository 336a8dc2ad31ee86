import { useState } from 'preact/hooks';
import type { ApiFailure } from '../../api/client.ts';
import { reasonLabels } from '../../french/labels.ts';
import { formatCount, formatInhabitants, formatShare } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { CommuneList } from '../../shell/commune-list.tsx';
import { CptsNameField } from '../../shell/cpts-name-field.tsx';
import { FailureNotice, Loaded } from '../../shell/notice.tsx';
import { PopulationGauge } from '../../shell/population-gauge.tsx';
import { select } from '../../state/address.ts';
import { create, creating } from '../../state/cpts.ts';
import {
  loadProposal,
  proposal,
  runId,
  type Territory,
  territoryMap,
} from '../../state/proposals.ts';
import type { Region } from '../../state/region.ts';
import { asFailure } from '../../state/resource.ts';
import { selectCpts } from '../tables/cpts.ts';

/** A proposed territory, and the step from there to a CPTS. */
export function TerritoryCard({ region, id }: { region: Region; id: number }) {
  const map = territoryMap.value;
  const index = map?.proposal.territories.findIndex((territory) => territory.id === id) ?? -1;
  const territory = map?.proposal.territories[index];
  if (!map) {
    return (
      <Loaded
        state={proposal.state.value}
        what="Chargement de la proposition"
        retry={() => runId.value && loadProposal(runId.value)}
      >
        {() => null}
      </Loaded>
    );
  }
  if (!territory) return <p class="empty">Ce territoire n’est pas dans la proposition affichée.</p>;
  const { floor, ceiling } = map.proposal.parameters;
  return (
    <article class="card-plain" aria-label={`Territoire\u00a0: ${territory.name}`}>
      <CardHead
        kind={`Territoire proposé · proposition nᵒ ${map.proposal.id}`}
        title={territory.name}
        onClose={() => select(null)}
      />
      <PopulationGauge population={territory.population} floor={floor} ceiling={ceiling} />
      {territory.reason && <p class="notice notice-amber">{reasonLabels[territory.reason]}</p>}
      <dl class="figures">
        <div>
          <dt>Communes</dt>
          <dd>{formatCount(territory.units.length)}</dd>
        </div>
        <div>
          <dt>Population</dt>
          <dd>{formatInhabitants(territory.population)}</dd>
        </div>
        <div>
          <dt>Soins reçus à l’intérieur (LI)</dt>
          <dd>{territory.li === null ? '—' : formatShare(territory.li)}</dd>
        </div>
      </dl>
      <CreateFrom key={`${map.proposal.id}-${id}`} run={map.proposal.id} territory={territory} />
      <CommuneList region={region} units={map.units[index]!} title="Communes du territoire" />
    </article>
  );
}

function CreateFrom({ run, territory }: { run: number; territory: Territory }) {
  const [name, setName] = useState(`CPTS ${territory.name}`);
  const [error, setError] = useState<ApiFailure | null>(null);

  async function submit(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const cpts = await create({
        name: name.trim(),
        proposal: { id: run, territory: territory.id },
      });
      if (cpts) selectCpts(cpts);
    } catch (cause) {
      setError(asFailure(cause));
    }
  }

  return (
    <form class="card fields" onSubmit={submit}>
      <CptsNameField value={name} set={setName} />
      <button
        type="submit"
        class="button primary"
        disabled={creating.value || name.trim().length < 2}
      >
        {creating.value ? 'Création…' : 'Créer une CPTS de ce territoire'}
      </button>
      {error && <FailureNotice error={error} />}
    </form>
  );
}
