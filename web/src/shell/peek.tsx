import { select, selection, workspace } from '../state/address.ts';
import { setPanel } from '../state/panels.ts';
import { type Region, unitOf } from '../state/region.ts';
import { workspaceOf } from '../workspaces/registry.ts';

interface Props {
  region: Region;
  /** unit tapped last in this workspace */
  tapped: number | null;
  onClose(): void;
}

/** On a phone, what was tapped in one line over the map, and the way to its sheet. */
export function Peek({ region, tapped, onClose }: Props) {
  const chosen = selection.value;
  const pointed = chosen?.kind === 'unit' || chosen?.kind === 'pole' ? chosen.code : null;
  const unit = pointed === null ? tapped : (unitOf(region, pointed) ?? null);
  if (unit === null) return null;
  const fact = workspaceOf(workspace.value).fact(region, unit);
  return (
    <div class="peek" role="status">
      <p>
        <strong>{region.name[unit]}</strong>
        {fact && <span> · {fact}</span>}
      </p>
      <button type="button" class="button small" onClick={() => setPanel('right', true)}>
        Détail
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Fermer"
        onClick={() => {
          select(null);
          onClose();
        }}
      >
        ✕
      </button>
    </div>
  );
}
