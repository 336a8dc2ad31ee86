import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Overlap } from '../../server/contracts/overlaps.ts';
import { localActor } from '../../server/core/accounts/actor.ts';
import { overlaps } from '../../server/core/overlap/overlaps.ts';
import { severityOf } from '../../server/core/overlap/severity.ts';
import type { Database } from '../../server/db/database.ts';
import { cptsRepository } from '../../server/db/repositories/cpts.ts';
import { openTerritoryRepository } from '../../server/db/repositories/open-territories.ts';
import { overlapRepository } from '../../server/db/repositories/overlaps.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { changeTerritory } from '../../server/usecases/change-territory.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { closeCpts, recogniseCpts } from '../support/cpts-life.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt, smallRegion } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));
const populationOf = new Map(smallRegion().units.map((unit) => [unit.code, unit.population]));
const population = (codes: string[]) =>
  codes.reduce((sum, unit) => sum + (populationOf.get(unit) ?? 0), 0);

describe.each(engines)('overlaps on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(async () => {
    await db.close();
  });
  beforeEach(async () => {
    await sql`delete from cpts`.execute(db.kysely);
  });

  const create = (name: string, units: string[]) =>
    createCpts(db.kysely, vintage, { name, units }, 'officer');
  const list = async (of: { cpts?: number } = {}) =>
    (await overlapRepository(db.kysely).list(vintage, { limit: 1000, offset: 0, ...of })).items;
  const key = ({ a, b, units }: Pick<Overlap, 'a' | 'b' | 'units'>) =>
    JSON.stringify([a.id, b.id, units.map((unit) => unit.code).sort()]);

  /** What the pure version finds among the open CPTS. */
  async function expected(): Promise<string[]> {
    const open = await openTerritoryRepository(db.kysely).list(vintage);
    const index = new Map([...populationOf.keys()].map((unit, at) => [unit, at]));
    const codes = [...index.keys()];
    const pairs = overlaps(open.map(({ units }) => units.map((unit) => index.get(unit)!)));
    return pairs
      .map(({ a, b, units }) =>
        JSON.stringify([open[a]!.id, open[b]!.id, [...units].map((u) => codes[u]!).sort()]),
      )
      .sort();
  }

  const edit = fc.record({
    kind: fc.constantFrom('create', 'add', 'remove', 'recognise', 'close'),
    which: fc.nat(5),
    units: fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 6 }),
  });

  test('after any edits, re-examining the edited CPTS alone gives what a full detection gives, and the pure version', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 4, maxLength: 14 }), async (edits) => {
        await sql`delete from cpts`.execute(db.kysely);
        let known: Overlap[] = [];
        const ids: number[] = [];
        for (const { kind, which, units } of edits) {
          const codes = units.map(code);
          const id = ids[which % Math.max(1, ids.length)];
          const edited = await apply(kind, id, codes);
          if (edited === null) continue;
          if (!ids.includes(edited)) ids.push(edited);
          known = [
            ...known.filter(({ a, b }) => a.id !== edited && b.id !== edited),
            ...(await list({ cpts: edited })),
          ];
          const full = await list();
          expect(known.map(key).sort()).toEqual(full.map(key).sort());
          expect(full.map(key).sort()).toEqual(await expected());
        }
        for (const pair of await list()) {
          const { a, b } = pair;
          expect(pair.population).toBe(population(pair.units.map((unit) => unit.code)));
          expect(pair.severity).toBe(severityOf(a.status as 'idea', b.status as 'idea'));
          for (const { id, ...side } of [a, b]) {
            const cpts = await cptsRepository(db.kysely).byId(id);
            expect(side.population).toBe(cpts?.population);
            expect(side.share).toBeCloseTo(pair.population / side.population, 6);
          }
        }
      }),
      { numRuns: engine === 'pglite' ? 6 : 12, seed: 7 },
    );
  });

  async function apply(kind: string, id: number | undefined, codes: string[]) {
    if (kind === 'create' || id === undefined) return (await create('Tirée', codes)).id;
    try {
      if (kind === 'recognise') await recogniseCpts(db.kysely, id, 'officer');
      else if (kind === 'close') await closeCpts(db.kysely, id, 'officer');
      else {
        const { version } = (await cptsRepository(db.kysely).byId(id))!;
        const change =
          kind === 'add' ? { added: codes, removed: [] } : { added: [], removed: codes };
        await changeTerritory(db.kysely, vintage, id, { basedOn: version, ...change }, localActor);
      }
      return id;
    } catch (error) {
      expect((error as { code: string }).code).toMatch(
        /^(territory_conflict|cpts_closed|empty_territory|step_not_allowed)$/,
      );
      return null;
    }
  }

  test('CPTS edited at once leave no stale pair', async () => {
    const made = [];
    for (let k = 0; k < 8; k++) made.push(await create(`V${k}`, [code(k)]));
    for (let round = 0; round < 3; round++) {
      const versions = await Promise.all(
        made.map(async ({ id }) => (await cptsRepository(db.kysely).byId(id))!.version),
      );
      // Neighbours take the same communes in the same moment.
      await Promise.all(
        made.map(({ id }, k) => {
          const taken = [code(8 + ((k + round) % 4)), code(12 + (k % 3) + round)];
          const change = { added: taken, removed: round > 0 ? [code(8 + (k % 4))] : [] };
          return changeTerritory(
            db.kysely,
            vintage,
            id,
            {
              basedOn: versions[k]!,
              added: change.added.filter((unit) => !change.removed.includes(unit)),
              removed: change.removed.filter((unit) => !change.added.includes(unit)),
            },
            localActor,
          );
        }),
      );
      const full = await list();
      expect(full.length).toBeGreaterThan(0);
      expect(full.map(key).sort()).toEqual(await expected());
    }
  });

  test('the gravest come first, and filters keep what they say', async () => {
    const [x, y, z] = [code(0), code(1), code(2)];
    const a = await create('A', [x, y]);
    const b = await create('B', [x, z]);
    const c = await create('C', [y, z, code(7)]);
    const d = await create('D', [code(7)]);
    await recogniseCpts(db.kysely, a.id, 'officer');
    await sql`update cpts set status = 'letter_of_intent' where id = ${b.id}`.execute(db.kysely);
    const all = await list();
    expect(all.map((pair) => [pair.severity, pair.a.id, pair.b.id])).toEqual([
      ['recognised_deposited', a.id, b.id],
      ['recognised_draft', a.id, c.id],
      ['deposited_draft', b.id, c.id],
      ['two_drafts', c.id, d.id],
    ]);
    const filtered = async (filter: object) => {
      const page = await overlapRepository(db.kysely).list(vintage, {
        limit: 1000,
        offset: 0,
        ...filter,
      });
      expect(page.total).toBe(page.items.length);
      return page.items.map((pair) => [pair.a.id, pair.b.id]);
    };
    expect(await filtered({ severity: 'two_drafts' })).toEqual([[c.id, d.id]]);
    expect(await filtered({ department: '41' })).toEqual([[c.id, d.id]]);
    expect(await filtered({ cpts: b.id })).toEqual([
      [a.id, b.id],
      [b.id, c.id],
    ]);
    expect(await filtered({ cpts: b.id, severity: 'deposited_draft' })).toEqual([[b.id, c.id]]);
    const page = await overlapRepository(db.kysely).list(vintage, { limit: 2, offset: 1 });
    expect(page).toMatchObject({ total: 4, items: all.slice(1, 3) });
  });
});
