import { expect, test } from 'vitest';
import { accountOptions } from '../../../scripts/account-options.ts';

const camille = ['--email', ' Camille@Example.org ', '--name', 'Camille Roy'];

test('an account is an administrator unless said otherwise', () => {
  expect(accountOptions(['create', ...camille])).toEqual({
    command: 'create',
    account: {
      email: 'camille@example.org',
      name: 'Camille Roy',
      role: 'administrator',
      departments: null,
      cpts: [],
    },
    rest: [],
  });
  const officer = ['create', ...camille, '--role', 'ars', '--departments', '45, 2A', '--home', 'h'];
  expect(accountOptions(officer)).toMatchObject({
    account: { role: 'ars', departments: ['45', '2A'] },
    rest: ['--home', 'h'],
  });
  expect(accountOptions(['link', '--email', 'A@b.org'])).toMatchObject({ email: 'a@b.org' });
  expect(accountOptions(['list'])).toEqual({ command: 'list', rest: [] });
});

test.each([
  [[], 'Indiquez create, link ou list'],
  [['invite'], 'Indiquez create, link ou list'],
  [['link'], 'Il manque --email'],
  [['create', '--email', 'a@b.org'], 'Il manque --name'],
  [['create', '--email', 'a@b.org', '--name', ''], '--name attend une valeur'],
  [['create', '--email', 'pasuneadresse', '--name', 'A B'], '« pasuneadresse » n’est pas'],
  [['create', ...camille, '--role', 'roi'], 'Le rôle « roi » n’existe pas'],
  [['create', ...camille, '--role', 'ars', '--departments', 'Loiret'], '« Loiret » ne sont pas'],
  [['create', ...camille, '--departments', '45'], '--departments ne vaut que pour --role ars'],
  [['create', '--email', 'a@b.org', '--name', 'x'.repeat(81)], '80 caractères au plus'],
])('%j is refused before any database is opened', (argv, said) => {
  expect(() => accountOptions(argv)).toThrow(said);
});
