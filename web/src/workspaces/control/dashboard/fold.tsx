import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { formatCount } from '../../../french/numbers.ts';

interface Props<T> {
  title: string;
  items: readonly T[];
  /** how many are shown before more is asked for */
  most?: number;
  /** said in place of an empty list; without it the part is not there at all */
  empty?: ComponentChildren;
  /** of each item, its `<li>` with a key */
  children(item: T): ComponentChildren;
}

/** A part of the dashboard: how many, the first of them, the others on demand. */
export function Fold<T>({ title, items, most = 5, empty, children }: Props<T>) {
  const id = useId();
  const [all, setAll] = useState(false);
  if (items.length === 0 && empty === undefined) return null;
  const shown = all ? items : items.slice(0, most);
  const left = items.length - most;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} {items.length > 0 && <span class="quiet figure">{formatCount(items.length)}</span>}
      </h2>
      {items.length === 0 ? <p class="quiet">{empty}</p> : null}
      <ul class="items">{shown.map(children)}</ul>
      {left > 0 && (
        <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'En montrer moins' : `Montrer les ${formatCount(left)} autres`}
        </button>
      )}
    </section>
  );
}
