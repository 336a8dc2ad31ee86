import type { Kysely } from 'kysely';
import { type Actor, localActor } from '../../server/core/accounts/actor.ts';
import type { Schema } from '../../server/db/schema.ts';
import { takeStep } from '../../server/usecases/life/take-step.ts';

/** Someone with every right, who signs with a name. */
export const named = (name: string): Actor => ({ ...localActor, name });

export const recogniseCpts = (db: Kysely<Schema>, id: number, name: string) =>
  takeStep(db, id, { step: 'accept_territory' }, named(name));

export const closeCpts = (db: Kysely<Schema>, id: number, name: string) =>
  takeStep(db, id, { step: 'close' }, named(name));
