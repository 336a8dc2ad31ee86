import type { TargetedKeyboardEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Region } from '../state/region.ts';
import { findCommunes } from './find-communes.ts';

interface Props {
  region: Region;
  label: string;
  placeholder: string;
  id?: string;
  text: string;
  setText(text: string): void;
  choose(unit: number): void;
  /** Enter was pressed once more, on what was chosen */
  again?(): void;
}

/** Combobox over the communes in memory: name without accents, or INSEE code. */
export function CommuneCombobox({ region, label, placeholder, text, ...rest }: Props) {
  const { setText, choose } = rest;
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const found = open ? findCommunes(region, text) : [];

  function take(unit: number | undefined) {
    if (unit === undefined) return;
    setOpen(false);
    choose(unit);
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape') {
      // Nothing left to close or clear: the keys are the page's again.
      if (!open && text === '') event.currentTarget.blur();
      setOpen(false);
      setText('');
    } else if (event.key === 'Enter') {
      // In a form it would send it.
      event.preventDefault();
      if (!open && text !== '') rest.again?.();
      else if (found[active] !== undefined) {
        take(found[active]);
        // What is typed next, however soon, looks for another one.
        event.currentTarget.value = region.name[found[active]!]!;
        event.currentTarget.select();
      }
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (found.length > 0) setActive((active + step + found.length) % found.length);
    }
  }

  return (
    <>
      <input
        id={rest.id}
        class="input"
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={open && found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${active}`}
        placeholder={placeholder}
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
            onClick={() => take(unit)}
          >
            <span>{region.name[unit]}</span>
            <span class="quiet figure">{region.code[unit]}</span>
          </div>
        ))}
        {open && found.length === 0 && (
          <p class="empty">Aucune commune de la région ne correspond.</p>
        )}
      </div>
    </>
  );
}
