import { signal } from '@preact/signals';

/** What the live region says: short sentences for those who don't see the map change. */
export const announcement = signal('');

export function announce(sentence: string): void {
  announcement.value = sentence;
}
