import type { ComponentChildren, Ref } from 'preact';

interface Props {
  class: string;
  /** what it is called, or the id of what says it */
  label?: string;
  labelledBy?: string;
  area?: Ref<HTMLElement>;
  children: ComponentChildren;
}

/** What scrolls by itself: reached by Tab, then scrolled by the arrows, in browsers that don't see to it. */
export function ScrollArea({ class: name, label, labelledBy, area, children }: Props) {
  return (
    <section
      class={name}
      aria-label={label}
      aria-labelledby={labelledBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Safari gives what scrolls no focus of its own
      tabIndex={0}
      ref={area ?? null}
    >
      {children}
    </section>
  );
}
