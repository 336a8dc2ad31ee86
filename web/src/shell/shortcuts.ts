import { openPrint } from '../print/button.tsx';
import { select, workspace as shown, view, workspaces } from '../state/address.ts';
import { region } from '../state/analysis.ts';
import { compare, compared, leaveComparison } from '../state/comparison.ts';
import { dialog, drawerOpen, setPanel } from '../state/panels.ts';
import { workspaceOf } from '../workspaces/registry.ts';
import { openWorkspace } from './open-workspace.ts';

/** Single keys, left alone while someone types or a dialog is open. */
export function onShortcut(event: KeyboardEvent): void {
  const target = event.target as HTMLElement | null;
  const typing = target?.closest('input, textarea, select, dialog') != null;
  if (typing || event.altKey || dialog.value !== null) return;
  const own = workspaceOf(shown.value).onKey;
  if (region.value && own?.(event, region.value)) {
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === 'p' && openPrint()) event.preventDefault();
    return;
  }
  // By place: without Shift an AZERTY keyboard has `&` where the 1 is printed.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1] ?? event.key;
  const workspace = workspaces[Number(digit) - 1];
  if (workspace) openWorkspace(workspace);
  else if (event.key === '?') dialog.value = 'help';
  else if (event.key === 't' || event.key === 'T') setPanel('drawer', !drawerOpen.value);
  else if (event.key === 'c' || event.key === 'C') {
    if (compared.value) leaveComparison();
    else if (shown.value === 'analyse' && view.value === 'poles') compare();
  } else if (event.key === 'Escape') select(null);
  else if (event.key === '/') {
    event.preventDefault();
    document.getElementById('commune-search')?.focus();
  }
}
