import type { Kysely } from 'kysely';
import type { Role } from '../../core/accounts/actor.ts';
import { accountRepository } from '../../db/repositories/accounts.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Identities } from './identities.ts';
import { openSession } from './sign-in.ts';

const names: Record<Role, string> = {
  reader: 'Lectrice de démonstration',
  leader: 'Porteur de démonstration',
  geographer: 'Géographe de démonstration',
  ars: 'Agente ARS de démonstration',
  administrator: 'Administratrice de démonstration',
};

/**
 * Opens a session of the demonstration account of a role, while there is no real account. The leader
 * is lent the oldest open CPTS where they lead none.
 *
 * @throws DomainError `not_a_demonstration`
 */
export async function tryRole(
  db: Kysely<Schema>,
  identities: Identities,
  role: Role,
): Promise<string> {
  await refuseOutsideDemonstration(identities);
  return db.transaction().execute(async (tx) => {
    const accounts = accountRepository(tx);
    const id = await accounts.demonstrationOf(role, names[role]);
    const lent = role === 'leader' ? await accounts.lendCpts(id) : [];
    await eventRepository(tx).record({
      actor: names[role],
      verb: 'try_role',
      subject: `account/${id}`,
      after: { role, ...(lent.length > 0 && { lent }) },
    });
    return openSession(tx, id);
  });
}

/** @throws DomainError `not_a_demonstration` */
export async function refuseOutsideDemonstration(identities: Identities): Promise<void> {
  if (await identities.demonstration()) return;
  throw new DomainError(
    'not_a_demonstration',
    'Les rôles ne s’essaient qu’en démonstration, tant qu’il n’y a pas de compte : connectez-vous.',
  );
}
