import type { ReadonlySignal } from '@preact/signals';
import { formatInhabitants } from '../french/numbers.ts';
import type { Pointed } from '../map/pointer.ts';
import type { Region } from '../state/region.ts';

interface Props {
  region: Region;
  pointed: ReadonlySignal<Pointed | null>;
  /** main fact of a unit on this map */
  fact(unit: number): string | null;
}

/** Name and main fact of the commune under the pointer. */
export function HoverCard({ region, pointed, fact: factOf }: Props) {
  const at = pointed.value;
  if (!at) return null;
  const fact = factOf(at.unit);
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
