import { type ReadonlySignal, signal } from '@preact/signals';
import { ApiFailure } from '../api/client.ts';

export type Loadable<T> =
  | { status: 'idle' }
  | { status: 'loading'; previous: T | null }
  | { status: 'ready'; value: T }
  | { status: 'failed'; error: ApiFailure };

export interface Resource<T> {
  state: ReadonlySignal<Loadable<T>>;
  /** Loads unless this key is already there; a newer key makes an older answer void. */
  show(key: string, load: (signal: AbortSignal) => Promise<T>): Promise<void>;
  /** Puts a value at hand in place of a load, as when the server just answered a write. */
  put(key: string, value: T): void;
  clear(): void;
}

/** One thing the page shows that comes from the server, with its waits and failures. */
export function resource<T>(): Resource<T> {
  const state = signal<Loadable<T>>({ status: 'idle' });
  let current: string | null = null;
  let controller = new AbortController();

  function replace(key: string | null) {
    controller.abort();
    controller = new AbortController();
    current = key;
    return controller.signal;
  }

  return {
    state,
    async show(key, load) {
      if (current === key && state.peek().status !== 'failed') return;
      const abort = replace(key);
      state.value = { status: 'loading', previous: readyValue(state.peek()) };
      try {
        const value = await load(abort);
        if (!abort.aborted) state.value = { status: 'ready', value };
      } catch (cause) {
        if (!abort.aborted) state.value = { status: 'failed', error: asFailure(cause) };
      }
    },
    put(key, value) {
      replace(key);
      state.value = { status: 'ready', value };
    },
    clear() {
      replace(null);
      state.value = { status: 'idle' };
    },
  };
}

export function readyValue<T>(state: Loadable<T>): T | null {
  if (state.status === 'ready') return state.value;
  return state.status === 'loading' ? state.previous : null;
}

export function asFailure(cause: unknown): ApiFailure {
  if (cause instanceof ApiFailure) return cause;
  console.error(cause);
  return new ApiFailure({
    code: 'page_error',
    message: 'La page a rencontré une erreur\u00a0: rechargez-la.',
    status: 0,
  });
}
