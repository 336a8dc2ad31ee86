import { useEffect, useRef, useState } from 'preact/hooks';
import { frame } from '../map/frame.ts';
import { select, selection, workspace } from '../state/address.ts';
import { announce } from '../state/announce.ts';
import { isPhone, setPanel } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { workspaceOf } from '../workspaces/registry.ts';
import { CommuneCombobox } from './commune-combobox.tsx';

/** Finds a commune on the map. */
export function CommuneSearch({ region }: { region: Region }) {
  const [text, setText] = useState('');
  const chosen = selection.value?.kind === 'unit' ? selection.value.code : null;
  /** chosen here: its name was written at once, and another may be on its way over it */
  const own = useRef<string | null>(null);
  // A commune chosen elsewhere must not stand under the name of an older search.
  useEffect(() => {
    if (own.current === chosen && chosen !== null) return;
    own.current = null;
    const unit = region.indexOf.get(chosen ?? '');
    setText(unit === undefined ? '' : region.name[unit]!);
  }, [chosen, region]);

  const again = workspaceOf(workspace.value).onEnter;
  function choose(unit: number) {
    setText(region.name[unit]!);
    own.current = region.code[unit]!;
    select({ kind: 'unit', code: region.code[unit]! });
    frame.point(region.lon[unit]!, region.lat[unit]!);
    if (!isPhone.value) setPanel('right', true);
    const next = again ? ' Entrée encore l’ajoute au dessin ou l’en retire.' : '';
    announce(`${region.name[unit]} sélectionnée.${next}`);
  }

  return (
    <search class="search">
      <CommuneCombobox
        region={region}
        id="commune-search"
        label="Rechercher une commune, par nom, code INSEE ou code postal"
        placeholder="Commune, code INSEE ou postal"
        text={text}
        setText={setText}
        choose={choose}
        again={() => {
          const unit = region.indexOf.get(chosen ?? '');
          if (unit !== undefined && text === region.name[unit]) again?.(region);
        }}
      />
    </search>
  );
}
