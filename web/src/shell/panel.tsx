import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { isPhone, setPanel } from '../state/panels.ts';

interface Props {
  side: 'left' | 'right';
  label: string;
  open: Signal<boolean>;
  children: ComponentChildren;
}

/** A panel beside the map that folds; on a phone, a sheet over it. */
export function Panel({ side, label, open, children }: Props) {
  const id = `panel-${side}`;
  const arrow = (side === 'left') === open.value ? '‹' : '›';
  return (
    <aside class={`panel panel-${side}${open.value ? '' : ' folded'}`} aria-label={label}>
      {!isPhone.value && (
        <button
          type="button"
          class="panel-fold"
          aria-expanded={open.value}
          aria-controls={id}
          aria-label={open.value ? `Replier\u00a0: ${label}` : `Déplier\u00a0: ${label}`}
          title={open.value ? 'Replier le panneau' : 'Déplier le panneau'}
          onClick={() => setPanel(side, !open.value)}
        >
          {arrow}
        </button>
      )}
      <div class="panel-body" id={id} hidden={!open.value}>
        {isPhone.value && (
          <button
            type="button"
            class="sheet-close"
            aria-label={`Fermer\u00a0: ${label}`}
            onClick={() => setPanel(side, false)}
          >
            ✕
          </button>
        )}
        {children}
      </div>
    </aside>
  );
}
