import type { ComponentChildren } from 'preact';
import { FailureNotice } from '../../shell/notice.tsx';
import { flowState, loadFlows, type RegionFlows, regionFlows } from '../../state/region-flows.ts';

/** What needs the flows of the analysis shown, once they are there. */
export function WithFlows({ children }: { children(flows: RegionFlows): ComponentChildren }) {
  const flows = regionFlows.value;
  if (flows) return <>{children(flows)}</>;
  const state = flowState.value;
  if (state.status === 'failed') return <FailureNotice error={state.error} retry={loadFlows} />;
  return (
    <p class="waiting" role="status">
      Chargement des flux…
    </p>
  );
}
