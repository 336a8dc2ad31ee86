import { useState } from 'preact/hooks';
import { workspace } from '../state/address.ts';
import { legendOpen } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { workspaceOf } from '../workspaces/registry.ts';
import { CircleSizes } from './circle-sizes.tsx';

export interface LegendEntry {
  /** class of the drawn sign, see map.css */
  sign:
    | 'area'
    | 'circle'
    | 'arrow'
    | 'outline'
    | 'amber'
    | 'solid'
    | 'dashed'
    | 'hatch'
    | 'drawn'
    | 'fragile'
    | 'poleless'
    | 'bare'
    | 'changed'
    | 'locked'
    | 'standing-recognised'
    | 'standing-deposited'
    | 'standing-draft'
    | 'uncovered';
  label: string;
  colour?: string;
  /** circles of the map in their true sizes, radius in px, and what each stands for */
  sizes?: { radius: number; label: string }[];
}

interface Props {
  region: Region;
  /** folded until asked for, whatever it is elsewhere: the maps have no room to lose */
  cramped: boolean;
}

export function Legend({ region, cramped }: Props) {
  const { title, entries, note } = workspaceOf(workspace.value).legend(region);
  const [asked, setAsked] = useState(false);
  const open = cramped ? asked : legendOpen.value;
  return (
    <section class="legend" aria-label="Légende">
      <button
        type="button"
        class="legend-fold"
        aria-expanded={open}
        aria-controls="legend-body"
        onClick={() => {
          if (cramped) setAsked(!open);
          else legendOpen.value = !open;
        }}
      >
        {open ? title : 'Légende'} <span aria-hidden="true">{open ? '▾' : '▴'}</span>
      </button>
      <div id="legend-body" hidden={!open}>
        <ul>
          {entries.map(({ sign, label, colour, sizes }) => (
            <li key={label}>
              <span
                class={`sign sign-${sign}`}
                style={colour ? { backgroundColor: colour } : {}}
                aria-hidden="true"
              />
              <span>
                {label}
                {sizes && <CircleSizes sizes={sizes} />}
              </span>
            </li>
          ))}
        </ul>
        {note && <p class="quiet">{note}</p>}
      </div>
    </section>
  );
}
