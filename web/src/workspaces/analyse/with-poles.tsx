import type { ComponentChildren } from 'preact';
import { FailureNotice, Loaded } from '../../shell/notice.tsx';
import { analysis, go } from '../../state/address.ts';
import { datasets, loadDatasets, loadPoles, poleMap, poles } from '../../state/analysis.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { readyValue } from '../../state/resource.ts';

/** What needs the poles, once they are there; their wait, or what keeps them away, before that. */
export function WithPoles({ children }: { children(map: PoleMap): ComponentChildren }) {
  const list = datasets.state.value;
  if (list.status === 'failed') {
    return <FailureNotice error={list.error} retry={() => void loadDatasets()} />;
  }
  if (readyValue(list)?.length === 0) return <p class="empty">Aucun jeu de flux n’est chargé.</p>;
  const state = poles.state.value;
  if (state.status === 'failed' && analysis.value !== null) {
    return (
      <>
        <FailureNotice error={state.error} retry={loadPoles} />
        <button type="button" class="button" onClick={() => go({ analysis: null })}>
          Revenir à l’analyse par défaut
        </button>
      </>
    );
  }
  return (
    <Loaded state={state} what="Calcul des pôles d’attraction" retry={loadPoles}>
      {() => poleMap.value && children(poleMap.value)}
    </Loaded>
  );
}
