import { signal } from '@preact/signals';
import type { SharedTerritory } from '../../../server/contracts/sharing.ts';
import type { ApiFailure } from '../api/client.ts';
import { fetchShared, leaveComment } from '../api/sharing.ts';
import { announce } from '../state/announce.ts';
import { asFailure, readyValue, resource } from '../state/resource.ts';

/** Token in the path of the page; null where it is another page. */
export function sharedToken(path: string): string | null {
  const found = /^\/partage\/([^/]+)\/?$/.exec(path)?.[1];
  if (found === undefined) return null;
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

export const sharedTerritory = resource<SharedTerritory>();

export const loadShared = (token: string) =>
  sharedTerritory.show(token, (signal) => fetchShared(token, signal));

/** What is being written; kept when the commune chosen changes. */
export const commentText = signal('');
export const commentAuthor = signal('');
export const sending = signal(false);
export const sendFailure = signal<ApiFailure | null>(null);

/** Leaves what is written, on a unit code or (null) on the whole; true once it is there. */
export async function send(token: string, unit: string | null): Promise<boolean> {
  if (sending.peek()) return false;
  sending.value = true;
  sendFailure.value = null;
  try {
    const author = commentAuthor.peek().trim();
    const left = await leaveComment(token, {
      text: commentText.peek(),
      ...(author && { author }),
      ...(unit !== null && { unit }),
    });
    const shown = readyValue(sharedTerritory.state.peek());
    if (shown) {
      sharedTerritory.put(token, { ...shown, comments: [left, ...shown.comments] });
    }
    commentText.value = '';
    announce('Merci\u00a0: votre avis est enregistré.');
    return true;
  } catch (cause) {
    sendFailure.value = asFailure(cause);
    return false;
  } finally {
    sending.value = false;
  }
}
