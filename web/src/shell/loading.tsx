import { formatShare } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';
import type { Boot } from '../state/boot.ts';
import { start } from '../state/boot.ts';
import { ProgressBar } from './progress.tsx';

/** What stands in for the page while the region is not there. */
export function LoadingScreen({ state }: { state: Exclude<Boot, { phase: 'ready' }> }) {
  return (
    <main class="loading">
      <div class="loading-card">
        <h1 class="brand">Maillage</h1>
        {state.phase === 'failed' ? (
          <Failed message={state.message} requestId={state.requestId} />
        ) : (
          <Progress state={state} />
        )}
      </div>
    </main>
  );
}

function Progress({ state }: { state: Exclude<Boot, { phase: 'ready' | 'failed' }> }) {
  if (state.phase === 'connecting') return <p role="status">Chargement de la région…</p>;
  return (
    <>
      <p role="status">
        {state.step}
        {state.progress > 0 ? (
          <>
            {' '}
            — <span class="figure">{formatShare(state.progress)}</span>
          </>
        ) : (
          '…'
        )}
      </p>
      <ProgressBar label={state.step} value={state.progress || null} />
      <p class="quiet">
        Premier démarrage&nbsp;: les communes, les flux et une première proposition se préparent,
        une minute environ. Cette page s’ouvrira d’elle-même.
      </p>
    </>
  );
}

function Failed({ message, requestId }: { message: string; requestId: string | null }) {
  return (
    <div role="alert">
      <p class="notice notice-error">{unbroken(message)}</p>
      {requestId && <p class="quiet">Référence de la demande&nbsp;: {requestId}</p>}
      <button type="button" class="button primary" onClick={() => void start()}>
        Réessayer
      </button>
    </div>
  );
}
