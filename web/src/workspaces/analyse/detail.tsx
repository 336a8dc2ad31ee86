import { select, selection, view } from '../../state/address.ts';
import type { Region } from '../../state/region.ts';
import { CommuneCard } from './commune-card.tsx';
import { PoleCard } from './pole-card.tsx';
import { TerritoryCard } from './territory-card.tsx';

/** What is pointed at. */
export function AnalyseDetail({ region }: { region: Region }) {
  const chosen = selection.value;
  if (chosen?.kind === 'unit' && region.indexOf.has(chosen.code)) {
    return <CommuneCard region={region} unit={region.indexOf.get(chosen.code)!} />;
  }
  if (chosen?.kind === 'pole') {
    // On its way or not a pole for this specialty: the card says which.
    return <PoleCard region={region} code={chosen.code} />;
  }
  if (chosen?.kind === 'territory') return <TerritoryCard region={region} id={chosen.id} />;
  if (chosen) return <Gone />;
  return (
    <p class="empty">
      {view.value === 'poles'
        ? 'Cliquez sur une commune pour voir où ses habitants se font soigner, ou un pôle pour voir qui il attire.'
        : 'Choisissez un territoire dans la liste, ou une commune sur la carte.'}
    </p>
  );
}

function Gone() {
  return (
    <div class="empty">
      <p>Ce que l’adresse désigne n’est pas dans la région chargée.</p>
      <button type="button" class="button" onClick={() => select(null)}>
        Revenir à la région
      </button>
    </div>
  );
}
