import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { type Actor, localActor } from '../../server/core/accounts/actor.ts';
import type { Database } from '../../server/db/database.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import type { DomainError } from '../../server/errors.ts';
import { changeTerritory } from '../../server/usecases/change-territory.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { knownCpts } from '../../server/usecases/known-cpts.ts';
import {
  acceptVersion,
  refuseVersion,
  withdrawVersion,
} from '../../server/usecases/life/decide-version.ts';
import {
  type ProposedChange,
  proposeVersions,
} from '../../server/usecases/life/propose-versions.ts';
import { listVersions } from '../../server/usecases/read-versions.ts';
import { closeCpts, named, recogniseCpts } from '../support/cpts-life.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));
const codes = (...at: number[]) => at.map(code);
const officer: Actor = { ...localActor, name: 'Officier', role: 'ars', departments: ['41', '45'] };
const leaderOf = (name: string, ...cpts: number[]): Actor => ({
  ...localActor,
  name,
  role: 'leader',
  cpts,
});

describe.each(engines)('proposed versions on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(() => db.close());

  const create = (name: string, units: string[]) =>
    createCpts(db.kysely, vintage, { name, units }, 'leader');
  const recognised = async (name: string, units: string[]) =>
    recogniseCpts(db.kysely, (await create(name, units)).id, 'officer');
  const save = (
    { id, version }: Pick<Cpts, 'id' | 'version'>,
    change: { added?: string[]; removed?: string[] },
    actor = named('leader'),
  ) =>
    changeTerritory(
      db.kysely,
      vintage,
      id,
      { basedOn: version, added: [], removed: [], ...change },
      actor,
    );
  const propose = (changes: ProposedChange[], actor: Actor) =>
    db.kysely
      .transaction()
      .execute((tx) => proposeVersions(tx, changes, { note: 'Échange', actor }));
  const accept = (id: number, number: number, actor: Actor = officer) =>
    acceptVersion(db.kysely, id, number, actor);
  const refusal = (answer: Promise<unknown>) =>
    answer.then(
      () => 'done',
      ({ code, details }: DomainError) => ({ code, details }),
    );
  const states = async ({ id }: { id: number }) =>
    (await listVersions(db.kysely, vintage, id, { limit: 10, offset: 0 })).items.map(
      ({ number, state }) => `${number} ${state}`,
    );
  const now = ({ id }: { id: number }) => knownCpts(db.kysely, id);

  test('a recognised territory stays until its revision is accepted', async () => {
    const cpts = await recognised('Révisée', codes(0, 1));
    const saved = await save(cpts, { added: codes(2), removed: codes(0) });
    expect(saved).toMatchObject({ version: 1, proposed: 2, units: codes(0, 1) });
    expect(await states(cpts)).toEqual(['2 proposed', '1 in_force']);
    expect(await accept(cpts.id, 2)).toMatchObject({
      version: 2,
      proposed: null,
      units: codes(1, 2),
      recognised: true,
    });
    expect(await states(cpts)).toEqual(['2 in_force', '1 replaced']);
    // What it let go is free, what it took is held.
    await recognised('Voisine', codes(0));
    expect(await refusal(recognised('Intruse', codes(2)))).toMatchObject({
      code: 'territory_conflict',
      details: [{ cpts: { id: cpts.id } }],
    });
  });

  test('a revision onto another recognised CPTS is refused like an acceptance', async () => {
    const held = await recognised('Tenante', codes(8));
    const cpts = await recognised('Gourmande', codes(9));
    await save(cpts, { added: codes(8) });
    expect(await refusal(accept(cpts.id, 2))).toEqual({
      code: 'territory_conflict',
      details: [
        {
          cpts: { id: held.id, name: 'Tenante', status: 'territory_accepted' },
          units: [{ code: code(8), name: expect.any(String), population: 9500 }],
          population: 9500,
        },
      ],
    });
    expect(await now(cpts)).toMatchObject({ version: 1, proposed: 2, units: codes(9) });
    await closeCpts(db.kysely, held.id, 'officer');
    expect(await accept(cpts.id, 2)).toMatchObject({ version: 2, units: codes(8, 9) });
  });

  test('one waits at a time; its author may replace it or take it back, whoever decides refuse it', async () => {
    const cpts = await recognised('Discutée', codes(16, 17));
    await save(cpts, { added: codes(18) });
    expect(await refusal(save(cpts, { added: codes(19) }, named('other')))).toMatchObject({
      code: 'version_pending',
      details: { cpts: cpts.id, version: 2, author: 'leader' },
    });
    expect(await save(cpts, { added: codes(20) })).toMatchObject({ proposed: 3 });
    expect(await refusal(accept(cpts.id, 2))).toMatchObject({ code: 'version_not_pending' });
    const refuse = (reason: string) => refuseVersion(db.kysely, cpts.id, 3, reason, officer);
    expect(await refusal(refuse(' '))).toMatchObject({ code: 'reason_required' });
    expect(await refuse('Trop loin')).toMatchObject({ version: 1, proposed: null });
    await save(cpts, { added: codes(19) });
    const withdraw = (actor: Actor) => withdrawVersion(db.kysely, cpts.id, 4, actor);
    expect(await refusal(withdraw(officer))).toMatchObject({ code: 'forbidden' });
    await withdraw(named('leader'));
    expect(await states(cpts)).toEqual(['4 withdrawn', '3 refused', '2 withdrawn', '1 in_force']);
    const events = await db.kysely
      .selectFrom('event')
      .select(['verb'])
      .where('subject', '=', `cpts/${cpts.id}`)
      .orderBy('id')
      .execute();
    expect(events.map(({ verb }) => verb)).toEqual([
      'create',
      'accept_territory',
      'propose_version',
      'withdraw_version',
      'propose_version',
      'refuse_version',
      'propose_version',
      'withdraw_version',
    ]);
  });

  test('a CPTS that is closed waits for nothing', async () => {
    const cpts = await recognised('Finie', codes(24));
    await save(cpts, { added: codes(25) });
    await closeCpts(db.kysely, cpts.id, 'officer');
    expect(await now(cpts)).toMatchObject({ proposed: null });
    expect(await states(cpts)).toEqual(['2 withdrawn', '1 in_force']);
  });

  test('an exchange is made at once, when both have agreed', async () => {
    const a = await recognised('Est', codes(32, 33));
    const b = await recognised('Ouest', codes(34, 35));
    const swap = [
      { cpts: a.id, added: codes(34), removed: codes(33) },
      { cpts: b.id, added: codes(33), removed: codes(34) },
    ];
    const proposed = await propose(swap, leaderOf('Anne', a.id));
    expect(proposed).toEqual([
      { cpts: a.id, number: 2 },
      { cpts: b.id, number: 2 },
    ]);
    const parts = async () =>
      (await listVersions(db.kysely, vintage, a.id, { limit: 1, offset: 0 })).items[0]?.agreement;
    expect(await parts()).toMatchObject({
      note: 'Échange',
      parts: [
        { cpts: { id: a.id, name: 'Est' }, agreedBy: 'Anne', acceptedBy: null, state: 'proposed' },
        { cpts: { id: b.id }, agreedBy: null },
      ],
    });
    // The other leader agrees; both being recognised, it takes a decision on each.
    await accept(b.id, 2, leaderOf('Bruno', b.id));
    expect(await refusal(accept(b.id, 2, leaderOf('Chloé', 1)))).toMatchObject({
      code: 'forbidden',
    });
    expect(await accept(a.id, 2)).toMatchObject({ version: 1, proposed: 2 });
    expect(await accept(b.id, 2)).toMatchObject({ version: 2, units: codes(33, 35) });
    expect(await now(a)).toMatchObject({ version: 2, units: codes(32, 34), recognised: true });
  });

  test('leaders of drafts settle between themselves', async () => {
    const a = await create('Nord', codes(36, 37));
    const b = await create('Sud', codes(37, 38));
    const cut = [
      { cpts: a.id, added: [], removed: codes(37) },
      { cpts: b.id, added: codes(39), removed: [] },
    ];
    await propose(cut, leaderOf('Anne', a.id));
    await accept(b.id, 2, leaderOf('Bruno', b.id));
    expect([(await now(a)).units, (await now(b)).units]).toEqual([codes(36), codes(37, 38, 39)]);
    // Who leads both has agreed for both.
    await propose(
      [
        { cpts: a.id, added: codes(44), removed: [] },
        { cpts: b.id, added: [], removed: codes(39) },
      ],
      leaderOf('Dina', a.id, b.id),
    );
    expect(await now(a)).toMatchObject({ version: 3, proposed: null, units: codes(36, 44) });
  });

  test('refused by one, an exchange is refused for all; stale on one, nothing is changed', async () => {
    const a = await create('Haute', codes(40));
    const b = await create('Basse', codes(41));
    const both = (actor: Actor) =>
      propose(
        [
          { cpts: a.id, added: codes(42), removed: [] },
          { cpts: b.id, added: codes(43), removed: [] },
        ],
        actor,
      );
    await both(leaderOf('Anne', a.id));
    await refuseVersion(db.kysely, b.id, 2, 'Non merci', leaderOf('Bruno', b.id));
    expect(await states(a)).toEqual(['2 refused', '1 in_force']);
    await both(leaderOf('Anne', a.id));
    await save(a, { added: codes(47) });
    expect(await refusal(accept(b.id, 3, leaderOf('Bruno', b.id)))).toMatchObject({
      code: 'stale_version',
      details: { version: 4, added: codes(47) },
    });
    expect([(await now(a)).units, (await now(b)).units]).toEqual([codes(40, 47), codes(41)]);
  });

  test('of a revision and an acceptance that want one commune at once, one wins', async () => {
    for (let round = 0; round < 5; round++) {
      const cpts = await recognised(`Une ${round}`, codes(26));
      const rival = await create(`Deux ${round}`, codes(27, 28));
      await save(cpts, { added: codes(27) });
      const answers = await Promise.allSettled([
        accept(cpts.id, 2),
        recogniseCpts(db.kysely, rival.id, 'officer'),
      ]);
      const lost = answers.filter(({ status }) => status === 'rejected');
      expect(lost).toMatchObject([
        { reason: { code: 'territory_conflict', details: [{ units: [{ code: code(27) }] }] } },
      ]);
      await closeCpts(db.kysely, cpts.id, 'officer');
      await closeCpts(db.kysely, rival.id, 'officer');
    }
  });
});
