import type { Kysely } from 'kysely';
import { accountRepository } from '../../db/repositories/accounts.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { People } from './people.ts';

interface Reached {
  host: string;
  people: { exposed: boolean; wanted: boolean };
}

/**
 * Where others than whoever works at this machine may come, nobody comes without an account.
 *
 * @throws DomainError `accounts_needed`
 */
export async function checkAccounts(
  db: Kysely<Schema>,
  { host, people: { exposed, wanted } }: Reached,
): Promise<void> {
  if (!exposed || wanted || (await accountRepository(db).anyReal())) return;
  throw new DomainError(
    'accounts_needed',
    `Maillage ne s’ouvre pas à d’autres machines (${host}) sans comptes : relancez avec MAILLAGE_ACCOUNTS=on, et le terminal donnera le lien qui crée le premier administrateur ; ou créez-le avec npm run account -- create --email ADRESSE --name "NOM" --role administrator.`,
  );
}

/** What the terminal tells of accounts once the program is ready. */
export async function welcome(
  db: Kysely<Schema>,
  { identities }: People,
  address: string,
): Promise<string> {
  if (await identities.demonstration()) {
    return 'Démonstration : il n’y a pas de compte, et toute personne qui travaille sur cette machine a tous les droits.\nPour des comptes : ouvrez la page, « Démonstration », « Créer les comptes… ».';
  }
  if (await accountRepository(db).anyReal()) return 'Comptes : la page demande de se connecter.';
  return `Comptes : pour créer le premier administrateur, ouvrez ce lien, qui ne sert qu’une fois :\n${address}/#premier=${identities.offerFirstLink()}`;
}
