// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultProposalParameters } from '../../server/contracts/proposals.ts';
import { ApiFailure } from '../../web/src/api/client.ts';
import { go, homeAddress } from '../../web/src/state/address.ts';
import { datasets } from '../../web/src/state/analysis.ts';
import { boot } from '../../web/src/state/boot.ts';
import {
  asked,
  COUNT_FIELD,
  formOpen,
  otherWishesOpen,
  partOf,
  resetWishes,
  wish,
  wishes,
} from '../../web/src/state/proposal-wishes.ts';
import { lastEnd, runFailure, underWay } from '../../web/src/state/proposals.ts';
import { Form } from '../../web/src/workspaces/analyse/run-form/form.tsx';
import { RunForm } from '../../web/src/workspaces/analyse/run-form/run-form.tsx';
import { serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 2);
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const shown = () => (document.body.textContent ?? '').replace(/\s/g, ' ');
const button = (name: string, among: ParentNode = document.body) =>
  [...among.querySelectorAll('button')].find((each) => each.textContent?.startsWith(name))!;
const group = (label: string) =>
  [...document.querySelectorAll('.field')].find(
    (field) => field.querySelector('span')?.textContent === label,
  )!;

beforeEach(() => {
  serve({});
  go(homeAddress);
  resetWishes();
  for (const said of [lastEnd, runFailure, underWay]) said.value = null;
  for (const folded of [formOpen, otherWishesOpen]) folded.value = false;
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

async function open() {
  render(<Form region={region} />, document.body);
  await settled();
}

async function pick(name: string, label: string) {
  const field = document.querySelector<HTMLInputElement>(`[aria-label^="${label}"]`)!;
  field.value = name;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settled();
}

it('sends what was wished, in the terms of the API', async () => {
  const sent: unknown[] = [];
  serve({
    'POST /api/proposals': (_, init) => {
      sent.push(JSON.parse(String(init.body)));
      return { id: 2, status: 'queued', progress: 0, best: null };
    },
  });
  await open();
  button('Rapide').click();
  button('Assez', group('Pôles séparés')).click();
  button('Imposé').click();
  button('Départements').click();
  await pick('olivet', 'Ensemble');
  await pick('orleans', 'Ensemble');
  await pick('olivet', 'Séparées');
  await pick('ay', 'Séparées');
  button('Proposer des territoires').click();
  await settled();
  expect(sent).toMatchObject([
    {
      effort: 'quick',
      weights: { border: 0.05, poles: 0.1 },
      territories: wishes.value.territories,
      walls: 'department',
      scope: { kind: 'all' },
      together: [[region.code[0], region.code[1]]],
      apart: [[region.code[0], region.code[5]]],
    },
  ]);
});

it('sends nothing that contradicts itself, and says where', async () => {
  const calls = serve({});
  wish({ together: [['01001', '01002']], apart: [['01002', '01001']] });
  await open();
  expect(document.querySelector('[role=alert]')?.textContent).toContain('à la fois ensemble');
  expect(document.querySelector('details')?.open).toBe(true);
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  wish({ apart: [], floor: 90_000, ceiling: 80_000 });
  await settled();
  expect(document.querySelector('[role=alert]')?.textContent).toContain('plancher dépasse');
  wish({ floor: 30_000, scope: { kind: 'departments', codes: [] } });
  await settled();
  expect(document.querySelector('[role=alert]')?.textContent).toContain('au moins un département');
  // A run that an earlier test left is still asked for.
  expect(calls.filter((call) => call.startsWith('POST'))).toEqual([]);
});

it('names the two communes that contradict each other', async () => {
  boot.value = { phase: 'ready', region } as never;
  const pair = [region.code[0]!, region.code[1]!] as [string, string];
  wish({ together: [pair], apart: [pair] });
  await open();
  expect(document.querySelector('[role=alert]')?.textContent).toContain(
    `${region.name[0]} et ${region.name[1]} sont à la fois ensemble`,
  );
});

it('asks for a department once a run is tried or one is unticked, not before', async () => {
  const calls = serve({});
  await open();
  const choice = [...document.querySelectorAll<HTMLInputElement>('input[name=scope]')][1]!;
  choice.click();
  await settled();
  expect(document.querySelector('[role=alert]')).toBeNull();
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settled();
  expect(document.querySelector('[role=alert]')?.textContent).toContain('au moins un département');
  // A run that an earlier test left is still asked for.
  expect(calls.filter((call) => call.startsWith('POST'))).toEqual([]);
});

it('says what the choice means, not another one', async () => {
  await open();
  expect(shown()).not.toContain('Aucun territoire ne franchit');
  button('Départements').click();
  await settled();
  expect(shown()).toContain('Aucun territoire ne franchit une limite de département');
  button('Imposé').click();
  await settled();
  expect(shown()).toContain('compte exactement ce nombre');
});

it('lets another dataset be chosen, and its specialties be weighed', async () => {
  const specialty = (key: string) => ({ key, label: key.toUpperCase(), maskedCells: 0 });
  datasets.put('all', [
    { id: 1, name: 'Modèle', specialties: [specialty('mg')] },
    { id: 2, name: 'Extrait', specialties: [specialty('mg'), specialty('cardio')] },
  ] as never);
  wish({ specialtyWeights: { autre: 3 } });
  await open();
  const flows = document.querySelector<HTMLSelectElement>('select')!;
  expect(flows.selectedOptions[0]?.textContent).toContain('Modèle');
  flows.value = '2';
  flows.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
  const weights = [...document.querySelectorAll('details')].find((each) =>
    each.textContent?.startsWith('Poids par spécialité'),
  )!;
  const [, cardio] = weights.querySelectorAll('input');
  cardio!.value = '2.5';
  cardio!.dispatchEvent(new Event('input', { bubbles: true }));
  expect(asked(wishes.value, 1)).toMatchObject({
    flowDataset: 2,
    specialtyWeights: { cardio: 2.5 },
  });
  expect(wishes.value.specialtyWeights).not.toHaveProperty('autre');
  datasets.clear();
});

it('counts a wish given twice once', () => {
  wish({
    together: [
      ['b', 'a'],
      ['a', 'b'],
      ['a', 'c'],
    ],
  });
  expect(asked(wishes.value, 4)).toMatchObject({
    flowDataset: 4,
    together: [
      ['a', 'b'],
      ['a', 'c'],
    ],
  });
});

it.each([
  ['band_inverted', undefined, 'band'],
  ['unknown_specialty', undefined, 'specialty'],
  ['unknown_units', { codes: ['99'], departments: ['45'] }, 'scope'],
  ['unknown_units', { codes: ['45999'] }, 'pairs'],
  ['contradictory_wishes', { units: ['45234', '45232'] }, 'pairs'],
  ['too_many_runs', undefined, 'whole'],
])('puts the refusal %s with %o beside the %s', async (code, details, part) => {
  const error = new ApiFailure({ code, message: 'Ce n’est pas possible.', status: 422, details });
  expect(partOf(error)).toBe(part);
  runFailure.value = error;
  await open();
  // What concerns no part is said under the whole form, by the card around it.
  expect(document.querySelectorAll('[role=alert]')).toHaveLength(part === 'whole' ? 0 : 1);
});

it('says that a run is prepared or waits, in place of a share of nothing', async () => {
  underWay.value = { id: 7, status: 'running', progress: 0, best: null } as never;
  render(<RunForm />, document.body);
  expect(shown()).toContain('nᵒ 7 en préparation');
  expect(document.querySelector('progress')?.hasAttribute('value')).toBe(false);
  underWay.value = { id: 7, status: 'queued', progress: 0, best: null } as never;
  await settled();
  expect(shown()).toContain('nᵒ 7 en attente de son tour');
});

it('shows the best figures of the run under way, and stops it', async () => {
  const calls = serve({ 'POST /api/proposals/7/cancel': () => ({}) });
  underWay.value = {
    id: 7,
    status: 'running',
    progress: 0.5,
    best: { territories: 44, inBand: 43, inBandShare: 1, inside: 0.664 },
  } as never;
  render(<RunForm />, document.body);
  for (const figure of ['50,0 %', '43 sur 44', '100,0 %', '66,4 %'])
    expect(shown()).toContain(figure);
  button('Arrêter').click();
  await settled();
  expect(calls).toEqual(['POST /api/proposals/7/cancel']);
});

it('keeps the keyboard in the list of pairs as one is taken out', async () => {
  const [a, b, c] = region.code as [string, string, string];
  wish({
    together: [
      [a, b],
      [b, c],
    ],
    apart: [],
  });
  await open();
  const remove = () => document.querySelectorAll<HTMLElement>('.pairs button');
  remove()[0]!.focus();
  remove()[0]!.click();
  await settled();
  expect(document.activeElement).toBe(remove()[0]);
  remove()[0]!.click();
  await settled();
  expect(document.activeElement?.getAttribute('aria-label')).toContain('Ensemble');
});

it('holds the keyboard from the form to the run under way, and to how it failed', async () => {
  boot.value = { phase: 'ready', region } as never;
  const failed = {
    ...{ id: 9, status: 'failed', progress: 1, best: null },
    message: 'Si peu de territoires dépasseraient le plafond : demandez-en au moins 26.',
    parameters: { ...defaultProposalParameters, territories: 2 },
  };
  let answer: object = { ...failed, status: 'running', progress: 0.5 };
  serve({
    'POST /api/proposals': () => answer,
    'GET /api/proposals/9': () => answer,
    'GET /api/proposals': () => ({ items: [], total: 0 }),
  });
  wish({ territories: 2 });
  formOpen.value = true;
  otherWishesOpen.value = true;
  render(<RunForm />, document.body);
  await settled();
  const start = button('Proposer des territoires');
  start.focus();
  start.click();
  await vi.waitFor(() => {
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Proposition en cours');
  });
  answer = failed;
  await vi.waitFor(
    () => expect(document.activeElement?.textContent).toContain('au moins 26'),
    3000,
  );
  // The form is as it was left, and leads to what is to be asked otherwise.
  expect([...document.querySelectorAll('details')].map(({ open: unfolded }) => unfolded)).toEqual([
    true,
    true,
  ]);
  otherWishesOpen.value = false;
  button('Corriger le nombre de territoires').click();
  await vi.waitFor(() => expect(document.activeElement?.id).toBe(COUNT_FIELD));
  expect((document.activeElement as HTMLInputElement).value).toBe('2');
});

it('weighs general practice apart from the other specialties, all of these at once', async () => {
  const specialty = (key: string) => ({ key, label: key, maskedCells: 0 });
  const keys = ['cardiologie', 'medecin-generaliste', 'orl'];
  datasets.put('all', [{ id: 1, name: 'Extrait', specialties: keys.map(specialty) }] as never);
  await open();
  const legends = [...document.querySelectorAll('.weights legend')].map((one) => one.textContent);
  expect(legends.slice(0, 2)).toEqual(['Médecine générale', 'Médecins spécialistes']);
  button('0,5', group('Toutes à la fois')).click();
  await settled();
  expect(wishes.value.specialtyWeights).toEqual({ cardiologie: 0.5, orl: 0.5 });
  expect(button('0,5', group('Toutes à la fois')).getAttribute('aria-pressed')).toBe('true');
  datasets.clear();
});
