// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChangeEvent } from '../../../server/contracts/events.ts';
import { dialog } from '../../../web/src/state/panels.ts';
import { JournalDialog, OpenJournal } from '../../../web/src/workspaces/control/journal/dialog.tsx';
import {
  authorOf,
  factsOf,
  subjectOf,
  verbOf,
} from '../../../web/src/workspaces/control/journal/facts.ts';
import { refusal, serve } from '../serve.ts';

const plain = (text: string) => text.replace(/\s/g, ' ');
const event = (given: Partial<ChangeEvent>): ChangeEvent => ({
  id: 1,
  at: '2026-11-22T09:30:00.000Z',
  actor: 'Léa',
  account: 4,
  verb: 'create',
  subject: 'cpts/12',
  before: null,
  after: null,
  requestId: 'r-1',
  ...given,
});
const said = (given: Partial<ChangeEvent>) => {
  const one = event(given);
  const facts = [authorOf(one), verbOf(one), subjectOf(one, () => undefined), ...factsOf(one)];
  return facts.map(plain);
};

it.each([
  [
    { after: { name: 'Val', status: 'idea', units: ['01001', '01002'] } },
    ['Léa', 'Créer la CPTS', 'CPTS « Val »', 'Idée', '2 communes'],
  ],
  [
    {
      actor: 'local',
      verb: 'deposit_project',
      before: { status: 'territory_accepted', since: '2026-01-02' },
      after: { status: 'project_submitted', since: '2026-03-01', version: 2 },
    },
    [
      'Sans compte',
      'Déposer le projet de santé',
      'CPTS nᵒ 12',
      'Territoire accepté → Projet de santé déposé',
      'effet au 1er mars 2026',
      'version 2',
    ],
  ],
  [
    {
      verb: 'change_territory',
      before: { version: 1 },
      after: { version: 2, added: ['01003'], removed: ['01001', '01002'], label: 'Réunion' },
    },
    [
      'Léa',
      'Changer le territoire',
      'CPTS nᵒ 12',
      'version 1 → version 2',
      '+1 −2 communes',
      'libellé : Réunion',
    ],
  ],
  [
    {
      verb: 'change_account',
      subject: 'account/3',
      before: { name: 'Ali', role: 'reader', disabled: false },
      after: { name: 'Ali', role: 'ars', disabled: true },
    },
    ['Léa', 'Changer un compte', 'Compte « Ali »', 'lecture → ARS', 'désactivé'],
  ],
  [
    { actor: 'link/5', verb: 'comment', after: { comment: 2 } },
    ['Lien de partage nᵒ 5', 'Laisser un avis', 'CPTS nᵒ 12'],
  ],
  [
    { verb: 'remove_flows', subject: 'flow-dataset/7', before: { name: 'SNDS 2023' } },
    ['Léa', 'Supprimer un jeu de flux', 'Jeu de flux « SNDS 2023 »'],
  ],
  // One that this page does not know.
  [{ verb: 'bless', subject: 'thing/1' }, ['Léa', 'bless', 'thing nᵒ 1']],
])('says %j in French', (given, told) => {
  expect(said(given)).toEqual(told);
});

let asked: URLSearchParams[] = [];
let answer: (query: URLSearchParams) => unknown;
const all = Array.from({ length: 60 }, (_, at) =>
  event({ id: 60 - at, actor: `Auteur ${60 - at}` }),
);
beforeEach(() => {
  asked = [];
  answer = (query) => {
    const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
    return { items: all.slice(offset, offset + limit), total: all.length, limit, offset };
  };
  serve({
    'GET /api/events': (address) => {
      const query = new URLSearchParams(address.split('?')[1]);
      asked.push(query);
      return answer(query);
    },
  });
  dialog.value = null;
  render(
    <>
      <OpenJournal />
      <JournalDialog />
    </>,
    document.body,
  );
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 30));
const rows = () => document.querySelectorAll('.journal-table tbody tr').length;
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent?.startsWith(name))!;

it('shows the latest, then older ones; what came meanwhile is not shown twice', async () => {
  button('Journal').click();
  await settled();
  expect(rows()).toBe(50);
  all.unshift(event({ id: 61 }));
  button('Montrer de plus anciens').click();
  await settled();
  expect(asked.at(-1)?.get('offset')).toBe('50');
  expect(rows()).toBe(60);
  all.shift();
});

it('asks anew for what a filter lets through, and the table with it', async () => {
  button('Journal').click();
  await settled();
  const [subject] = document.querySelectorAll('select');
  subject!.value = 'cpts';
  subject!.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
  expect(asked.at(-1)?.get('subject')).toBe('cpts');
  expect(document.querySelector('a[download]')?.getAttribute('href')).toBe(
    '/api/events.csv?subject=cpts',
  );
});

it('says why it could not be read', async () => {
  answer = () => refusal(503, 'Le démarrage est en cours.');
  button('Journal').click();
  await settled();
  expect(document.body.textContent).toContain('Le démarrage est en cours.');
});
