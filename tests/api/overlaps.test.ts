import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Coverage } from '../../server/contracts/coverage.ts';
import type { Cpts } from '../../server/contracts/cpts.ts';
import type { Destinations } from '../../server/contracts/flow-datasets.ts';
import type { FlowSets } from '../../server/contracts/flow-sets.ts';
import type { OverlapResolution, ResolvedOverlap } from '../../server/contracts/overlaps.ts';
import { type Actor, localActor } from '../../server/core/accounts/actor.ts';
import { parisDay } from '../../server/core/life/days.ts';
import { applyResolution } from '../../server/usecases/overlaps/apply-resolution.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt, smallRegion } from '../support/small-region.ts';

const units = new Map(smallRegion().units.map((unit) => [unit.code, unit]));
const population = (codes: string[]) =>
  codes.reduce((sum, code) => sum + (units.get(code)?.population ?? 0), 0);
const rectangle = (west: number, east: number, south: number, north: number) => {
  const codes: string[] = [];
  for (let row = south; row <= north; row++) {
    for (let column = west; column <= east; column++) codes.push(codeAt(column, row));
  }
  return codes;
};

describe.each(engines)('overlaps and coverage through the API on %s', (engine) => {
  let api: TestApi;
  let dataset: number;
  beforeAll(async () => {
    api = await openTestApi(engine);
    dataset = (await api.get('/api/flow-datasets')).json().items[0].id;
  });
  afterAll(async () => {
    await api.close();
  });
  beforeEach(async () => {
    await sql`delete from cpts`.execute(api.database.kysely);
  });

  const create = async (name: string, codes: string[]): Promise<Cpts> =>
    (await api.post('/api/cpts', { name, units: codes })).json();
  const resolution = async (a: number, b: number, query = ''): Promise<OverlapResolution> =>
    (await api.get(`/api/overlaps/${a}/${b}${query}`)).json();
  /** patients of a commune, by commune of care */
  async function destinations(origin: string): Promise<Map<string, number>> {
    const url = `/api/flow-datasets/${dataset}/destinations?origin=${origin}&limit=100`;
    const found = (await api.get(url)).json<Destinations>();
    return new Map(found.destinations.map(({ code, patients }) => [code, patients]));
  }
  async function li(codes: string[]): Promise<number | null> {
    const answer = await api.post(`/api/flow-datasets/${dataset}/sets`, {
      sets: [{ name: 'T', units: codes }],
      k: 0,
    });
    return answer.json<FlowSets>().sets[0]?.li ?? null;
  }

  test('each shared commune goes to the CPTS that receives most of its patients, with the effects on both', async () => {
    const west = await create('Ouest', rectangle(2, 4, 1, 3));
    const east = await create('Est', rectangle(4, 6, 1, 3));
    const found = await resolution(east.id, west.id);
    expect(found).toMatchObject({
      a: { id: west.id },
      b: { id: east.id },
      severity: 'two_drafts',
      dataset: { id: dataset },
      specialty: 'all',
      empties: [],
    });
    // The history of today and the territories of now say the same.
    const today = parisDay(new Date());
    const listed = (await api.get('/api/overlaps')).json();
    expect(listed.total).toBe(1);
    expect((await api.get(`/api/overlaps?at=${today}`)).json()).toEqual(listed);
    expect((await api.get('/api/overlaps?at=2019-01-01')).json().total).toBe(0);
    expect((await api.get('/api/overlaps?at=2999-01-01')).json().error.code).toBe('invalid_day');
    const shared = rectangle(4, 4, 1, 3);
    expect(found.units.map(({ code }) => code).sort()).toEqual([...shared].sort());
    expect(found.population).toBe(population(shared));
    const own = { a: rectangle(2, 3, 1, 3), b: rectangle(5, 6, 1, 3) };
    for (const unit of found.units) {
      const sent = await destinations(unit.code);
      const to = (codes: string[]) => codes.reduce((sum, code) => sum + (sent.get(code) ?? 0), 0);
      expect(unit.toA).toBeCloseTo(to(own.a), 0);
      expect(unit.toB).toBeCloseTo(to(own.b), 0);
      expect(unit.to).toBe(to(own.a) > to(own.b) ? west.id : east.id);
      expect(unit).toMatchObject({ because: 'patients', flows: 'known', tie: false });
    }
    const given = (id: number) => found.units.filter(({ to }) => to === id).map(({ code }) => code);
    for (const [side, id] of [['a', west.id] as const, ['b', east.id] as const]) {
      const before = [...own[side], ...shared];
      const after = [...own[side], ...given(id)];
      const effect = found.effects[side];
      expect(effect.before).toMatchObject({ units: 9, population: population(before), pieces: 1 });
      expect(effect.after).toMatchObject({ units: after.length, population: population(after) });
      expect(effect.before.li).toBeCloseTo((await li(before))!, 4);
      expect(effect.after.li).toBeCloseTo((await li(after))!, 4);
    }
  });

  test('a unit may be given otherwise, and what cannot be is refused', async () => {
    const inner = await create('Dedans', [codeAt(1, 1), codeAt(2, 1)]);
    const outer = await create('Dehors', rectangle(0, 2, 0, 2));
    const found = await resolution(inner.id, outer.id);
    // The one inside holds nothing alone: all its patients go to the other.
    expect(found.empties).toEqual([inner.id]);
    expect(found.a.share).toBe(1);
    const preview = (give: { unit: string; to: number }[]) =>
      api.post(`/api/overlaps/${inner.id}/${outer.id}/preview`, { give });
    const kept = (await preview([{ unit: codeAt(1, 1), to: inner.id }])).json<OverlapResolution>();
    expect(kept.empties).toEqual([]);
    const gift = kept.units.find(({ code }) => code === codeAt(1, 1));
    expect(gift).toMatchObject({ to: inner.id, proposed: outer.id });
    expect(kept.effects.a.after).toMatchObject({
      units: 1,
      population: population([codeAt(1, 1)]),
    });
    expect(kept.effects.b.after).toMatchObject({ units: 8, pieces: 1 });

    const codeOf = async (answer: Promise<{ statusCode: number; json(): unknown }>) => {
      const { statusCode, json } = await answer;
      return [statusCode, (json() as { error: { code: string } }).error.code];
    };
    expect(await codeOf(preview([{ unit: codeAt(0, 0), to: inner.id }]))).toEqual([
      409,
      'overlap_changed',
    ]);
    expect(await codeOf(preview([{ unit: codeAt(1, 1), to: 999 }]))).toEqual([
      400,
      'invalid_request',
    ]);
    const far = await create('Loin', [codeAt(7, 5)]);
    for (const [path, code] of [
      [`${inner.id}/${far.id}`, 'no_overlap'],
      [`${inner.id}/${inner.id}`, 'no_overlap'],
      [`${inner.id}/99999`, 'unknown_cpts'],
    ]) {
      expect(await codeOf(api.get(`/api/overlaps/${path}`))).toEqual([404, code]);
    }
    await api.post(`/api/cpts/${inner.id}/steps`, { step: 'close' });
    expect(await codeOf(api.get(`/api/overlaps/${inner.id}/${outer.id}`))).toEqual([
      404,
      'no_overlap',
    ]);
    const unknown = `/api/overlaps/${inner.id}/${outer.id}?dataset=999`;
    expect((await codeOf(api.get(unknown)))[0]).toBe(404);
  });

  test('a resolution is proposed to both owners in one click, and holds once both accepted', async () => {
    const west = await create('Ouest', rectangle(2, 4, 1, 3));
    const east = await create('Est', rectangle(4, 6, 1, 3));
    await api.post(`/api/cpts/${west.id}/steps`, { step: 'accept_territory' });
    const seen = await resolution(west.id, east.id);
    expect([seen.severity, seen.a.proposed, seen.b.proposed]).toEqual([
      'recognised_draft',
      null,
      null,
    ]);
    const resolve = (body: object) => api.post(`/api/overlaps/${west.id}/${east.id}/resolve`, body);
    const stale = await resolve({ basedOn: { a: 1, b: 2 } });
    expect([stale.statusCode, stale.json().error.code]).toEqual([409, 'overlap_changed']);
    const gift = { unit: codeAt(4, 2), to: west.id };
    const asked = {
      basedOn: { a: seen.a.version, b: seen.b.version },
      note: 'Accord',
      give: [gift],
    };
    const done = (await resolve(asked)).json<ResolvedOverlap>();
    expect(done.proposed.map(({ cpts }) => cpts)).toEqual([west.id, east.id]);
    expect(done.resolution.units.find(({ code }) => code === gift.unit)?.to).toBe(west.id);
    const waiting = await resolution(west.id, east.id);
    expect([waiting.a.proposed, waiting.b.proposed]).toEqual(
      done.proposed.map(({ number }) => number),
    );
    expect((await resolve(asked)).json().error.code).toBe('version_pending');

    // Nothing changes before the second of both has agreed.
    const [first, second] = done.proposed;
    for (const [part, pairs] of [
      [first!, 1],
      [second!, 0],
    ] as const) {
      const accepted = await api.post(`/api/cpts/${part.cpts}/versions/${part.number}/accept`);
      expect(accepted.statusCode).toBe(200);
      expect((await api.get('/api/overlaps')).json().total).toBe(pairs);
    }
    for (const [cpts, effect] of [
      [west, done.resolution.effects.a],
      [east, done.resolution.effects.b],
    ] as const) {
      const after = (await api.get(`/api/cpts/${cpts.id}`)).json<Cpts>();
      expect(after.population).toBe(effect.after.population);
      expect(after.units).toHaveLength(effect.after.units);
    }
  });

  test('who leads neither CPTS, or would leave one with nothing, proposes no resolution', async () => {
    const inner = await create('Dedans', [codeAt(1, 1)]);
    const outer = await create('Dehors', rectangle(0, 2, 0, 2));
    const apply = (actor: Actor, give: { unit: string; to: number }[] = []) =>
      applyResolution(
        api.database.kysely,
        api.region.loaded(),
        [inner.id, outer.id],
        { basedOn: { a: 1, b: 1 }, give },
        actor,
      );
    const leader = { ...localActor, role: 'leader', cpts: [outer.id + 1] } as const;
    await expect(apply(leader)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(apply(localActor)).rejects.toMatchObject({ code: 'empty_territory' });
    expect((await resolution(inner.id, outer.id)).b.proposed).toBeNull();
    const kept = [{ unit: codeAt(1, 1), to: inner.id }];
    const { proposed } = await apply({ ...leader, cpts: [outer.id] }, kept);
    expect(proposed).toHaveLength(2);
  });

  test('coverage: departments, zones blanches and who receives them, what calls for a look', async () => {
    // A ring around (5, 2), which another CPTS holds, and (5, 3), which nobody holds; a town is in it.
    const hole = [codeAt(5, 2), codeAt(5, 3)];
    const ring = await create(
      'Anneau',
      rectangle(4, 6, 1, 4).filter((code) => !hole.includes(code)),
    );
    const inside = await create('Dedans', [hole[0]!]);
    const split = await create('En deux', [codeAt(0, 0), codeAt(2, 0)]);
    await api.post(`/api/cpts/${ring.id}/steps`, { step: 'accept_territory' });
    const found = (await api.get('/api/coverage')).json<Coverage>();

    const held = [...ring.units, hole[0]!, codeAt(0, 0), codeAt(2, 0)];
    const free = [...units.keys()].filter((code) => !held.includes(code));
    const of = (department: string) => (code: string) => units.get(code)?.department === department;
    for (const shares of found.departments) {
      const mine = of(shares.code);
      expect(shares.recognised.population).toBe(population(ring.units.filter(mine)));
      expect(shares.uncovered.population).toBe(population(free.filter(mine)));
      expect(shares.population).toBe(population([...units.keys()].filter(mine)));
      for (const part of [shares.recognised, shares.inProject, shares.uncovered]) {
        expect(part.share).toBeCloseTo(part.population / shares.population, 6);
      }
    }
    for (const key of ['recognised', 'inProject', 'uncovered'] as const) {
      for (const what of ['units', 'population'] as const) {
        const sum = found.departments.reduce((total, shares) => total + shares[key][what], 0);
        expect(found.all[key][what]).toBe(sum);
      }
    }
    expect(found.all.units).toBe(units.size);

    expect(found.zones.flatMap((zone) => zone.units).sort()).toEqual([...free].sort());
    expect(found.zones.map((zone) => zone.units.length)).toEqual([free.length - 1, 1]);
    for (const zone of found.zones) {
      const sent = new Map<number, number>();
      let patients = 0;
      for (const unit of zone.units) {
        for (const [code, count] of await destinations(unit)) {
          patients += count;
          for (const cpts of [ring, inside, split]) {
            if (cpts.units.includes(code)) sent.set(cpts.id, (sent.get(cpts.id) ?? 0) + count);
          }
        }
      }
      const [first] = [...sent].sort(([, p], [, q]) => q - p);
      expect(zone.patients / patients).toBeCloseTo(1, 2);
      expect(zone.receiver?.cpts.id).toBe(first?.[0]);
      expect(zone.receiver!.patients / first![1]).toBeCloseTo(1, 2);
      expect(zone.receiver?.share).toBeCloseTo(first![1] / patients, 2);
      expect(zone.population).toBe(population(zone.units));
    }

    const told = new Map(found.territories.map((one) => [one.cpts.id, one]));
    expect(told.get(ring.id)).toMatchObject({
      pieces: 1,
      encloses: [{ id: inside.id, name: 'Dedans', status: 'idea' }],
      uncoveredInside: { units: [hole[1]], population: population([hole[1]!]) },
    });
    expect(told.get(inside.id)).toMatchObject({ band: 'below', pieces: 1, encloses: [] });
    expect(told.get(split.id)).toMatchObject({ band: 'below', pieces: 2 });

    const today = parisDay(new Date());
    expect((await api.get(`/api/coverage?at=${today}`)).json()).toEqual(found);
    // Of yesterday: the ring was recognised then, and « Dedans » was not there yet.
    await sql`update cpts_step set since = since - 1 where cpts <> ${inside.id}`.execute(
      api.database.kysely,
    );
    await sql`update cpts_version set since = since - 1 where cpts <> ${inside.id}`.execute(
      api.database.kysely,
    );
    const yesterday = parisDay(new Date(Date.now() - 24 * 3_600_000));
    const then = (await api.get(`/api/coverage?at=${yesterday}`)).json<Coverage>();
    expect(then.all.recognised).toEqual(found.all.recognised);
    expect(then.all.inProject.units).toBe(2);
    expect(then.zones.map((zone) => zone.units.length)).toEqual([free.length - 1, 2]);
    expect(then.territories.map(({ cpts }) => cpts.id)).toEqual([ring.id, split.id]);
    expect(then.territories[0]).toMatchObject({
      cpts: { status: 'territory_accepted' },
      encloses: [],
      uncoveredInside: { units: hole },
    });
    expect(
      (await api.get('/api/coverage?at=2019-01-01')).json<Coverage>().all.uncovered.units,
    ).toBe(units.size);
    expect((await api.get('/api/coverage?at=2999-01-01')).json().error.code).toBe('invalid_day');

    const ofEast = (await api.get('/api/coverage?department=41')).json<Coverage>();
    expect(ofEast.departments.map(({ code }) => code)).toEqual(['41']);
    expect(ofEast.all).toMatchObject({ population: ofEast.departments[0]!.population });
    expect(ofEast.zones).toEqual(found.zones.filter((zone) => zone.departments.includes('41')));
    expect(ofEast.territories.map(({ cpts }) => cpts.id)).toEqual([ring.id]);
  });
});
