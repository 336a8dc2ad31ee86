// @vitest-environment happy-dom

import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FlowDataset } from '../../server/contracts/flow-datasets.ts';
import { defaultPoleParameters } from '../../server/contracts/poles.ts';
import { datasets, poles } from '../../web/src/state/analysis.ts';
import { boot } from '../../web/src/state/boot.ts';
import { loadFlows } from '../../web/src/state/region-flows.ts';
import { CommuneCard } from '../../web/src/workspaces/analyse/commune-card.tsx';
import { matrixBytes } from './matrix-bytes.ts';
import { refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(2, 2);
let host: HTMLElement;
beforeEach(() => {
  host = document.createElement('div');
  boot.value = { phase: 'ready', region };
});
afterEach(() => {
  render(null, host);
  vi.unstubAllGlobals();
  for (const each of [datasets, poles]) each.clear();
});

const set = (kind: FlowDataset['kind']): FlowDataset => ({
  id: 1,
  name: 'Essai',
  kind,
  provenance: '',
  parameters: {},
  specialties: [{ key: 's', label: 'S', patients: 1190, maskedCells: kind === 'extract' ? 2 : 0 }],
  createdAt: kind,
});
const said = () => host.textContent?.replace(/\s/g, ' ') ?? '';
const show = () => act(() => render(<CommuneCard region={region} unit={0} />, host));

it('says that the poles are on their way, then why they did not come', async () => {
  datasets.put('all', [set('modelled')]);
  await show();
  expect(said()).toContain('Calcul des pôles d’attraction…');
  serve({ 'GET /api/flow-datasets/1/poles': () => refusal(500, 'Le serveur est tombé.') });
  await act(async () => {
    poles.show({ dataset: 1, run: null, specialty: 'all' });
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  expect(said()).toContain('Le serveur est tombé.');
  expect(said()).toContain('Réessayer');
  expect(said()).not.toContain('…');
});

it.each([
  ['modelled' as const, 'Parts modélisées : un patient par habitant et par spécialité ;'],
  [
    'extract' as const,
    '1 200 patients par an au départ de Olivet, dont 2 cellules masquées comptées pour 5 ;',
  ],
])('says what the figures of a dataset %s are', async (kind, sentence) => {
  datasets.put('all', [set(kind)]);
  poles.put({
    parameters: { ...defaultPoleParameters, run: 1, dataset: 1, specialty: 'all' },
    poles: [
      {
        code: '01001',
        name: 'Olivet',
        communes: 1,
        population: 1000,
        patients: 1200,
        li: 1,
        msi: 1,
        net: null,
        rank: 'dominant',
      },
    ],
    communes: [
      {
        code: '01001',
        pole: '01001',
        patients: 1200,
        rate: 1,
        second: null,
        gap: null,
        entropy: 1,
        agreement: 1,
        fragile: true,
      },
    ],
  });
  serve({
    'GET /api/flow-datasets/1/matrix': () => matrixBytes(['01001'], [[0, 0, 1190, 2]]),
  });
  await act(async () => {
    loadFlows();
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  await show();
  expect(said()).toContain(sentence);
  expect(said()).toContain('comme si ses patients se partageaient à égalité entre 2 communes');
  // Nothing is masked in modelled flows: nothing there is fragile.
  expect(said().includes('Fragile')).toBe(kind === 'extract');
});
