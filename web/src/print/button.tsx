import { workspace } from '../state/address.ts';
import { region } from '../state/analysis.ts';
import { dialog } from '../state/panels.ts';
import { workspaceOf } from '../workspaces/registry.ts';

export function PrintButton({ ready }: { ready: boolean }) {
  if (!workspaceOf(workspace.value).sheet) return null;
  return (
    <button
      type="button"
      class="button small"
      title="Imprimer la carte (Ctrl + P)"
      disabled={!ready}
      onClick={openPrint}
    >
      Imprimer
    </button>
  );
}

/** Opens the sheet; false when there is nothing to print, and the browser's own way is left to it. */
export function openPrint(): boolean {
  const loaded = region.peek();
  if (!loaded || !workspaceOf(workspace.peek()).sheet?.(loaded)) return false;
  dialog.value = 'print';
  return true;
}
