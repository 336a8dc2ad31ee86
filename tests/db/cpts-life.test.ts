import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import type { TakeStep } from '../../server/contracts/cpts-life.ts';
import { type Actor, localActor } from '../../server/core/accounts/actor.ts';
import type { Database } from '../../server/db/database.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import type { DomainError } from '../../server/errors.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { takeStep } from '../../server/usecases/life/take-step.ts';
import { named } from '../support/cpts-life.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));
const codes = (...at: number[]) => at.map(code);
const TODAY = '2027-06-15';
const officer: Actor = { ...localActor, name: 'Officier', role: 'ars', departments: ['45'] };

describe.each(engines)('the life of a CPTS on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(() => db.close());

  const create = (name: string, units: string[]) =>
    createCpts(db.kysely, vintage, { name, units }, 'leader');
  const step = ({ id }: { id: number }, wanted: TakeStep, actor: Actor = officer, today = TODAY) =>
    takeStep(db.kysely, id, wanted, actor, today);
  const refusal = (answer: Promise<Cpts>) =>
    answer.then(
      () => 'taken',
      ({ code, details }: DomainError) => ({ code, details }),
    );
  const events = async (id: number) =>
    db.kysely
      .selectFrom('event')
      .select(['verb', 'actor', 'before', 'after'])
      .where('subject', '=', `cpts/${id}`)
      .orderBy('id')
      .execute();

  test('from the idea to the contract and its end, each step by whom it takes', async () => {
    const cpts = await create('Entière', codes(0, 1));
    const leader: Actor = { ...localActor, name: 'Lou', role: 'leader', cpts: [cpts.id] };
    expect(cpts).toMatchObject({
      departments: ['45'],
      deemedValidatedOn: null,
      opposition: null,
      proposed: null,
    });
    expect(await step(cpts, { step: 'send_letter', on: '2027-01-04' }, leader)).toMatchObject({
      status: 'letter_of_intent',
      since: '2027-01-04',
      recognised: false,
    });
    expect(await refusal(step(cpts, { step: 'accept_territory' }, leader))).toMatchObject({
      code: 'forbidden',
    });
    await step(cpts, { step: 'accept_territory', on: '2027-02-01' });
    const deposited = await step(cpts, { step: 'deposit_project', on: '2027-05-31' }, leader);
    expect(deposited).toMatchObject({
      status: 'project_submitted',
      recognised: true,
      deemedValidatedOn: '2027-07-31',
    });
    expect(await step(cpts, { step: 'validate_project' })).toMatchObject({
      status: 'project_validated',
      since: TODAY,
      deemedValidatedOn: null,
    });
    await step(cpts, { step: 'sign_contract' });
    expect(await refusal(step(cpts, { step: 'close' }, leader))).toMatchObject({
      code: 'forbidden',
    });
    expect(await step(cpts, { step: 'close', reason: 'Fusion' })).toMatchObject({
      status: 'closed',
      recognised: false,
    });
    expect((await events(cpts.id)).slice(1)).toMatchObject([
      {
        verb: 'send_letter',
        actor: 'Lou',
        before: { status: 'idea' },
        after: { status: 'letter_of_intent', since: '2027-01-04', version: 1 },
      },
      { verb: 'accept_territory', actor: 'Officier' },
      { verb: 'deposit_project' },
      { verb: 'validate_project' },
      { verb: 'sign_contract' },
      { verb: 'close', after: { status: 'closed', reason: 'Fusion' } },
    ]);
  });

  test('a step that cannot be taken says which can', async () => {
    const cpts = await create('Pressée', codes(2));
    expect(await refusal(step(cpts, { step: 'sign_contract' }))).toEqual({
      code: 'step_not_allowed',
      details: { status: 'idea', allowed: ['send_letter', 'accept_territory', 'close'] },
    });
    const elsewhere: Actor = { ...officer, departments: ['41'] };
    expect(await refusal(step(cpts, { step: 'accept_territory' }, elsewhere))).toMatchObject({
      code: 'forbidden',
    });
    const geographer: Actor = { ...localActor, role: 'geographer' };
    expect(await refusal(step(cpts, { step: 'send_letter' }, geographer))).toMatchObject({
      code: 'forbidden',
    });
    expect((await events(cpts.id)).map(({ verb }) => verb)).toEqual(['create']);
  });

  test('days are neither to come nor before the step they follow', async () => {
    const cpts = await create('Datée', codes(3));
    const days = async (...tried: [TakeStep['step'], string][]) => {
      for (const [one, on] of tried) {
        expect(await refusal(step(cpts, { step: one, on, reason: 'Pour voir' }))).toMatchObject({
          code: 'invalid_day',
        });
      }
    };
    await days(['accept_territory', '2027-06-16'], ['accept_territory', '2027-02-30']);
    // What is drawn today may have been accepted years ago.
    await step(cpts, { step: 'accept_territory', on: '2019-03-31' });
    await days(['deposit_project', '2019-03-30']);
    await step(cpts, { step: 'deposit_project', on: '2026-12-31' });
    await days(['oppose', '2027-03-01'], ['oppose', '2026-12-30']);
    expect(await refusal(step(cpts, { step: 'oppose', on: '2027-02-28' }))).toMatchObject({
      code: 'reason_required',
    });
  });

  test('an opposition gives the communes back, and is told until the territory is accepted', async () => {
    const cpts = await create('Contestée', codes(4, 5));
    const rival = await create('Rivale', codes(5, 13));
    await step(cpts, { step: 'accept_territory' });
    expect(await refusal(step(rival, { step: 'accept_territory' }))).toMatchObject({
      code: 'territory_conflict',
      details: [{ cpts: { id: cpts.id }, units: [{ code: code(5) }], population: 8000 }],
    });
    await step(cpts, { step: 'deposit_project' });
    const opposed = await step(cpts, { step: 'oppose', reason: ' Hors du bassin de vie ' });
    expect(opposed).toMatchObject({
      status: 'letter_of_intent',
      recognised: false,
      deemedValidatedOn: null,
      opposition: { reason: 'Hors du bassin de vie', on: TODAY, by: 'Officier' },
    });
    await step(rival, { step: 'accept_territory' });
    expect(await refusal(step(cpts, { step: 'accept_territory' }))).toMatchObject({
      code: 'territory_conflict',
    });
    await step(rival, { step: 'close' });
    expect(await step(cpts, { step: 'accept_territory' })).toMatchObject({ opposition: null });
  });

  test('what waits for a decision can be taken back', async () => {
    const cpts = await create('Hésitante', codes(12));
    const leader: Actor = { ...localActor, name: 'Lou', role: 'leader', cpts: [cpts.id] };
    await step(cpts, { step: 'send_letter' }, leader);
    expect(await step(cpts, { step: 'withdraw' }, leader)).toMatchObject({ status: 'idea' });
    await step(cpts, { step: 'accept_territory' });
    await step(cpts, { step: 'deposit_project' }, leader);
    expect(await step(cpts, { step: 'withdraw' }, leader)).toMatchObject({
      status: 'territory_accepted',
      recognised: true,
    });
  });

  test('a decision dated before another CPTS let go is refused', async () => {
    const old = await create('Ancienne', codes(8, 9));
    const young = await create('Nouvelle', codes(9, 10));
    await step(old, { step: 'accept_territory', on: '2020-01-10' });
    await step(old, { step: 'close', on: '2027-03-10' });
    const accept = (on: string) => step(young, { step: 'accept_territory', on });
    expect(await refusal(accept('2027-03-09'))).toMatchObject({
      code: 'territory_conflict',
      details: [{ cpts: { id: old.id }, units: [{ code: code(9) }] }],
    });
    expect(await accept('2027-03-10')).toMatchObject({ since: '2027-03-10' });
  });

  test('nobody known is told apart', async () => {
    expect(await refusal(step({ id: 9999 }, { step: 'close' }, named('x')))).toMatchObject({
      code: 'unknown_cpts',
    });
  });
});
