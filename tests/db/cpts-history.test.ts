import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TakeStep } from '../../server/contracts/cpts-life.ts';
import { localActor } from '../../server/core/accounts/actor.ts';
import type { Database } from '../../server/db/database.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { cptsHistory, pastCpts, unitHistory } from '../../server/usecases/life/read-history.ts';
import { takeStep } from '../../server/usecases/life/take-step.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));
const TODAY = '2027-06-15';
const paging = { limit: 100, offset: 0 };

describe.each(engines)('history on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(() => db.close());

  const create = async (name: string, ...units: number[]) =>
    (await createCpts(db.kysely, vintage, { name, units: units.map(code) }, 'leader')).id;
  const take = (id: number, step: TakeStep['step'], on: string) =>
    takeStep(db.kysely, id, { step, on, reason: 'Essai' }, localActor, TODAY);
  const past = async (day: string) =>
    (await pastCpts(db.kysely, vintage, day, paging, TODAY)).items;

  test('who held a commune, and since when; the map of any day', async () => {
    const old = await create('Ancienne', 0, 1);
    const young = await create('Nouvelle', 1, 2);
    await take(old, 'accept_territory', '2020-01-10');
    await take(old, 'deposit_project', '2020-03-01');
    await take(old, 'close', '2025-03-10');
    await take(young, 'accept_territory', '2025-03-10');
    const { unit, holders } = await unitHistory(db.kysely, vintage, code(1));
    expect(unit.code).toBe(code(1));
    expect(holders).toMatchObject([
      { cpts: { name: 'Nouvelle' }, since: '2025-03-10', until: null, recognised: true },
      { cpts: { name: 'Ancienne' }, since: '2020-03-01', until: '2025-03-10' },
      { cpts: { name: 'Ancienne' }, since: '2020-01-10', until: '2020-03-01' },
    ]);
    const on = async (day: string) => (await past(day)).map(({ id, status }) => [id, status]);
    expect(await on('2020-01-09')).toEqual([]);
    expect(await on('2020-01-10')).toEqual([[old, 'territory_accepted']]);
    expect(await on('2025-03-09')).toEqual([[old, 'project_submitted']]);
    expect(await on('2025-03-10')).toEqual([
      [old, 'closed'],
      [young, 'territory_accepted'],
    ]);
    expect(
      (await cptsHistory(db.kysely, old)).steps.map(({ step, since }) => [step, since]),
    ).toEqual([
      ['create', '2020-01-10'],
      ['accept_territory', '2020-01-10'],
      ['deposit_project', '2020-03-01'],
      ['close', '2025-03-10'],
    ]);
    await expect(past('2027-06-16')).rejects.toMatchObject({ code: 'invalid_day' });
    await expect(unitHistory(db.kysely, vintage, '99999')).rejects.toMatchObject({
      code: 'unknown_unit',
    });
    await take(young, 'close', TODAY);
  });

  test('on no day do two recognised CPTS hold a commune, whatever the dates written down', async () => {
    const steps = ['accept_territory', 'deposit_project', 'oppose', 'withdraw', 'close'] as const;
    const act = fc.record({
      of: fc.nat(5),
      step: fc.constantFrom(...steps),
      // Days go on, now and then back.
      ahead: fc.integer({ min: -40, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (acts) => {
        const ids: number[] = [];
        for (let k = 0; k < 6; k++) ids.push(await create(`T${k}`, 8 + k, 9 + k));
        let day = Date.UTC(2021, 0, 1);
        for (const { of, step, ahead } of acts) {
          const on = new Date(day + ahead * 86_400_000).toISOString().slice(0, 10);
          const taken = await take(ids[of]!, step, on).then(
            () => true,
            (error: { code?: string }) => {
              expect(error.code).toMatch(/^(step_not_allowed|invalid_day|territory_conflict)$/);
              return false;
            },
          );
          if (taken) day = Math.max(day, Date.parse(on));
        }
        // Day by day, as the map of each tells.
        const days = Array.from({ length: 30 }, (_, k) =>
          new Date(Date.UTC(2021, 0, 1) + k * 45 * 86_400_000).toISOString().slice(0, 10),
        );
        for (const one of days) {
          const held = (await past(one)).filter(({ recognised }) => recognised);
          const units = held.flatMap((cpts) => cpts.units);
          expect([one, units.length]).toEqual([one, new Set(units).size]);
        }
        for (const id of ids) {
          const { phases } = await cptsHistory(db.kysely, id);
          phases.slice(1).forEach((phase, k) => {
            expect(phase.since).toBe(phases[k]!.until);
          });
          expect(phases.at(-1)?.until).toBeNull();
        }
        await sql`delete from cpts`.execute(db.kysely);
      }),
      { numRuns: 4, seed: 9 },
    );
  });
});
