import { AsyncLocalStorage } from 'node:async_hooks';

/** A request that is being worked for. */
export interface RequestScope {
  id: string;
  /** account of who calls, null where nobody is signed in */
  account: number | null;
}

const scope = new AsyncLocalStorage<RequestScope>();

/**
 * Does work on behalf of a request. What it changes, and what it starts, is traced under the number
 * of the request and the account of its caller; no function in between has to hand them on, and none
 * can forget to.
 */
export function onBehalfOf<T>(request: RequestScope, work: () => T): T {
  return scope.run(request, work);
}

/** Keeps the request that is being worked for, to do something later on its behalf. */
export const keptRequest = (): (<T>(work: () => T) => T) => AsyncLocalStorage.snapshot();

/** The request that is being worked for; null for the program's own doing. */
export function currentRequest(): RequestScope | null {
  return scope.getStore() ?? null;
}
