import { useEffect, useId, useState } from 'preact/hooks';
import { frame } from '../map/frame.ts';
import { select, selection } from '../state/address.ts';
import { announce } from '../state/announce.ts';
import { isPhone, setPanel } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { findCommunes } from './find-communes.ts';

/** Combobox over the communes in memory: name without accents, or INSEE code. */
export function CommuneSearch({ region }: { region: Region }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const chosen = selection.value?.kind === 'unit' ? selection.value.code : null;
  // A commune chosen elsewhere must not stand under the name of an older search.
  useEffect(() => {
    const unit = region.indexOf.get(chosen ?? '');
    setText(unit === undefined ? '' : region.name[unit]!);
  }, [chosen, region]);
  const found = open ? findCommunes(region, text) : [];

  function choose(unit: number | undefined) {
    if (unit === undefined) return;
    setText(region.name[unit]!);
    setOpen(false);
    select({ kind: 'unit', code: region.code[unit]! });
    frame.point(region.lon[unit]!, region.lat[unit]!);
    if (!isPhone.value) setPanel('right', true);
    announce(`${region.name[unit]} sélectionnée.`);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      setOpen(false);
      setText('');
    } else if (event.key === 'Enter') {
      choose(found[active]);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (found.length > 0) setActive((active + step + found.length) % found.length);
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: `search` is not yet known to every reader
    <div class="search" role="search">
      <input
        id="commune-search"
        type="text"
        role="combobox"
        aria-label="Rechercher une commune, par nom ou code INSEE"
        aria-expanded={open && found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${active}`}
        placeholder="Commune ou code INSEE"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        class="search-list"
        role="listbox"
        id={`${id}-list`}
        aria-label="Communes trouvées"
        hidden={!open || text.trim() === ''}
      >
        {found.map((unit, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
          <div
            key={region.code[unit]}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            // Before the input loses the focus, which closes the list.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(unit)}
          >
            <span>{region.name[unit]}</span>
            <span class="quiet figure">{region.code[unit]}</span>
          </div>
        ))}
        {open && found.length === 0 && (
          <p class="empty">Aucune commune de la région ne correspond.</p>
        )}
      </div>
    </div>
  );
}
