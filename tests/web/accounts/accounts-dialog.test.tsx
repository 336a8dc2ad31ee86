// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Account } from '../../../server/contracts/accounts.ts';
import { AccountsDialog } from '../../../web/src/accounts/accounts-dialog.tsx';
import { cptsList } from '../../../web/src/state/cpts.ts';
import { dialog } from '../../../web/src/state/panels.ts';
import { page, refusal, serve } from '../serve.ts';
import { button, field, fill, press, settled, text } from './form.ts';

const account = (given: Partial<Account>): Account => ({
  id: 1,
  name: 'Léa Roy',
  email: 'lea@example.org',
  role: 'administrator',
  departments: null,
  cpts: [],
  awaiting: false,
  hasPassword: true,
  hasProvider: false,
  disabled: false,
  createdAt: '2026-11-01T10:00:00Z',
  seenAt: null,
  ...given,
});

let all: Account[];
let sent: unknown[];
let answer: (call: string, body: Partial<Account>) => unknown;
beforeEach(async () => {
  all = [
    account({}),
    account({ id: 2, name: 'Ali Brun', role: 'reader', email: null, awaiting: true }),
  ];
  sent = [];
  answer = (_, body) => ({ account: account({ id: 3, ...body }), token: 'jeton-de-trois' });
  serve({
    'GET /api/accounts': () => page(all),
    '': (address, { method, body }) => {
      const given = body ? JSON.parse(String(body)) : null;
      sent.push([`${method} ${address}`, given]);
      return answer(`${method} ${address}`, given);
    },
  });
  cptsList.put('all', [{ id: 7, name: 'Val', status: 'idea', units: [] } as never]);
  dialog.value = 'accounts';
  render(<AccountsDialog />, document.body);
  await settled();
});
afterEach(() => {
  render(null, document.body);
  cptsList.clear();
  dialog.value = null;
  vi.unstubAllGlobals();
});

it('lists who there is, and says who waits for a role', () => {
  expect(document.querySelector('[role=status]')?.textContent).toContain('Ali Brun attend un rôle');
  expect([...document.querySelectorAll('.account-list strong')].map((e) => e.textContent)).toEqual([
    'Léa Roy',
    'Ali Brun',
  ]);
  expect(text()).toContain('sans adresse');
});

it('invites a leader of a CPTS, and shows their link this once', async () => {
  await fill({ Nom: 'Max Petit', 'Adresse électronique': 'max@example.org', Rôle: 'leader' });
  field<HTMLInputElement>('Val').click();
  await settled();
  await press('Inviter');
  expect(sent).toEqual([
    [
      'POST /api/accounts',
      {
        name: 'Max Petit',
        email: 'max@example.org',
        role: 'leader',
        departments: null,
        cpts: [7],
      },
    ],
  ]);
  const link = document.querySelector<HTMLInputElement>('input[readonly]')!;
  expect(link.value).toBe(`${location.origin}/#invitation=jeton-de-trois`);
  await vi.waitFor(() => expect(document.activeElement).toBe(link));
  expect(text()).toContain('Donnez ce lien à Max Petit');
});

it('says beside the address that it is taken', async () => {
  answer = () => refusal(409, 'Cette adresse est prise.', 'email_taken');
  await fill({ Nom: 'Max Petit', 'Adresse électronique': 'lea@example.org' });
  await press('Inviter');
  expect(document.activeElement).toBe(field('Adresse électronique'));
  expect(text()).toContain('Cette adresse est prise.');
});

it('gives a role and departments, disables, and makes a new link', async () => {
  answer = (_, body) => account({ id: 2, name: 'Ali Brun', ...body });
  await press('Ali Brun');
  await fill({ Rôle: 'ars' });
  // No region is loaded here: « tous » taken away leaves none, which decides nowhere.
  field<HTMLInputElement>('tous les départements').click();
  await settled();
  field<HTMLInputElement>('Compte désactivé').click();
  await settled();
  await press('Enregistrer');
  expect(sent).toEqual([
    [
      'PUT /api/accounts/2',
      { name: 'Ali Brun', role: 'ars', departments: [], cpts: [], disabled: true },
    ],
  ]);
  answer = () => ({ account: account({}), token: 'autre-jeton' });
  await press('Léa Roy');
  await press('Nouveau lien d’accès');
  expect(sent.at(-1)).toEqual(['POST /api/accounts/1/invitation', null]);
  expect(document.querySelector<HTMLInputElement>('input[readonly]')?.value).toContain(
    'autre-jeton',
  );
  expect(button('Nouveau lien')).toBeTruthy();
});

it('says what the server refuses of a change', async () => {
  answer = () => refusal(409, 'Léa Roy est le seul administrateur.', 'last_administrator');
  await press('Léa Roy');
  await fill({ Rôle: 'reader' });
  await press('Enregistrer');
  expect(text()).toContain('Léa Roy est le seul administrateur.');
});
