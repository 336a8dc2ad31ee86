// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { readCommuneList } from '../../server/imports/territory/commune-list.ts';
import { clearDraft, draftUnits, undo } from '../../web/src/state/draft.ts';
import { PasteList } from '../../web/src/workspaces/draw/paste-list.tsx';
import { refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);
const host = document.createElement('div');
const text = () => host.textContent?.replace(/\s/g, ' ') ?? '';
const drawn = () => [...draftUnits.value].sort();
const route = 'POST /api/territory-files';

afterEach(() => {
  render(null, host);
  clearDraft();
  vi.unstubAllGlobals();
});

async function paste(list: string) {
  await act(() => render(<PasteList region={region} />, host));
  const area = host.querySelector('textarea')!;
  await act(() => {
    area.value = list;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  host.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.waitFor(() => expect(host.querySelector('.paste-result')).not.toBeNull());
}

it('follows the communes merged since, in the gesture that adds the others', async () => {
  let asked: unknown;
  serve({
    [route]: async (_path, init) => {
      asked = readCommuneList(await (init.body as File).text(), 'liste.csv', 'liste');
      const territory = {
        name: 'liste',
        by: 'list',
        units: [{ code: '01003', share: 1 }],
        outline: null,
        unmatched: ['Nulle "Part" ailleurs'],
        ambiguous: [{ text: 'Double (45)', codes: ['01004', '01005'] }],
        byName: [],
        followed: [{ text: '45997 Vieille', code: '01003' }],
      };
      return { kind: 'csv', territories: [territory], remarks: [] };
    },
  });
  await paste('01001\nVieille - 45997\nNulle "Part" ailleurs\nDouble (45)');
  expect(asked).toMatchObject([
    {
      units: [
        { text: '45997 Vieille', code: '45997', name: 'Vieille' },
        { text: 'Nulle "Part" ailleurs', code: null, name: 'Nulle "Part" ailleurs' },
        { text: 'Double', name: 'Double', department: '45' },
      ],
    },
  ]);
  expect(drawn()).toEqual([0, 2]);
  expect(text()).toContain('« Vieille - 45997 » → Saint-Hilaire 01003');
  expect(text()).toContain('1 texte sans commune dans la région :Nulle "Part" ailleurs');
  expect(text()).toContain('« Double (45) » peut être plusieurs communes');
  undo();
  expect(drawn()).toEqual([]);
});

it('adds what it knows by itself when the server knows no better, or does not answer', async () => {
  serve({ [route]: () => refusal(422, 'Rien n’est dans la région.', 'outside_region') });
  await paste('01001\nAilleurs');
  expect(drawn()).toEqual([0]);
  expect(host.querySelector('[role="alert"]')).toBeNull();
  render(null, host);
  serve({});
  await paste('01002\nAilleurs');
  expect(drawn()).toEqual([0, 1]);
  expect(text()).toContain('Les communes fusionnées n’ont pas été cherchées.');
  expect(text()).toContain('1 texte sans commune dans la région :Ailleurs');
});

it('asks nothing of the server for a list of communes of today', async () => {
  const calls = serve({});
  await paste('01001\nOrléans');
  expect(drawn()).toEqual([0, 1]);
  expect(calls).toEqual([]);
});
