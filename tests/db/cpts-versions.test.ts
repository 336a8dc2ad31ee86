import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TerritoryChange } from '../../server/contracts/cpts-versions.ts';
import { flowMatrix } from '../../server/core/flows/matrix.ts';
import { localisation } from '../../server/core/indicators/localisation.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import type { DomainError } from '../../server/errors.ts';
import { changeTerritory } from '../../server/usecases/change-territory.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { compareVersions, listVersions, readVersion } from '../../server/usecases/read-versions.ts';
import { restoreVersion } from '../../server/usecases/restore-version.ts';
import { closeCpts, named } from '../support/cpts-life.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const code = (i: number) => codeAt(i % 8, Math.floor(i / 8));
const codes = (...at: number[]) => at.map(code);

describe.each(engines)('versions of a CPTS on %s', (engine) => {
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
    createCpts(db.kysely, vintage, { name, units }, 'leader');
  const change = (id: number, wanted: Partial<TerritoryChange>, actor = 'leader') =>
    changeTerritory(
      db.kysely,
      vintage,
      id,
      { basedOn: 1, added: [], removed: [], ...wanted },
      named(actor),
    );
  const numbers = async (id: number) => {
    const rows = await db.kysely
      .selectFrom('cpts_version')
      .select(['number', 'author', 'label', 'note', 'units'])
      .where('cpts', '=', id)
      .orderBy('number')
      .execute();
    return rows;
  };

  test('is saved even where its figures fail, and completed when it is read', async () => {
    const { id } = await create('Menée à bien', codes(3));
    await sql`create function no_figures() returns trigger language plpgsql as $$
      begin raise exception 'no figures'; end $$`.execute(db.kysely);
    await sql`create trigger no_figures before update of indicators on cpts_version
      for each row execute function no_figures()`.execute(db.kysely);
    try {
      expect(await change(id, { added: codes(4) })).toMatchObject({ version: 2 });
      await expect(listVersions(db.kysely, vintage, id, { limit: 10, offset: 0 })).rejects.toThrow(
        'no figures',
      );
    } finally {
      await sql`drop function no_figures cascade`.execute(db.kysely);
    }
    const { items } = await listVersions(db.kysely, vintage, id, { limit: 10, offset: 0 });
    expect(items.map(({ figures }) => figures.communes)).toEqual([2, 1]);
  });

  test('a saved territory is the next version, with its words', async () => {
    const { id } = await create('Suivie', codes(0, 1));
    const saved = await change(id, {
      added: codes(2, 1),
      removed: codes(0, 40),
      label: ' Avec Saint-Éloi ',
      note: 'Réunion du 3\net du 4',
    });
    expect(saved).toMatchObject({ id, version: 2, units: codes(1, 2), status: 'idea' });
    expect(await numbers(id)).toEqual([
      { number: 1, author: 'leader', label: '', note: '', units: codes(0, 1) },
      {
        number: 2,
        author: 'leader',
        label: 'Avec Saint-Éloi',
        note: 'Réunion du 3\net du 4',
        units: codes(1, 2),
      },
    ]);
    const { rows } = await sql<{ km2: number }>`
      select round((st_area(geom::geography) / 1e6)::numeric)::integer as km2 from cpts_version
      where cpts = ${id} order by number`.execute(db.kysely);
    // Two squares of a tenth of a degree, near 47° of latitude.
    expect(rows.map(({ km2 }) => Math.round(km2 / 10))).toEqual([17, 17]);
  });

  test('of two people who save at once, one wins and the other is told what changed', async () => {
    const { id } = await create('Disputée', codes(0, 1));
    for (let basedOn = 1; basedOn <= 6; basedOn++) {
      const answers = await Promise.allSettled([
        change(id, { basedOn, added: codes(10 + basedOn) }, 'anne'),
        change(id, { basedOn, added: codes(20 + basedOn), removed: codes(0) }, 'bruno'),
      ]);
      const lost = answers.filter(({ status }) => status === 'rejected');
      expect(lost).toHaveLength(1);
      const [{ reason }] = lost as [PromiseRejectedResult];
      const winner = answers[0]?.status === 'fulfilled' ? 'anne' : 'bruno';
      expect(reason).toMatchObject({
        code: 'stale_version',
        details: {
          version: basedOn + 1,
          author: winner,
          added: codes((winner === 'anne' ? 10 : 20) + basedOn),
        },
      });
    }
    // Without a hole.
    expect((await numbers(id)).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('a stale save is told all that changed since its version', async () => {
    const { id } = await create('Ancienne', codes(0, 1, 2));
    await change(id, { added: codes(3), removed: codes(0) });
    await change(id, { basedOn: 2, added: codes(4), removed: codes(3) }, 'other');
    const refused = (await change(id, { added: codes(9) }).catch((e) => e)) as DomainError;
    expect(refused).toMatchObject({
      code: 'stale_version',
      message: expect.stringContaining('1 commune ajoutée, 1 commune retirée'),
      details: {
        version: 3,
        author: 'other',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        added: codes(4),
        removed: codes(0),
      },
    });
    expect(await numbers(id)).toHaveLength(3);
  });

  test('what cannot be saved says why, and writes nothing', async () => {
    const { id } = await create('Fermée', codes(0, 1));
    const refusal = (wanted: Partial<TerritoryChange>) =>
      change(id, wanted).then(
        () => 'saved',
        (error: DomainError) => error.code,
      );
    expect(await refusal({ removed: codes(0, 1) })).toBe('empty_territory');
    expect(await refusal({ added: ['75056'] })).toBe('unknown_units');
    expect(await refusal({ added: codes(5), removed: codes(5) })).toBe('invalid_request');
    expect(await refusal({ basedOn: 2 })).toBe('unknown_version');
    await expect(change(9999, {})).rejects.toMatchObject({ code: 'unknown_cpts' });
    await closeCpts(db.kysely, id, 'officer');
    expect(await refusal({ added: codes(5) })).toBe('cpts_closed');
    expect(await numbers(id)).toHaveLength(1);
  });

  test('a version keeps its figures, by flows that it names', async () => {
    // Two pieces: a block of three, and one alone.
    const units = codes(0, 1, 8, 30);
    const { id } = await create('Mesurée', units);
    const { figures } = await readVersion(db.kysely, vintage, id, 1);
    const all = await unitRepository(db.kysely).leaves(vintage);
    const of = (column: number[]) =>
      all.code.reduce((sum, one, u) => sum + (units.includes(one) ? column[u]! : 0), 0);
    const dataset = (await flowDatasetRepository(db.kysely).latest(vintage))!;
    expect(figures).toMatchObject({
      communes: 4,
      pieces: 2,
      population: of(all.population),
      dataset: { id: dataset.id, name: dataset.name, kind: 'modelled' },
    });
    expect(figures.areaKm2).toBeCloseTo(of(all.areaKm2), 1);

    const { rows } = await sql<{ shape: number }>`
      select 4 * pi() * st_area(geom::geography) / st_perimeter(geom::geography) ^ 2 as shape
      from cpts_version where cpts = ${id}`.execute(db.kysely);
    expect(figures.compactness).toBeCloseTo(rows[0]!.shape, 2);

    const flows = await flowRepository(db.kysely).totals(dataset.id, 'all', 5);
    const at = (one: string) => all.code.indexOf(one);
    const matrix = flowMatrix(
      all.code.length,
      flows.origin.map(at),
      flows.destination.map(at),
      flows.patients,
    );
    const inside = Int32Array.from(all.code, (one) => (units.includes(one) ? 0 : -1));
    expect(figures.li).toBeCloseTo(localisation(matrix, inside, 1).li[0]!, 5);
  });

  test('figures stay as they were when the data change', async () => {
    const { id } = await create('Fidèle', codes(4, 5));
    const before = await readVersion(db.kysely, vintage, id, 1);
    await sql`update unit set population = population + 1 where code = ${code(4)}`.execute(
      db.kysely,
    );
    const saved = await change(id, { added: codes(6) });
    const { items } = await listVersions(db.kysely, vintage, id, { limit: 10, offset: 0 });
    expect(items.map(({ number }) => number)).toEqual([2, 1]);
    expect(items[1]?.figures).toEqual(before.figures);
    expect(items[0]?.figures.population).toBe(saved.population);
    await sql`update unit set population = population - 1 where code = ${code(4)}`.execute(
      db.kysely,
    );
  });

  test('what a killed program left without figures gets them when it is read', async () => {
    const { id } = await create('Interrompue', codes(4, 5));
    const { figures } = await readVersion(db.kysely, vintage, id, 1);
    await sql`update cpts_version set indicators = null, geom = null where cpts = ${id}`.execute(
      db.kysely,
    );
    expect((await readVersion(db.kysely, vintage, id, 1)).figures).toEqual(figures);
    const { rows } = await sql`
      select from cpts_version where cpts = ${id} and geom is not null`.execute(db.kysely);
    expect(rows).toHaveLength(1);
  });

  test('the comparison of two versions leads from one to the other', async () => {
    const { id } = await create('Comparée', codes(0));
    const territory = fc.uniqueArray(fc.nat(47), { minLength: 1, maxLength: 20 });
    let version = 1;
    let units = codes(0);
    await fc.assert(
      fc.asyncProperty(territory, async (next) => {
        const wanted = next.map(code);
        await change(id, {
          basedOn: version,
          added: wanted.filter((one) => !units.includes(one)),
          removed: units.filter((one) => !wanted.includes(one)),
        });
        const told = await compareVersions(db.kysely, vintage, id, version, version + 1);
        const back = await compareVersions(db.kysely, vintage, id, version + 1, version);
        const after = units.filter((one) => !told.removed.some((gone) => gone.code === one));
        expect([...after, ...told.added.map((one) => one.code)].sort()).toEqual(wanted.sort());
        expect([back.added, back.removed]).toEqual([told.removed, told.added]);
        const people = (some: { population: number }[]) =>
          some.reduce((sum, { population }) => sum + population, 0);
        expect(told.after.figures.population - told.before.figures.population).toBe(
          people(told.added) - people(told.removed),
        );
        version += 1;
        units = wanted;
      }),
      { numRuns: 8, seed: 3 },
    );
  });

  test('a version is restored as a new one, and what came between stays', async () => {
    const { id } = await create('Reprise', codes(0, 1));
    await change(id, { added: codes(2), removed: codes(0) });
    await change(id, { basedOn: 2, added: codes(3) });
    const restore = (number: number, basedOn: number) =>
      restoreVersion(
        db.kysely,
        vintage,
        id,
        number,
        { basedOn, note: 'On revient' },
        named('leader'),
      );
    expect(await restore(1, 3)).toMatchObject({ version: 4, units: codes(0, 1) });
    expect((await numbers(id)).map(({ units }) => units)).toEqual([
      codes(0, 1),
      codes(1, 2),
      codes(1, 2, 3),
      codes(0, 1),
    ]);
    expect(await readVersion(db.kysely, vintage, id, 4)).toMatchObject({
      restores: 1,
      note: 'On revient',
      units: codes(0, 1),
    });
    await expect(restore(2, 3)).rejects.toMatchObject({ code: 'stale_version' });
    await expect(restore(9, 4)).rejects.toMatchObject({ code: 'unknown_version' });
  });

  test('a fork keeps what it was made from', async () => {
    const { id } = await create('Souche', codes(0, 1));
    await change(id, { added: codes(2) });
    const fork = (version: number) =>
      createCpts(
        db.kysely,
        vintage,
        { name: 'Rejet', units: codes(1), forkedFrom: { id, version } },
        'other',
      );
    expect(await fork(2)).toMatchObject({ version: 1, forkedFrom: { id, version: 2 } });
    await expect(fork(3)).rejects.toMatchObject({ code: 'unknown_version' });
  });

  test('every change is an event', async () => {
    const { id } = await create('Racontée', codes(0, 1));
    await change(id, { added: codes(2), removed: codes(0), label: 'Deux' });
    await change(id, { added: codes(3) }).catch(() => {});
    const events = await db.kysely
      .selectFrom('event')
      .select(['verb', 'before', 'after'])
      .where('subject', '=', `cpts/${id}`)
      .orderBy('id')
      .execute();
    expect(events).toMatchObject([
      { verb: 'create' },
      {
        verb: 'change_territory',
        before: { version: 1 },
        after: { version: 2, added: codes(2), removed: codes(0), label: 'Deux' },
      },
    ]);
    expect(events).toHaveLength(2);
  });
});
