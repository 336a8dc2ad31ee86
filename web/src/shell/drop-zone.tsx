import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  take(file: File): void;
  /** what a screen reader calls the field, where what it shows does not say enough */
  label?: string;
  /** names that the browser offers, as `accept` of an input */
  accept?: string;
  compact?: boolean;
  children: ComponentChildren;
}

/** A file, chosen or dropped; the same one can be taken twice. */
export function DropZone({ take, label, accept, compact = false, children }: Props) {
  const [over, setOver] = useState(false);
  const first = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) take(file);
  };
  return (
    <label
      class={`drop-zone${compact ? ' compact' : ''}${over ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        first(event.dataTransfer?.files);
      }}
    >
      <input
        class="visually-hidden"
        type="file"
        {...(label && { 'aria-label': label })}
        {...(accept && { accept })}
        onChange={({ currentTarget }) => {
          first(currentTarget.files);
          currentTarget.value = '';
        }}
      />
      <span class={compact ? 'button' : 'button primary'}>Choisir un fichier</span>
      <span>ou le déposer ici</span>
      <span class="quiet">{children}</span>
    </label>
  );
}
