import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { overlaps } from '../../server/core/overlap/overlaps.ts';
import type { Database } from '../../server/db/database.ts';
import { cptsRepository } from '../../server/db/repositories/cpts.ts';
import { overlapRepository } from '../../server/db/repositories/overlaps.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { closeCpts } from '../../server/usecases/close-cpts.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { recogniseCpts } from '../../server/usecases/recognise-cpts.ts';
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
      code: 'cpts_closed',
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
    await recogniseCpts(db.kysely, traced.id, 'officer');
    await closeCpts(db.kysely, traced.id, 'officer');
    const events = await db.kysely
      .selectFrom('event')
      .select(['verb', 'actor'])
      .where('subject', '=', `cpts/${traced.id}`)
      .orderBy('id')
      .execute();
    expect(events.map(({ verb }) => verb)).toEqual(['create', 'recognise', 'close']);
  });

  test('overlaps in SQL are those of the pure version', async () => {
    await sql`delete from cpts`.execute(db.kysely);
    const territory = fc.uniqueArray(fc.nat(47), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(territory, { minLength: 2, maxLength: 6 }), async (sets) => {
        const made: Cpts[] = [];
        for (const [i, units] of sets.entries()) {
          made.push(await create(`T${i} bis`, units.map(code)));
        }
        const expected = overlaps(sets.map((units) => Int32Array.from(units).sort()));
        const { items, total } = await overlapRepository(db.kysely).list(vintage, 1000, 0);
        expect(total).toBe(expected.length);
        const pairs = items.map(({ a, b, units }) => [
          made.findIndex(({ id }) => id === a.id),
          made.findIndex(({ id }) => id === b.id),
          units.map((unit) => unit.code).sort(),
        ]);
        const key = (pair: unknown) => JSON.stringify(pair);
        expect(pairs.map(key).sort()).toEqual(
          expected.map(({ a, b, units }) => key([a, b, [...units].map(code).sort()])).sort(),
        );
        for (const { units, population } of items) {
          expect(population).toBe(units.reduce((sum, unit) => sum + unit.population, 0));
        }
        await sql`delete from cpts`.execute(db.kysely);
      }),
      { numRuns: 12, seed: 5 },
    );
  });
});
