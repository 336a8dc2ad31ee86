import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localActor } from '../../server/core/accounts/actor.ts';
import type { Database } from '../../server/db/database.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { knownCpts } from '../../server/usecases/known-cpts.ts';
import { deemValidated } from '../../server/usecases/life/deem-validated.ts';
import { takeStep } from '../../server/usecases/life/take-step.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));

describe.each(engines)('projects deemed validated on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(() => db.close());

  async function deposited(name: string, unit: number, on: string): Promise<number> {
    const { id } = await createCpts(db.kysely, vintage, { name, units: [code(unit)] }, 'leader');
    await takeStep(db.kysely, id, { step: 'accept_territory', on: '2026-01-05' }, localActor, on);
    await takeStep(db.kysely, id, { step: 'deposit_project', on }, localActor, on);
    return id;
  }
  const validations = async (id: number) =>
    db.kysely
      .selectFrom('event')
      .select(['actor', 'after', 'request_id'])
      .where('subject', '=', `cpts/${id}`)
      .where('verb', '=', 'validate_project')
      .execute();

  test('when the last day to oppose has passed, once, whoever runs it', async () => {
    const late = await deposited('Tardive', 0, '2026-12-31');
    const early = await deposited('Précoce', 1, '2026-12-28');
    expect(await deemValidated(db.kysely, '2027-02-28')).toEqual([]);
    // Two programs at once.
    const both = await Promise.all([
      deemValidated(db.kysely, '2027-03-01'),
      deemValidated(db.kysely, '2027-03-01'),
    ]);
    expect(both.flat().map(({ id }) => id)).toHaveLength(2);
    expect(await deemValidated(db.kysely, '2027-03-01')).toEqual([]);
    for (const id of [late, early]) {
      expect(await knownCpts(db.kysely, id)).toMatchObject({
        status: 'project_validated',
        since: '2027-02-28',
        recognised: true,
        deemedValidatedOn: null,
      });
      expect(await validations(id)).toMatchObject([
        {
          actor: 'Maillage (délai de deux mois)',
          after: { since: '2027-02-28', reason: expect.stringContaining('L.\u00a01434-12') },
          request_id: null,
        },
      ]);
    }
  });

  test('not where somebody opposed, took the project back or ended the CPTS', async () => {
    const on = '2026-06-01';
    const opposed = await deposited('Contestée', 8, on);
    const withdrawn = await deposited('Reprise', 9, on);
    const closed = await deposited('Close', 10, on);
    const take = (id: number, step: 'oppose' | 'withdraw' | 'close') =>
      takeStep(
        db.kysely,
        id,
        { step, reason: 'Essai', on: '2026-08-01' },
        localActor,
        '2027-01-01',
      );
    await take(opposed, 'oppose');
    await take(withdrawn, 'withdraw');
    await take(closed, 'close');
    expect(await deemValidated(db.kysely, '2027-03-01')).toEqual([]);
    expect((await knownCpts(db.kysely, opposed)).status).toBe('letter_of_intent');
  });
});
