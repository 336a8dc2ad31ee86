import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { cptsRepository } from '../../server/db/repositories/cpts.ts';
import { divisionRepository } from '../../server/db/repositories/divisions.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { contentOf, vintageRepository } from '../../server/db/repositories/vintages.ts';
import { createCpts } from '../../server/usecases/create-cpts.ts';
import { cutUnit, previewCut } from '../../server/usecases/divisions/cut-unit.ts';
import { importSubdivisions } from '../../server/usecases/divisions/import-subdivisions.ts';
import { mergeUnits, removeDivision } from '../../server/usecases/divisions/merge-units.ts';
import { heldLeaves } from '../../server/usecases/held-leaves.ts';
import { closeCpts, recogniseCpts } from '../support/cpts-life.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';
import { fileOf, ORLEANS, part, quarters } from '../support/subdivisions.ts';

describe.each(engines)('a divided commune on %s', (engine) => {
  let db: Database;
  let vintage: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
  });
  afterAll(async () => {
    await db.close();
  });
  // Each test begins with the commune whole, held by nobody.
  beforeEach(async () => {
    await sql`update cpts set status = 'closed'`.execute(db.kysely);
    if ((await leaves()).length > 0) await removeDivision(db.kysely, vintage, ORLEANS, 'x');
  });

  const leaves = () => divisionRepository(db.kysely).leavesOf(ORLEANS);
  const importAll = (file = quarters()) =>
    importSubdivisions(db.kysely, vintage, file, null, 'officer');
  const create = (name: string, units: string[]) =>
    createCpts(db.kysely, vintage, { name, units }, 'officer');
  const unitsOf = async (id: number) => (await cptsRepository(db.kysely).byId(id))?.units;
  const cut = (unit: string, line: [number, number][], names = ['Un', 'Deux'], people?: number[]) =>
    cutUnit(
      db.kysely,
      vintage,
      {
        unit,
        line: { points: line },
        sectors: [
          { name: names[0]!, ...(people && { population: people[0]! }) },
          { name: names[1]!, ...(people && { population: people[1]! }) },
        ],
      },
      'officer',
    );
  /** Everything that must hold of the leaves and lines, whatever was done. */
  async function checkGround() {
    const { rows } = await sql<{
      area: number;
      gap: number;
      overlap: number;
      people: number;
      invalid: number;
    }>`
      with leaf as (select * from unit where vintage = ${vintage} and leaf),
      commune as (select * from unit where vintage = ${vintage} and parent is null)
      select (select sum(population) from leaf) - (select sum(population) from commune) as people,
        (select sum(st_area(geom)) from leaf) - (select sum(st_area(geom)) from commune) as area,
        st_area(st_difference((select st_union(geom) from commune), (select st_union(geom) from leaf))) as gap,
        (select coalesce(sum(st_area(st_intersection(a.geom, b.geom))), 0) from leaf a join leaf b
          on a.code < b.code and a.geom && b.geom) as overlap,
        (select count(*) from leaf where not st_isvalid(geom)) as invalid`.execute(db.kysely);
    const [ground] = rows;
    expect(ground?.people).toBe(0);
    expect(ground?.invalid).toBe(0);
    for (const zero of [ground?.area, ground?.gap, ground?.overlap])
      expect(zero).toBeCloseTo(0, 12);
    // An oracle that knows nothing of our lines: what PostGIS finds that two leaves share.
    const shared = await sql<{ a: string; b: string; m: number; ours: number | null }>`
      select x.*, l.length_m as ours from (
        select a.code as a, b.code as b,
          st_length(st_collectionextract(st_intersection(a.geom, b.geom), 2)::geography) as m
        from unit a join unit b on a.code collate "C" < b.code collate "C" and st_intersects(a.geom, b.geom)
        where a.vintage = ${vintage} and b.vintage = ${vintage} and a.leaf and b.leaf
      ) x left join unit_border l on l.a = x.a and l.b = x.b
      where x.m > 0.01 or l.length_m is not null`.execute(db.kysely);
    expect(shared.rows.length).toBeGreaterThan(80);
    for (const { m, ours } of shared.rows) expect(ours! / m).toBeCloseTo(1, 2);
    const lines = await sql<{ n: number; ends: number }>`
      select count(*) as n, count(*) filter (where not u.leaf) as ends
      from unit_border l join unit u on u.code in (l.a, l.b)
      where l.vintage = ${vintage} and l.b is not null`.execute(db.kysely);
    expect(lines.rows[0]).toEqual({ n: 2 * shared.rows.length, ends: 0 });
  }

  test('a list read before the commune was divided is refused with a sentence as it is written', async () => {
    await importAll();
    const late = db.kysely.transaction().execute((tx) =>
      heldLeaves(
        cptsRepository(tx).insert('Trop tard', [ORLEANS], null, {
          actor: 'leader',
          on: '2026-11-22',
        }),
      ),
    );
    await expect(late).rejects.toMatchObject({
      code: 'divided_meanwhile',
      message: expect.stringContaining('rien n’a été enregistré'),
    });
    expect(await cptsRepository(db.kysely).namesInUse()).not.toContain('Trop tard');
  });

  test('takes the parts of a file, with their people, lines and a name for the new ground', async () => {
    const before = await vintageRepository(db.kysely).byId(vintage);
    const made = await importAll();
    expect(made.communes).toEqual([ORLEANS]);
    const units = await unitRepository(db.kysely).leaves(vintage);
    const mine = made.units.map((code) => units.code.indexOf(code));
    expect(mine.map((u) => units.name[u])).toEqual([
      'Orléans – Sud-Ouest',
      'Orléans – Sud-Est',
      'Orléans – Nord-Ouest',
      'Orléans – Nord-Est',
    ]);
    expect(mine.map((u) => units.population[u])).toEqual([60_000, 30_000, 20_000, 10_000]);
    expect(units.code).not.toContain(ORLEANS);
    expect(units.code).toHaveLength(51);
    expect((await unitRepository(db.kysely).communes(vintage)).code).toHaveLength(48);
    const after = await vintageRepository(db.kysely).byId(vintage);
    expect(contentOf(after!)).not.toBe(contentOf(before!));
    await checkGround();
  });

  test('fits parts that another hand drew to the outline of the commune', async () => {
    const made = await importAll(
      fileOf(
        // short of the western edge, over the middle, beyond the eastern edge
        part('Ouest', [0.1, 5.1], [0, 10], 50_000),
        part('Est', [5, 10.2], [0, 10.1], 50_000),
      ),
    );
    const told = made.remarks.map(({ message }) => message).join('\n');
    expect(told).toMatch(/à découvert/);
    expect(told).toMatch(/se recouvrent/);
    expect(told).toMatch(/débordent/);
    expect(told).toMatch(/mises à l’échelle/);
    const { population } = await unitRepository(db.kysely)
      .leaves(vintage)
      .then((u) => ({ population: made.units.map((code) => u.population[u.code.indexOf(code)]) }));
    expect(population).toEqual([60_000, 60_000]);
    await checkGround();
  });

  test('shares people by area where the file has none, and says so', async () => {
    const made = await importAll(
      fileOf(part('Ouest', [0, 2.5], [0, 10]), part('Est', [2.5, 10], [0, 10], 7)),
    );
    expect(made.remarks.map(({ message }) => message).join()).toMatch(/selon la surface/);
    const units = await unitRepository(db.kysely).leaves(vintage);
    const people = made.units.map((code) => units.population[units.code.indexOf(code)]!);
    expect(people.reduce((a, b) => a + b)).toBe(120_000);
    expect(people[0]! / 120_000).toBeCloseTo(0.25, 3);
  });

  test('stays whole when the parts do not cover it', async () => {
    await expect(
      importAll(fileOf(part('Ouest', [0, 4], [0, 10]), part('Est', [5, 10], [0, 10]))),
    ).rejects.toMatchObject({
      code: 'nothing_to_divide',
      message: /10,0\u00a0% de sa surface à découvert/,
    });
    expect(await leaves()).toEqual([]);
    await checkGround();
  });

  test('who held it holds its parts, and a second file is refused', async () => {
    const cpts = await create('Val', [ORLEANS, codeAt(2, 2)]);
    await recogniseCpts(db.kysely, cpts.id, 'officer');
    const made = await importAll();
    expect(await unitsOf(cpts.id)).toEqual([codeAt(2, 2), ...made.units].sort());
    expect((await cptsRepository(db.kysely).byId(cpts.id))?.population).toBe(cpts.population);
    await expect(importAll()).rejects.toMatchObject({
      code: 'nothing_to_divide',
      message: /déjà divisée/,
    });
    const { rows } = await sql<{ units: string[] }>`
      select units from cpts_version where cpts = ${cpts.id}`.execute(db.kysely);
    expect(rows[0]?.units).toEqual([codeAt(2, 2), ...made.units].sort());
    // Its own code means all its parts.
    const again = await create('Encore', [ORLEANS]);
    expect(again.units).toEqual(made.units);
  });

  test('two recognised CPTS hold different sectors, and never the same', async () => {
    const { units } = await importAll();
    const west = await create('Ouest', [units[0]!, units[2]!]);
    const east = await create('Est', [units[1]!, units[3]!]);
    const north = await create('Nord', [units[2]!, units[3]!]);
    await recogniseCpts(db.kysely, west.id, 'officer');
    await recogniseCpts(db.kysely, east.id, 'officer');
    await expect(recogniseCpts(db.kysely, north.id, 'officer')).rejects.toMatchObject({
      code: 'territory_conflict',
      message: /Orléans – Nord-Ouest/,
    });
    // What they hold apart cannot become one.
    await expect(removeDivision(db.kysely, vintage, ORLEANS, 'x')).rejects.toMatchObject({
      code: 'division_in_use',
      message: /« Ouest »/,
    });
    await expect(
      mergeUnits(db.kysely, vintage, { units: [units[0]!, units[1]!], name: 'Sud' }, 'x'),
    ).rejects.toMatchObject({ code: 'division_in_use' });
    for (const { id } of [west, east, north]) await closeCpts(db.kysely, id, 'x');
    const whole = await removeDivision(db.kysely, vintage, ORLEANS, 'x');
    expect(whole.units).toEqual([ORLEANS]);
    await checkGround();
  });

  test('the database itself refuses members that are no leaves', async () => {
    const cpts = await create('Val', [ORLEANS]);
    await expect(
      sql`update unit set leaf = false where code = ${ORLEANS}`.execute(db.kysely),
    ).rejects.toMatchObject({ constraint: 'cpts_member_leaf' });
    await importAll();
    await expect(
      sql`insert into cpts_member (cpts, unit, recognised) values (${cpts.id}, ${ORLEANS}, false)`.execute(
        db.kysely,
      ),
    ).rejects.toMatchObject({ constraint: 'cpts_member_leaf' });
  });

  test('is cut by a line, cut again, merged, and whole again with the same ground', async () => {
    const cpts = await create('Val', [ORLEANS]);
    const line: [number, number][] = [
      [2.34, 47.19],
      [2.36, 47.25],
      [2.33, 47.31],
    ];
    const preview = await previewCut(db.kysely, vintage, ORLEANS, { points: line });
    expect(preview.sectors.map(({ name }) => name)).toEqual(['Orléans ouest', 'Orléans est']);
    expect(preview.sectors[0]!.population + preview.sectors[1]!.population).toBe(120_000);
    const made = await cut(ORLEANS, line, ['Rive gauche', 'Rive droite'], [50_000, 70_000]);
    expect(made.units.every((code) => code.startsWith(`${ORLEANS}-`))).toBe(true);
    expect(await unitsOf(cpts.id)).toEqual(made.units);
    await checkGround();

    // across the first sector, from the outer edge to the cut
    const again = await cut(
      made.units[0]!,
      [
        [2.29, 47.25],
        [2.4, 47.25],
      ],
      ['Bas', 'Haut'],
    );
    expect(again.communes).toEqual([ORLEANS]);
    expect(await unitsOf(cpts.id)).toEqual([...again.units, made.units[1]].sort());
    await checkGround();

    const merged = await mergeUnits(
      db.kysely,
      vintage,
      { units: [made.units[1]!, again.units[0]!], name: 'Orléans sud' },
      'officer',
    );
    const known = await unitRepository(db.kysely).byCode(vintage, merged.units[0]!);
    expect(known).toMatchObject({ name: 'Orléans sud', parent: ORLEANS, kind: 'sector' });
    await checkGround();

    const whole = await mergeUnits(
      db.kysely,
      vintage,
      { units: [merged.units[0]!, again.units[1]!], name: 'peu importe' },
      'officer',
    );
    expect(whole.units).toEqual([ORLEANS]);
    expect(await unitsOf(cpts.id)).toEqual([ORLEANS]);
    await checkGround();
    // Letters are never given twice.
    const next = await cut(ORLEANS, line);
    expect(
      next.units.some((code) => [...made.units, ...again.units, ...merged.units].includes(code)),
    ).toBe(false);
    const { rows } = await sql<{ verb: string }>`
      select verb from event where subject like 'unit/%' order by id desc limit 5`.execute(
      db.kysely,
    );
    expect(rows.map(({ verb }) => verb)).toEqual(['cut', 'undivide', 'merge', 'cut', 'cut']);
  });

  test('is cut straight, by course and place', async () => {
    const preview = await previewCut(db.kysely, vintage, ORLEANS, {
      course: 'east-west',
      at: 0.25,
    });
    expect(preview.sectors.map(({ name }) => name).sort()).toEqual(['Orléans nord', 'Orléans sud']);
    const people = preview.sectors.map(({ population }) => population).sort((a, b) => a - b);
    expect(people[0]! / 120_000).toBeCloseTo(0.25, 2);
  });

  test.each([
    [
      'stops inside',
      [
        [2.29, 47.25],
        [2.35, 47.25],
      ],
    ],
    [
      'passes by',
      [
        [2.0, 47.0],
        [2.0, 47.6],
      ],
    ],
    [
      'crosses itself',
      [
        [2.29, 47.22],
        [2.41, 47.28],
        [2.35, 47.31],
        [2.35, 47.19],
      ],
    ],
  ] as [string, [number, number][]][])('a line that %s is refused', async (_, line) => {
    await expect(cut(ORLEANS, line)).rejects.toMatchObject({ code: 'line_does_not_cross' });
    expect(await leaves()).toEqual([]);
  });

  test('populations that do not add up are refused', async () => {
    await expect(
      cut(
        ORLEANS,
        [
          [2.35, 47.1],
          [2.35, 47.4],
        ],
        ['a', 'b'],
        [1, 2],
      ),
    ).rejects.toMatchObject({ code: 'population_mismatch' });
  });
});
