import { signal } from '@preact/signals';

/** Unit that the pointer rests on, for what the map draws of it; null elsewhere. */
export const restingOn = signal<number | null>(null);

/** How long the pointer must rest: arrows that follow every move of it would only flicker. */
const REST_MS = 120;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Told of each unit the pointer comes over. */
export function rest(unit: number | null): void {
  clearTimeout(timer);
  if (unit === null) {
    restingOn.value = null;
    return;
  }
  timer = setTimeout(() => {
    restingOn.value = unit;
  }, REST_MS);
}
