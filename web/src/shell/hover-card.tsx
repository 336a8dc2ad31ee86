import type { ReadonlySignal } from '@preact/signals';
import { formatInhabitants } from '../french/numbers.ts';
import type { Pointed } from '../map/pointer.ts';
import { workspace } from '../state/address.ts';
import type { Region } from '../state/region.ts';
import { workspaceOf } from '../workspaces/registry.ts';

interface Props {
  region: Region;
  pointed: ReadonlySignal<Pointed | null>;
}

/** Name and main fact of the commune under the pointer. */
export function HoverCard({ region, pointed }: Props) {
  const at = pointed.value;
  if (!at) return null;
  const fact = workspaceOf(workspace.value).fact(region, at.unit);
  return (
    <div
      class={at.atRight ? 'hover-card at-right' : 'hover-card'}
      style={{ left: `${at.x}px`, top: `${at.y}px` }}
      aria-hidden="true"
    >
      <strong>{region.name[at.unit]}</strong>
      <span>{formatInhabitants(region.population[at.unit]!)}</span>
      {fact && <span>{fact}</span>}
    </div>
  );
}
