import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { dialog as shown } from '../state/panels.ts';
import { ScrollArea } from './scroll-area.tsx';

interface Props {
  name: NonNullable<typeof shown.value>;
  title: string;
  /** takes the window, for work that has tables in it */
  wide?: boolean;
  children: ComponentChildren;
}

/** A sheet over everything; Échap closes it and the focus goes back to where it was. */
export function Dialog({ name, title, wide, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const id = useId();
  const open = shown.value === name;
  useLayoutEffect(() => {
    if (open) {
      before.current = document.activeElement as HTMLElement | null;
      dialog.current?.showModal();
    } else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      class={wide ? 'dialog dialog-wide' : 'dialog'}
      ref={dialog}
      aria-labelledby={id}
      onClose={() => {
        if (shown.peek() === name) shown.value = null;
        before.current?.focus();
      }}
    >
      <header class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Fermer"
          title="Fermer (Échap)"
          onClick={() => dialog.current?.close()}
        >
          ✕
        </button>
      </header>
      <ScrollArea class="dialog-body" labelledBy={id}>
        {children}
      </ScrollArea>
    </dialog>
  );
}
