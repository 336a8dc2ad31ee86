import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { cptsRepository } from '../../server/db/repositories/cpts.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { closeCpts, recogniseCpts } from '../support/cpts-life.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));

describe.each(engines)('one CPTS per territory on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(async () => {
    await db.close();
  });

  const create = (name: string, units: string[]) =>
    createCpts(db.kysely, vintage, { name, units }, 'officer');

  test('the second CPTS on a commune is refused and told what stands in the way', async () => {
    const first = await create('Première', [code(0), code(1), code(2)]);
    const second = await create('Seconde', [code(2), code(3)]);
    expect((await recogniseCpts(db.kysely, first.id, 'officer')).recognised).toBe(true);
    await expect(recogniseCpts(db.kysely, second.id, 'officer')).rejects.toMatchObject({
      code: 'territory_conflict',
      details: [
        {
          cpts: { id: first.id, name: 'Première', status: 'territory_accepted' },
          units: [{ code: code(2) }],
        },
      ],
    });
    expect(await cptsRepository(db.kysely).byId(second.id)).toMatchObject({ status: 'idea' });

    await closeCpts(db.kysely, first.id, 'officer');
    expect((await recogniseCpts(db.kysely, second.id, 'officer')).recognised).toBe(true);
    await expect(recogniseCpts(db.kysely, first.id, 'officer')).rejects.toMatchObject({
      code: 'step_not_allowed',
      details: { status: 'closed', allowed: [] },
    });
  });

  test('the database itself refuses, whatever the program does', async () => {
    const a = await create('A', [code(10)]);
    const b = await create('B', [code(10)]);
    await recogniseCpts(db.kysely, a.id, 'officer');
    await expect(
      sql`update cpts set status = 'aci_signed' where id = ${b.id}`.execute(db.kysely),
    ).rejects.toMatchObject({ constraint: 'cpts_member_one_recognised' });
    await expect(
      sql`insert into cpts_member (cpts, unit, recognised) values (${b.id}, ${code(11)}, true)`.execute(
        db.kysely,
      ),
    ).rejects.toMatchObject({ code: '23503' });
  });

  test('of officers who accept overlapping CPTS at once, exactly one wins', async () => {
    const rivals = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        create(`Rivale ${i}`, [code(20), code(21), code(22 + i)]),
      ),
    );
    const answers = await Promise.allSettled(
      rivals.map(({ id }) => recogniseCpts(db.kysely, id, 'officer')),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') {
        expect(answer.reason).toMatchObject({ code: 'territory_conflict' });
        expect(answer.reason.details).toHaveLength(1);
      }
    }
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from cpts_member where unit = ${code(20)} and recognised`.execute(
      db.kysely,
    );
    expect(rows[0]?.n).toBe(1);
  });

  test('every change is an event', async () => {
    const traced = await create('Tracée', [code(40)]);
    await recogniseCpts(db.kysely, traced.id, 'officer');
    await recogniseCpts(db.kysely, traced.id, 'officer').catch(() => {});
    await closeCpts(db.kysely, traced.id, 'officer');
    const events = await db.kysely
      .selectFrom('event')
      .select(['verb', 'actor'])
      .where('subject', '=', `cpts/${traced.id}`)
      .orderBy('id')
      .execute();
    expect(events.map(({ verb }) => verb)).toEqual(['create', 'accept_territory', 'close']);
  });
});
