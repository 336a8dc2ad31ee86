import { expect, it } from 'vitest';
import type { CptsHistory } from '../../../server/contracts/cpts-history.ts';
import { daysBetween, timeLeft } from '../../../web/src/french/days.ts';
import { waitingFirst, waitsFor } from '../../../web/src/workspaces/control/dashboard/waits.ts';
import { momentsOf } from '../../../web/src/workspaces/control/history/moments.ts';

const step = (name: string, status: string, since: string, reason = '') => ({
  step: name,
  status,
  since,
  by: 'local',
  at: since,
  reason,
});
const phase = (since: string, version: number, units: number) => ({
  since,
  until: null,
  status: 'idea',
  recognised: false,
  version,
  units,
});

it('tells steps and changes of territory on one line of time, the latest first', () => {
  const history = {
    cpts: { id: 1, name: 'Essai' },
    steps: [
      step('create', 'idea', '2026-01-01'),
      step('send_letter', 'letter_of_intent', '2026-02-01'),
      step('withdraw', 'idea', '2026-03-01', 'Trop petite.'),
    ],
    phases: [
      phase('2026-01-01', 1, 4),
      phase('2026-02-01', 1, 4),
      phase('2026-02-15', 2, 1),
      phase('2026-03-01', 2, 1),
    ],
  } as CptsHistory;
  expect(momentsOf(history).map(({ day, title }) => [day, title])).toEqual([
    ['2026-03-01', 'Retirer l’envoi → Idée'],
    ['2026-02-15', 'Territoire de la version 2'],
    ['2026-02-01', 'Envoyer la lettre d’intention → Lettre d’intention'],
    ['2026-01-01', 'Créée'],
  ]);
  expect(momentsOf(history)[0]?.facts).toEqual(['Motif\u00a0: Trop petite.']);
});

it('puts first what is deemed validated first, then what waits longest', () => {
  const cpts = (id: number, status: string, more: object) =>
    ({
      id,
      status,
      proposed: null,
      deemedValidatedOn: null,
      since: '2026-01-01',
      ...more,
    }) as never;
  const all = [
    cpts(1, 'letter_of_intent', { since: '2026-03-01' }),
    cpts(2, 'project_submitted', { deemedValidatedOn: '2026-09-01' }),
    cpts(3, 'letter_of_intent', { since: '2026-02-01' }),
    cpts(4, 'project_submitted', { deemedValidatedOn: '2026-08-01' }),
    cpts(5, 'aci_signed', {}),
    cpts(6, 'aci_signed', { proposed: 2 }),
    cpts(7, 'closed', { proposed: 2 }),
  ];
  expect(waitingFirst(all).map(({ id }) => id)).toEqual([4, 2, 6, 3, 1]);
  expect(all.map(waitsFor)).toEqual([
    'territory',
    'project',
    'territory',
    'project',
    null,
    'version',
    null,
  ]);
});

it('counts the days left, over a change of clocks and of year', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
  expect(timeLeft('2026-03-28', '2026-03-30')).toBe('il reste 2\u00a0jours');
  expect(timeLeft('2026-03-30', '2026-03-30')).toBe('dernier jour');
  expect(timeLeft('2026-03-31', '2026-03-30')).toBe('délai passé de 1\u00a0jour');
});
