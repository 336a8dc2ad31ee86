import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<string>();

/**
 * Does work on behalf of a request. What it changes, and what it starts, is traced under the number
 * of the request; no function in between has to hand it on, and none can forget to.
 */
export function onBehalfOf<T>(requestId: string, work: () => T): T {
  return scope.run(requestId, work);
}

/** Number of the request that is being worked for; null for the program's own doing. */
export function currentRequest(): string | null {
  return scope.getStore() ?? null;
}
