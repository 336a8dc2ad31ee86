import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { halfMade, heldTwice } from '../../scripts/soak/consistency.ts';
import { decisionTraffic, type Send } from '../../scripts/soak/traffic.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));

describe.each(engines)('one CPTS per territory under load on %s', (engine) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi(engine);
  });
  afterAll(() => api.close());

  // Each client has an address of its own, since limits are by address.
  const send: Send = async (client, method, url, payload) => {
    const remoteAddress = `10.0.0.${client + 1}`;
    const answer = await api.app.inject({
      method,
      url,
      remoteAddress,
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  test('of each pair accepted at once one wins, and the loser is told what stands in the way', async () => {
    const made = async (name: string, units: string[]) =>
      (await send(0, 'POST', '/api/cpts', { name, units })).body as { id: number };
    const pairs: [number, number][] = [];
    for (let k = 0; k < 16; k++) {
      const shared = code(3 * k + 1);
      const a = await made(`A${k}`, [code(3 * k), shared]);
      const b = await made(`B${k}`, [shared, code(3 * k + 2)]);
      pairs.push([a.id, b.id]);
    }
    const accept = (client: number, id: number) =>
      send(client, 'POST', `/api/cpts/${id}/steps`, { step: 'accept_territory' });
    const answers = await Promise.all(
      pairs.flatMap(([a, b], k) => [accept(2 * k, a), accept(2 * k + 1, b)]),
    );
    pairs.forEach((pair, k) => {
      const both = [answers[2 * k]!, answers[2 * k + 1]!];
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      const winner = pair[both.findIndex(({ status }) => status === 200)];
      const { error } = both.find(({ status }) => status === 409)!.body as {
        error: { code: string; message: string; details: unknown };
      };
      expect(error).toMatchObject({
        code: 'territory_conflict',
        details: [{ cpts: { id: winner }, units: [{ code: code(3 * k + 1) }] }],
      });
      expect(error.message).toMatch(/habitants\) appartient déjà à la CPTS reconnue « [AB]\d+ »/);
    });
    expect(await heldTwice(api.database.kysely)).toEqual([]);
    for (const id of pairs.flat())
      await send(0, 'POST', `/api/cpts/${id}/steps`, { step: 'close' });
  });

  test('50 clients that accept, revise and close at once', async () => {
    let over = false;
    let looks = 0;
    const found: string[] = [];
    const watch = (async () => {
      while (!over) {
        found.push(...(await heldTwice(api.database.kysely)));
        looks++;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const acts = engine === 'postgis' ? 10 : 4;
    const { counts, faults } = await decisionTraffic(send, {
      clients: 50,
      seed: 7,
      // Few communes, so that most territories overlap.
      units: Array.from({ length: 16 }, (_, unit) => code(unit)),
      goesOn: (done) => done < acts,
    }).finally(() => {
      over = true;
      return watch;
    });
    expect(faults).toEqual([]);
    expect(found).toEqual([]);
    expect(looks).toBeGreaterThan(0);
    expect(await heldTwice(api.database.kysely)).toEqual([]);
    expect(await halfMade(api.database.kysely)).toEqual([]);
    // Not in vain: some won, some lost.
    expect(counts.get('accept_territory done')).toBeGreaterThan(0);
    expect(counts.get('accept_territory territory_conflict')).toBeGreaterThan(0);
    expect(counts.get('close done')).toBeGreaterThan(0);
  });

  test('what is half-made would be found', async () => {
    const { kysely } = api.database;
    const { body } = await send(0, 'POST', '/api/cpts', { name: 'Témoin', units: [code(40)] });
    const { id } = body as { id: number };
    const spoil = async (statement: ReturnType<typeof sql>) => {
      let problems: string[] = [];
      await kysely
        .transaction()
        .execute(async (tx) => {
          await statement.execute(tx);
          problems = [...(await halfMade(tx)), ...(await heldTwice(tx))];
          throw new Error('undone');
        })
        .catch(() => {});
      return problems;
    };
    expect(
      await spoil(
        sql`insert into cpts_member (cpts, unit, recognised) values (${id}, ${code(41)}, false)`,
      ),
    ).toEqual([
      `CPTS ${id}: members are not its version`,
      `CPTS ${id}: events tell of other units`,
    ]);
    expect(await spoil(sql`update cpts set version = 2 where id = ${id}`)).toContain(
      `CPTS ${id}: version 2 is not in force`,
    );
    expect(await spoil(sql`update cpts set status = 'aci_signed' where id = ${id}`)).toContain(
      `CPTS ${id}: status aci_signed, last step idea`,
    );
    expect(
      await spoil(sql`insert into event (actor, verb, subject, after) values
        ('x', 'close', ${`cpts/${id}`}, '{"status": "closed"}')`),
    ).toContain(`CPTS ${id}: events say closed, not idea`);
    // Two holders of one unit, once nothing refuses it.
    let twice: string[] = [];
    await kysely
      .transaction()
      .execute(async (tx) => {
        await sql`drop index cpts_member_one_recognised`.execute(tx);
        const other = await sql<{ id: number }>`
          insert into cpts (name, status, since) values ('Double', 'aci_signed', '2026-01-01')
          returning id`.execute(tx);
        await sql`update cpts set status = 'aci_signed' where id = ${id}`.execute(tx);
        await sql`insert into cpts_member (cpts, unit, recognised)
          values (${other.rows[0]!.id}, ${code(40)}, true)`.execute(tx);
        twice = await heldTwice(tx);
        throw new Error('undone');
      })
      .catch(() => {});
    expect(twice).toEqual([expect.stringContaining(`unit ${code(40)} is held by ${id} and`)]);
  });
});
