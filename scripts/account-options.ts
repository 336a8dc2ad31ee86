import { Value } from 'typebox/value';
import { NewAccount } from '../server/contracts/accounts.ts';
import { type Role, roles } from '../server/core/accounts/actor.ts';
import { DomainError } from '../server/errors.ts';
import { normalEmail } from '../server/usecases/accounts/sign-in.ts';
import { takeOptions } from './own-options.ts';

/** What `npm run account` is to do; `rest` is for `readConfig`. */
export type AccountCommand = { rest: string[] } & (
  | { command: 'list' }
  | { command: 'link'; email: string }
  | { command: 'create'; account: NewAccount }
);

/** @throws DomainError `invalid_configuration`, before any database is opened */
export function accountOptions(argv: readonly string[]): AccountCommand {
  const { values, rest: given } = takeOptions(argv, ['email', 'name', 'role', 'departments'], []);
  const [command, ...rest] = given;
  const needed = (name: 'email' | 'name'): string => {
    const value = values[name]?.trim();
    if (value) return value;
    throw wrong(`Il manque --${name} : ajoutez-le.`);
  };
  switch (command) {
    case 'list':
      return { command, rest };
    case 'link':
      return { command, email: normalEmail(needed('email')), rest };
    case 'create': {
      const role = readRole(values.role ?? 'administrator');
      const departments = values.departments?.split(',').map((code) => code.trim()) ?? null;
      if (departments && role !== 'ars') {
        throw wrong(
          '--departments ne vaut que pour --role ars : retirez l’un, ou changez l’autre.',
        );
      }
      const email = normalEmail(needed('email'));
      const account = { email, name: needed('name'), role, departments, cpts: [] };
      if (!Value.Check(NewAccount, account)) throw unfit(account);
      return { command, account, rest };
    }
    default:
      throw wrong(
        'Indiquez create, link ou list : npm run account -- create --email ADRESSE --name "NOM" --role administrator.',
      );
  }
}

function unfit({ email, name, departments }: NewAccount): DomainError {
  const listed = departments?.join(',') ?? '';
  if (!Value.Check(NewAccount.properties.email, email)) {
    return wrong(`« ${email} » n’est pas une adresse électronique : corrigez --email.`);
  }
  if (!Value.Check(NewAccount.properties.departments, departments)) {
    return wrong(`« ${listed} » ne sont pas des codes de départements : écrivez-les comme 45,41.`);
  }
  return wrong(`Le nom « ${name} » ne convient pas : 80 caractères au plus, sur une ligne.`);
}

function readRole(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role) return role;
  throw wrong(`Le rôle « ${text} » n’existe pas : prenez ${roles.join(', ')}.`);
}

const wrong = (sentence: string) => new DomainError('invalid_configuration', sentence);
