import type { ComponentChildren } from 'preact';
import type { ApiFailure } from '../api/client.ts';
import { unbroken } from '../french/unbroken.ts';
import type { Loadable } from '../state/resource.ts';

interface FailureProps {
  error: ApiFailure;
  /** what it concerns, when its place does not say it */
  lead?: string;
  retry?: () => void;
}

/** What went wrong, beside the thing it concerns, with a way on when there is one. */
export function FailureNotice({ error, lead, retry }: FailureProps) {
  return (
    <div class="notice notice-error" role="alert">
      {lead && <p>{lead}</p>}
      <p>{unbroken(error.message)}</p>
      {error.requestId && <p class="quiet">Référence&nbsp;: {error.requestId}</p>}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          Réessayer
        </button>
      )}
    </div>
  );
}

interface LoadedProps<T> {
  state: Loadable<T>;
  what: string;
  retry?: () => void;
  children(value: T): ComponentChildren;
}

/** Shows a thing once it is there; its wait and its failure before that. */
export function Loaded<T>({ state, what, retry, children }: LoadedProps<T>) {
  if (state.status === 'failed') {
    return <FailureNotice error={state.error} {...(retry ? { retry } : {})} />;
  }
  if (state.status === 'ready') return <>{children(state.value)}</>;
  if (state.status === 'loading' && state.previous !== null) {
    return (
      <div class="refreshing" aria-busy="true">
        {children(state.previous)}
      </div>
    );
  }
  return (
    <p class="waiting" role="status">
      {what}…
    </p>
  );
}
