import { AccountMenu } from '../accounts/account-menu.tsx';
import { workspace as shown, workspaces } from '../state/address.ts';
import { dialog } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { openWorkspace, workspaceLabels } from './open-workspace.ts';
import { CommuneSearch } from './search.tsx';

export function Header({ region }: { region: Region }) {
  return (
    <header class="header">
      <h1 class="brand">Maillage</h1>
      <span class="region-name">{region.health.region.name}</span>
      <Tabs />
      <CommuneSearch region={region} />
      <AccountMenu />
      <button
        type="button"
        class="icon-button"
        aria-label="Aide et raccourcis"
        title="Aide et raccourcis (?)"
        onClick={() => {
          dialog.value = 'help';
        }}
      >
        ?
      </button>
    </header>
  );
}

function Tabs() {
  const current = shown.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const count = workspaces.length;
    const next = workspaces[(workspaces.indexOf(current) + step + count) % count]!;
    openWorkspace(next);
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
          onClick={() => openWorkspace(workspace)}
          onKeyDown={onKeyDown}
        >
          {workspaceLabels[workspace]}
        </button>
      ))}
    </div>
  );
}
