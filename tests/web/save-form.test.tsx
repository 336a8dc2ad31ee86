// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { boot } from '../../web/src/state/boot.ts';
import { cptsList, overlaps } from '../../web/src/state/cpts.ts';
import { addUnits, clearDraft, openCpts, openNew } from '../../web/src/state/draft.ts';
import { SaveForm } from '../../web/src/workspaces/draw/save-form.tsx';
import { page, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);
const cpts = (units: number[], version: number) =>
  ({
    id: 1,
    name: 'CPTS du Giennois',
    status: 'idea',
    version,
    createdAt: '',
    units: units.map((unit) => region.code[unit]!),
  }) as Cpts;
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

function type(label: string, value: string): void {
  const field = [...document.querySelectorAll('label')].find((one) =>
    one.textContent?.startsWith(label),
  )!;
  const input = field.querySelector<HTMLInputElement>('input, textarea')!;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

afterEach(() => {
  vi.unstubAllGlobals();
  render(null, document.body);
  clearDraft();
  openNew();
  clearDraft();
});

it('a version is saved with the name and the note it is given, which the next does not keep', async () => {
  boot.value = { phase: 'ready', region };
  cptsList.put('all', [cpts([0], 4)]);
  overlaps.put('all', []);
  const sent: unknown[] = [];
  serve({
    'PUT /api/cpts/1/territory': (_, { body }) => {
      sent.push(JSON.parse(String(body)));
      return cpts([0, 1], 5);
    },
    'GET /api/cpts': () => page([cpts([0, 1], 5)]),
    'GET /api/overlaps': () => page([]),
  });
  openCpts(cpts([0], 4));
  addUnits([1]);
  render(<SaveForm region={region} />, document.body);
  type('Nom de la version', ' Après la réunion de Gien ');
  await settled();
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settled();
  expect(sent).toEqual([
    { basedOn: 4, added: [region.code[1]], removed: [], label: 'Après la réunion de Gien' },
  ]);
  await settled();
  expect(document.querySelector('input')?.value).toBe('');
  expect(document.body.textContent).toContain('Rien n’a changé depuis la version 5');
});
