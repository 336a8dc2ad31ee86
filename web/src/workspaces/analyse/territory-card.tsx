import { reasonLabels } from '../../french/labels.ts';
import { formatCount, formatInhabitants } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { CommuneList } from '../../shell/commune-list.tsx';
import { Loaded } from '../../shell/notice.tsx';
import { PopulationGauge } from '../../shell/population-gauge.tsx';
import { select } from '../../state/address.ts';
import { loadProposal, proposal, runId, territoryMap } from '../../state/proposals.ts';
import type { Region } from '../../state/region.ts';
import { AdoptTerritory } from './adopt.tsx';
import { LittleCare } from './little-care.tsx';
import { Explained } from './territory-explanation.tsx';

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
      <LittleCare territory={territory} />
      <dl class="figures">
        <div>
          <dt>Communes</dt>
          <dd>{formatCount(territory.units.length)}</dd>
        </div>
        <div>
          <dt>Population</dt>
          <dd>{formatInhabitants(territory.population)}</dd>
        </div>
      </dl>
      <AdoptTerritory
        key={`${map.proposal.id}-${id}`}
        run={map.proposal.id}
        territory={territory}
      />
      <Explained map={map} id={id} />
      <CommuneList region={region} units={map.units[index]!} title="Communes du territoire" />
    </article>
  );
}
