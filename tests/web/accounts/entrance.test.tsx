// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Session } from '../../../server/contracts/accounts.ts';
import { Entrance } from '../../../web/src/accounts/entrance.tsx';
import { PasswordDialog } from '../../../web/src/accounts/password-dialog.tsx';
import { dialog } from '../../../web/src/state/panels.ts';
import { arrival, atTheDoor, expired, session } from '../../../web/src/state/people.ts';
import { refusal, serve } from '../serve.ts';
import { button, field, fill, press, settled, text } from './form.ts';

// Whoever has come in sees the page open; what it then reads is tried elsewhere.
vi.mock('../../../web/src/state/boot.ts', () => ({ start: vi.fn() }));

const out: Session = { mode: 'accounts', account: null, rights: [], provider: null };
const inside: Session = {
  ...out,
  account: {
    id: 4,
    name: 'Léa Roy',
    email: 'lea@example.org',
    role: 'ars',
    departments: ['45'],
    cpts: [],
    awaiting: false,
  },
  rights: ['look', 'decide'],
};

let sent: unknown[] = [];
let answers: Record<string, unknown> = {};
beforeEach(() => {
  sent = [];
  answers = {};
  serve({
    '': (address, { method, body }) => {
      sent.push([`${method ?? 'GET'} ${address}`, body ? JSON.parse(String(body)) : null]);
      return answers[`${method ?? 'GET'} ${address}`] ?? inside;
    },
  });
  session.value = out;
  arrival.value = null;
  expired.value = false;
  dialog.value = null;
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});
const show = async () => {
  render(<Entrance />, document.body);
  await settled();
};

it('signs in with an address and a password, and tells a refusal beside the password', async () => {
  await show();
  expect(document.activeElement).toBe(field('Adresse électronique'));
  answers['POST /api/session'] = refusal(401, 'Ne convient pas.', 'wrong_credentials');
  await fill({ 'Adresse électronique': 'lea@example.org', 'Mot de passe': 'faux' });
  await press('Se connecter');
  const password = field<HTMLInputElement>('Mot de passe');
  expect(document.activeElement).toBe(password);
  expect(password.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(password.getAttribute('aria-describedby')!)?.textContent).toBe(
    'Ne convient pas.',
  );
  expect(atTheDoor.value).toBe(true);

  answers = {};
  await fill({ 'Mot de passe': 'juste' });
  await press('Se connecter');
  expect(sent.at(-1)).toEqual([
    'POST /api/session',
    { email: 'lea@example.org', password: 'juste' },
  ]);
  expect([atTheDoor.value, session.value?.account?.name]).toEqual([false, 'Léa Roy']);
});

it('says how long to wait, that a session ended, or why the provider sent one back', async () => {
  session.value = { ...out, provider: 'Pro Santé Connect' };
  expired.value = true;
  answers['POST /api/session'] = refusal(429, 'Attendez 12 minutes.', 'too_many_sign_ins');
  await show();
  expect(text()).toContain('Votre session a expiré. Ce que vous dessiniez est gardé');
  expect(document.querySelector('a.provider')?.getAttribute('href')).toBe('/api/oidc/start');
  await fill({ 'Adresse électronique': 'lea@example.org', 'Mot de passe': 'x' });
  button('Se connecter').click();
  await settled();
  expect(text()).toContain('Attendez 12 minutes.');
  for (const [code, said] of [
    ['provider_refused', 'elle a été abandonnée, a duré trop longtemps'],
    ['provider_unreachable', 'ne répond pas'],
    ['no_administrator', 'n’a pas encore d’administrateur'],
    ['other', 'La connexion n’a pas abouti'],
  ] as const) {
    arrival.value = { kind: 'refused', code };
    await settled();
    expect(document.querySelector('[role=alert]')?.textContent).toContain(said);
  }
});

it('takes an invitation: whose it is, a password, and in; one that is over is told', async () => {
  arrival.value = { kind: 'invitation', token: 'jeton' };
  answers['POST /api/invitations/read'] = { name: 'Léa Roy', email: 'lea@example.org' };
  answers['POST /api/invitations/accept'] = refusal(
    422,
    'Ce mot de passe se devine.',
    'weak_password',
  );
  await show();
  expect(text()).toContain('Bienvenue, Léa Roy');
  await fill({ 'Mot de passe': 'lea roy' });
  document.querySelector('form')!.requestSubmit();
  await settled();
  expect(text()).toContain('Ce mot de passe se devine.');
  answers['POST /api/invitations/accept'] = inside;
  await fill({ 'Mot de passe': 'cheval agrafe batterie' });
  document.querySelector('form')!.requestSubmit();
  await settled();
  expect(sent.at(-1)).toEqual([
    'POST /api/invitations/accept',
    { token: 'jeton', password: 'cheval agrafe batterie' },
  ]);
  expect([atTheDoor.value, arrival.value]).toEqual([false, null]);

  render(null, document.body);
  arrival.value = { kind: 'invitation', token: 'vieux' };
  answers['POST /api/invitations/read'] = refusal(404, 'N’est plus valable.', 'unknown_invitation');
  await show();
  expect(text()).toContain('N’est plus valable.');
  await press('Plutôt se connecter');
  expect(field('Mot de passe')).toBeTruthy();
});

it('makes the first administrator with the link of the terminal', async () => {
  arrival.value = { kind: 'first', token: 'premier' };
  await show();
  await fill({
    Nom: 'Léa Roy',
    'Adresse électronique': 'lea@example.org',
    'Mot de passe': 'cheval agrafe batterie',
  });
  await press('Créer ce compte');
  const person = { name: 'Léa Roy', email: 'lea@example.org' };
  expect(sent).toEqual([
    [
      'POST /api/first-administrator',
      { ...person, password: 'cheval agrafe batterie', token: 'premier' },
    ],
  ]);
  expect(atTheDoor.value).toBe(false);
});

it('changes a password; what is refused is told beside the field that it is about', async () => {
  session.value = inside;
  dialog.value = 'password';
  render(<PasswordDialog />, document.body);
  await settled();
  for (const [code, label] of [
    ['wrong_credentials', 'Mot de passe actuel'],
    ['weak_password', 'Nouveau mot de passe'],
  ] as const) {
    answers['PUT /api/session/password'] = refusal(422, `Refus ${code}`, code);
    await fill({ 'Mot de passe actuel': 'ancien', 'Nouveau mot de passe': 'nouveau' });
    await press('Changer de mot de passe');
    expect(document.activeElement).toBe(field(label));
    expect(text()).toContain(`Refus ${code}`);
  }
  answers = {};
  await press('Changer de mot de passe');
  expect(sent.at(-1)).toEqual([
    'PUT /api/session/password',
    { current: 'ancien', next: 'nouveau' },
  ]);
  expect(dialog.value).toBeNull();
});
