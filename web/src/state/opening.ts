import { signal } from '@preact/signals';

/**
 * True from the start of the page until its first map is drawn: what that map does not show is read
 * afterwards, for the browser and the server have two hands.
 */
export const opening = signal(false);

/** A browser that draws no map must not wait for one for ever, ms. */
const PATIENCE = 20_000;

export function beginOpening(): void {
  opening.value = true;
  setTimeout(endOpening, PATIENCE);
}

export function endOpening(): void {
  opening.value = false;
}
