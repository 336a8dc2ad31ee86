import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { borderRepository } from '../../server/db/repositories/borders.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import type { UnitFile } from '../../server/imports/rows.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { loadRegion } from '../../server/usecases/load-region.ts';
import { closeCpts } from '../support/cpts-life.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt, smallRegion } from '../support/small-region.ts';

/** The small region with one thing changed in the commune `code`. */
function withUnit(code: string, change: Partial<UnitFile['units'][number]>): UnitFile {
  const file = smallRegion();
  const units = file.units.map((unit) => (unit.code === code ? { ...unit, ...change } : unit));
  return { ...file, units };
}

/** Everything a load may touch, to see that a failed one left no trace. */
async function contents({ kysely }: Database): Promise<unknown> {
  const { rows } = await sql`select
    (select jsonb_agg(to_jsonb(v) - 'loaded_at' order by id) from vintage v) as vintages,
    (select jsonb_agg(jsonb_build_array(code, name, population, vintage, st_astext(geom))
      order by code) from unit) as units,
    (select count(*) from unit_border) as borders,
    (select count(*) from supply) as supply,
    (select count(*) from flow) as flows`.execute(kysely);
  return rows[0];
}

describe.each(engines)('loading a region on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
  });
  afterAll(async () => {
    await db.close();
  });

  test('units and borders are those of the grid', async () => {
    const vintage = await vintageRepository(db.kysely).ofRegion('24');
    expect(vintage).toMatchObject({ units: 48, region_name: 'Centre-Val de Loire' });
    const units = await unitRepository(db.kysely).communes(vintage?.id ?? '');
    expect(units.code).toEqual([...units.code].sort());
    const borders = await borderRepository(db.kysely).columns(vintage?.id ?? '');
    const inner = borders.b.filter((b) => b !== null);
    // 7 vertical lines in each of 6 rows, 5 horizontal ones in each of 8 columns.
    expect(inner).toHaveLength(7 * 6 + 5 * 8);
    // The 24 units of the rim, each with one outer line.
    expect(borders.b.length - inner.length).toBe(24);
  });

  test('border lengths are those PostGIS finds by intersecting the outlines', async () => {
    const { rows } = await sql<{ ours: number; theirs: number }>`
      select l.length_m as ours, st_length(st_intersection(a.geom, b.geom)::geography) as theirs
      from unit_border l join unit a on a.code = l.a join unit b on b.code = l.b`.execute(
      db.kysely,
    );
    for (const { ours, theirs } of rows) expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.005);
  });

  test('the same communes again change nothing', async () => {
    const before = await contents(db);
    await loadRegion(db.kysely, { units: smallRegion(), supply: null });
    expect(await contents(db)).toEqual(before);
  });

  test('an outline that crosses itself is repaired, and said so', async () => {
    const code = codeAt(7, 5);
    const bowtie = [
      [2.7, 47.5],
      [2.8, 47.6],
      [2.8, 47.5],
      [2.7, 47.6],
      [2.7, 47.5],
    ];
    const file = withUnit(code, { geometry: { type: 'Polygon', coordinates: [bowtie] } });
    const vintage = await loadRegion(db.kysely, { units: file, supply: null });
    expect(vintage.remarks).toMatchObject([{ kind: 'changed', where: code }]);
    expect(vintage.remarks[0]?.message).toContain('réparé');
    const { rows } = await sql<{ valid: boolean; area: number }>`
      select st_isvalid(geom) as valid, st_area(geom) as area from unit
      where code = ${code}`.execute(db.kysely);
    expect(rows[0]?.valid).toBe(true);
    expect(rows[0]?.area).toBeCloseTo(0.005, 6);
  });

  test('an outline without area is refused with its code, and nothing changes', async () => {
    const before = await contents(db);
    const flat = [
      [2, 47],
      [2.1, 47],
      [2, 47],
      [2, 47],
    ];
    const file = withUnit(codeAt(0, 0), { geometry: { type: 'Polygon', coordinates: [flat] } });
    await expect(loadRegion(db.kysely, { units: file, supply: null })).rejects.toMatchObject({
      code: 'invalid_geometry',
      message: expect.stringContaining(codeAt(0, 0)),
    });
    expect(await contents(db)).toEqual(before);
  });

  test('supply for a commune that is not there leaves the database as it was', async () => {
    const before = await contents(db);
    const rows = [{ unit: '75056', profession: 'cardiologie', count: 3 }];
    await expect(
      loadRegion(db.kysely, {
        units: withUnit(codeAt(1, 1), { population: 1 }),
        supply: { source: 'x', rows, remarks: [] },
      }),
    ).rejects.toThrow();
    expect(await contents(db)).toEqual(before);
  });

  test('communes of another loaded region are refused', async () => {
    const before = await contents(db);
    const file = { ...smallRegion(), region: { code: 'france', name: 'France' } };
    await expect(loadRegion(db.kysely, { units: file, supply: null })).rejects.toMatchObject({
      code: 'region_overlap',
      message: expect.stringContaining('Centre-Val de Loire'),
    });
    expect(await contents(db)).toEqual(before);
  });

  test('an extract is never lost to a reload: its communes stay until it is removed', async () => {
    const vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
    const datasets = flowDatasetRepository(db.kysely);
    const kept = { vintage, kind: 'extract', name: 'Soins 2023', provenance: 'x' } as const;
    const extract = await datasets.insert({ ...kept, parameters: {} });
    const before = await contents(db);
    const other = { units: withUnit(codeAt(1, 1), { population: 4242 }), supply: null };
    await expect(loadRegion(db.kysely, other)).rejects.toMatchObject({
      code: 'dataset_in_use',
      message: expect.stringContaining(`n° ${extract} (« Soins 2023 »)`),
      details: { datasets: [extract] },
    });
    expect(await contents(db)).toEqual(before);
    expect(await datasets.byId(vintage, extract)).toMatchObject({ name: 'Soins 2023' });
    await datasets.remove(extract);
    expect((await loadRegion(db.kysely, other)).id).not.toBe(vintage);
  });

  test('a commune that a CPTS holds cannot vanish; CPTS survive a reload', async () => {
    const held = codeAt(2, 2);
    const vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
    const wanted = { name: 'Tenue', units: [held, codeAt(2, 3)] };
    const cpts = await createCpts(db.kysely, vintage, wanted, 'x');
    const file = smallRegion();
    const without = { ...file, units: file.units.filter(({ code }) => code !== held) };
    const before = await contents(db);
    await expect(loadRegion(db.kysely, { units: without, supply: null })).rejects.toMatchObject({
      code: 'units_in_use',
      message: expect.stringContaining('Tenue'),
    });
    expect(await contents(db)).toEqual(before);

    await loadRegion(db.kysely, {
      units: withUnit(held, { name: 'Renommée', population: 9 }),
      supply: null,
    });
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from cpts_member where cpts = ${cpts.id}`.execute(db.kysely);
    expect(rows[0]?.n).toBe(2);

    // Closed, it no longer stands in the way.
    await closeCpts(db.kysely, cpts.id, 'x');
    const after = await loadRegion(db.kysely, { units: without, supply: null });
    expect(after.units).toBe(47);
  });
});
