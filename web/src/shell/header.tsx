import { go, selection, workspace as shown, type Workspace, workspaces } from '../state/address.ts';
import { announce } from '../state/announce.ts';
import { helpOpen } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { CommuneSearch } from './search.tsx';

const labels: Record<Workspace, string> = {
  analyse: 'Analyser',
  draw: 'Dessiner',
  control: 'Contrôler',
};

export function Header({ region }: { region: Region }) {
  return (
    <header class="header">
      <h1 class="brand">Maillage</h1>
      <span class="region-name">{region.health.region.name}</span>
      <Tabs />
      <CommuneSearch region={region} />
      <button
        type="button"
        class="icon-button"
        aria-label="Aide et raccourcis"
        title="Aide et raccourcis (?)"
        onClick={() => {
          helpOpen.value = true;
        }}
      >
        ?
      </button>
    </header>
  );
}

function Tabs() {
  const current = shown.value;
  const open = (workspace: Workspace) => {
    if (workspace === current) return;
    // A commune makes sense everywhere; a pole or a territory only where it was chosen.
    go({ workspace, selection: selection.value?.kind === 'unit' ? selection.value : null });
    announce(`Espace ${labels[workspace]}.`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const count = workspaces.length;
    const next = workspaces[(workspaces.indexOf(current) + step + count) % count]!;
    open(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Espaces de travail">
      {workspaces.map((workspace) => (
        <button
          key={workspace}
          id={`tab-${workspace}`}
          type="button"
          role="tab"
          aria-selected={workspace === current}
          aria-controls="work-area"
          tabIndex={workspace === current ? 0 : -1}
          onClick={() => open(workspace)}
          onKeyDown={onKeyDown}
        >
          {labels[workspace]}
        </button>
      ))}
    </div>
  );
}
