import { computed, effect, signal } from '@preact/signals';
import type { Session } from '../../../server/contracts/accounts.ts';
import { type Actor, localActor, type Right } from '../../../server/core/accounts/actor.ts';
import * as scope from '../../../server/core/accounts/scope.ts';
import { fetchSession } from '../api/accounts.ts';
import { whenSignedOut } from '../api/client.ts';
import { announce } from './announce.ts';
import { start } from './boot.ts';
import { allCpts } from './cpts.ts';

/** Who works here; null until the server said. */
export const session = signal<Session | null>(null);

/** What the address asked for on arrival. */
export type Arrival =
  | { kind: 'first'; token: string }
  | { kind: 'invitation'; token: string }
  | { kind: 'refused'; code: string };
export const arrival = signal<Arrival | null>(null);

/** The session ended while one worked. */
export const expired = signal(false);

/** Whether one has to say who one is before anything else. */
export const atTheDoor = computed(() => {
  const now = session.value;
  if (arrival.value && arrival.value.kind !== 'refused') return true;
  return expired.value || (now?.mode === 'accounts' && now.account === null);
});

/** Whoever works here, as the rules of the core see them. Until the server said, it decides. */
export const actor = computed<Actor>(() => {
  const now = session.value;
  if (!now?.account) return localActor;
  const { id: account, name, role, cpts, departments } = now.account;
  return { account, name, role, cpts, departments };
});

/** Whether the role of whoever works here may do something. */
export const can = (right: Right): boolean => session.value?.rights.includes(right) ?? true;

export const mayEdit = (cpts: { id: number }): boolean => scope.mayEdit(actor.value, cpts);
export const mayDecide = (departments: readonly string[]): boolean =>
  scope.mayDecide(actor.value, departments);

/** Takes what the server answers of who works here, and opens the page if it was not. */
export function becomes(now: Session): void {
  const wasOut = atTheDoor.peek();
  arrival.value = null;
  expired.value = false;
  session.value = now;
  if (wasOut && !atTheDoor.peek()) {
    announce(`Connexion faite\u00a0: ${now.account?.name ?? ''}.`);
    void start();
  }
}

/** Reads again who works here, as after they created a CPTS that they now lead. */
async function readSession(): Promise<void> {
  const now = await fetchSession().catch(() => null);
  if (now) session.value = now;
}

/**
 * Opens the page and asks who works here at the same time: without accounts nobody waits for the
 * answer. While the server loads it does not know.
 */
export async function enter(): Promise<void> {
  arrival.value = takeArrival();
  whenSignedOut(() => {
    if (session.peek()?.account) expired.value = true;
    else void readSession();
  });
  followLed();
  const opening = start();
  await readSession();
  if (session.peek() === null) {
    await opening;
    await readSession();
  }
}

/** A leader leads what they create: the server knows, once there is one more. */
function followLed(): void {
  let known = Number.POSITIVE_INFINITY;
  effect(() => {
    const count = allCpts.value.length;
    if (count > known && session.peek()?.account?.role === 'leader') void readSession();
    known = count;
  });
}

/** Reads what follows the `#`, and takes it out of the address: it holds a secret. */
function takeArrival(): Arrival | null {
  const words = new URLSearchParams(location.hash.slice(1));
  const first = words.get('premier');
  const invitation = words.get('invitation');
  const refused = words.get('connexion');
  if (first === null && invitation === null && refused === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  if (first !== null) return { kind: 'first', token: first };
  if (invitation !== null) return { kind: 'invitation', token: invitation };
  return { kind: 'refused', code: refused ?? '' };
}
