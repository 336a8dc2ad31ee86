import type { Kysely } from 'kysely';
import type { Conflict, Cpts } from '../contracts/cpts.ts';
import { counted } from '../core/french.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { eventRepository } from '../db/repositories/events.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';

const RECOGNISED_INDEX = 'cpts_member_one_recognised';

/**
 * Accepts the territory of a CPTS. The database holds the rule: when a unit already belongs to a
 * recognised CPTS its unique index refuses, and the refusal becomes the list of what stands in the
 * way. Recognising twice changes nothing.
 *
 * @throws DomainError `unknown_cpts`, `cpts_closed`, `territory_conflict`
 */
export async function recogniseCpts(db: Kysely<Schema>, id: number, actor: string): Promise<Cpts> {
  try {
    return await db.transaction().execute(async (tx) => {
      const cpts = cptsRepository(tx);
      const status = await cpts.lock(id);
      if (status === undefined) throw unknownCpts(id);
      if (status === 'closed') {
        throw new DomainError(
          'cpts_closed',
          'Cette CPTS est close : elle ne peut plus être reconnue. Créez-en une nouvelle.',
        );
      }
      if (status === 'idea' || status === 'letter_of_intent') {
        await cpts.setStatus(id, 'territory_accepted');
        await eventRepository(tx).record({
          actor,
          verb: 'recognise',
          subject: `cpts/${id}`,
          before: { status },
          after: { status: 'territory_accepted' },
        });
      }
      const recognised = await cpts.byId(id);
      if (!recognised) throw unknownCpts(id);
      return recognised;
    });
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== RECOGNISED_INDEX) throw error;
    throw conflictOf(await cptsRepository(db).conflicts(id));
  }
}

export function unknownCpts(id: number): DomainError {
  return new DomainError(
    'unknown_cpts',
    `La CPTS ${id} n’existe pas : choisissez-en une dans la liste.`,
  );
}

function conflictOf(conflicts: Conflict[]): DomainError {
  const first = conflicts[0];
  const units = first?.units ?? [];
  const named = units.slice(0, 3).map(({ name }) => name);
  const more =
    units.length > named.length ? ` et ${counted(units.length - named.length, 'autre')}` : '';
  return new DomainError(
    'territory_conflict',
    first
      ? `${named.join(', ')}${more} (${first.population.toLocaleString('fr-FR')} habitants) ${units.length > 1 ? 'appartiennent' : 'appartient'} déjà à la CPTS reconnue « ${first.cpts.name} » : pour reconnaître celle-ci, recréez-la sans ces communes, ou closez d’abord l’autre.`
      : 'Une autre CPTS reconnue tient une partie de ces communes : rechargez la liste et réessayez.',
    conflicts,
  );
}
