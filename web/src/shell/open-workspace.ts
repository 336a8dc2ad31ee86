import { communeSelected, go, workspace as shown, type Workspace } from '../state/address.ts';
import { announce } from '../state/announce.ts';

export const workspaceLabels: Record<Workspace, string> = {
  analyse: 'Analyser',
  draw: 'Dessiner',
  control: 'Contrôler',
};

/** Goes to a workspace with the commune selected, by a tab or by a key. */
export function openWorkspace(workspace: Workspace): void {
  if (workspace === shown.peek()) return;
  go({ workspace, selection: communeSelected() });
  announce(`Espace ${workspaceLabels[workspace]}.`);
}
