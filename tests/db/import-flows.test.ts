import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPoleParameters } from '../../server/contracts/poles.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowSetRepository } from '../../server/db/repositories/flow-sets.ts';
import { poleRepository } from '../../server/db/repositories/poles.ts';
import { type Vintage, vintageRepository } from '../../server/db/repositories/vintages.ts';
import { slug } from '../../server/imports/slug.ts';
import { measureSets } from '../../server/usecases/flow-sets.ts';
import {
  type FlowImport,
  type FlowImportWatcher,
  importFlows,
} from '../../server/usecases/import-flows.ts';
import { dropUnfinished } from '../../server/usecases/remove-flows.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { withFile } from '../support/extracts.ts';
import { codeAt } from '../support/small-region.ts';

const header = 'origin;destination;specialty;patients\n';
const a = codeAt(0, 0);
const b = codeAt(1, 0);
const far = '69123';

/** Every table with its rows but the trace, which keeps what was undone, and what an import writes. */
async function contents({ kysely }: Database): Promise<unknown> {
  const tables = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_class c
    where c.relkind in ('r', 'p') and c.relname <> 'event' and c.relname not like 'pg\\_%' and c.relnamespace::regnamespace::text
      not in ('information_schema', 'pg_catalog', 'pg_toast') order by 1`.execute(kysely);
  const counts = await sql`${sql.join(
    tables.rows.map(
      ({ name }) =>
        sql`select ${name}::text as name, count(*)::integer as rows from ${sql.raw(name)}`,
    ),
    sql` union all `,
  )}`.execute(kysely);
  const { rows } = await sql`select
    (select jsonb_agg(to_jsonb(d) order by id) from flow_dataset d) as datasets,
    (select jsonb_agg(to_jsonb(s) order by dataset, key) from flow_specialty s) as specialties,
    (select sum(patients) from flow) as patients`.execute(kysely);
  return [counts.rows, rows[0]];
}

interface Stored {
  specialty: string;
  origin: string;
  destination: string;
  patients: number;
  masked: number;
}

async function stored({ kysely }: Database, dataset: number): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select specialty, origin, destination, patients, masked from flow where dataset = ${dataset}
    order by specialty, origin, destination`.execute(kysely);
  return rows;
}

describe.each(engines)('importing an extract on %s', (engine) => {
  let db: Database;
  let vintage: Vintage;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    const found = await vintageRepository(db.kysely).ofRegion('24');
    if (!found) throw new Error('the template holds no region');
    vintage = found;
  });
  afterAll(async () => {
    await db.close();
  });

  function load(
    content: string | Uint8Array,
    options: Partial<FlowImport> = {},
    watcher: FlowImportWatcher = {},
  ) {
    return withFile(content, (file) =>
      importFlows(
        db,
        {
          file,
          vintage,
          mapping: {},
          passages: [],
          name: null,
          year: 2023,
          rejected: 'refuse',
          ...options,
        },
        watcher,
      ),
    );
  }

  test('rows of one specialty, origin and destination add up; masked cells too', async () => {
    const { dataset, report } = await load(
      `${header}${b};${a};D203;3\n${a};${b};Cardiologie;12\n${a};${b};cardiologie;8\n` +
        `${a};${b};cardiologie;NS\n${a};${b};cardiologie;<11\n${a};${far};Sport;4\n${far};${far};orl;9\n`,
    );
    expect(await stored(db, dataset)).toEqual([
      { specialty: 'cardiologie', origin: a, destination: b, patients: 20, masked: 2 },
      { specialty: 'dermatologie', origin: b, destination: a, patients: 3, masked: 0 },
      { specialty: 'sport', origin: a, destination: far, patients: 4, masked: 0 },
    ]);
    expect(report.patients).toEqual({ read: 36, kept: 27, outside: 9, rejected: 0 });
    const datasets = flowDatasetRepository(db.kysely);
    expect(await datasets.report(dataset)).toEqual(report);
    expect(await datasets.byId(vintage.id, dataset)).toMatchObject({
      kind: 'extract',
      name: 'extrait.csv',
      provenance: expect.stringContaining('2023'),
      parameters: { mapping: { origin: 'origin', patients: 'patients' }, year: 2023 },
      specialties: [
        { key: 'cardiologie', patients: 20 },
        { key: 'dermatologie', patients: 3 },
        { key: 'sport', label: 'Sport', patients: 4 },
      ],
    });
  });

  test('the same file again is answered with its dataset', async () => {
    const content = gzipSync(`${header}${a};${b};orl;31\n`);
    const { dataset } = await load(content);
    const before = await contents(db);
    await expect(load(content)).rejects.toMatchObject({
      code: 'already_imported',
      status: 409,
      details: { dataset },
      message: expect.stringContaining(`n° ${dataset}`),
    });
    expect(await contents(db)).toEqual(before);
    await flowDatasetRepository(db.kysely).remove(dataset);
    await load(content);
  });

  const good = Array.from({ length: 30_000 }, (_, i) => `${a};${b};orl;${i % 50}\n`).join('');
  const line = 30_002;
  const ending = (row: string) => `${header}${good}${row}\n`;
  test.each<[string, string | Uint8Array, string, string[]]>([
    [
      'negative patients',
      ending(`${a};${b};orl;-1`),
      'rejected_rows',
      [`la ligne ${line}`, 'négatif', 'sans cette ligne'],
    ],
    [
      'fractional patients',
      ending(`${a};${b};orl;2,5\n${a};${b};orl;0,5`),
      'rejected_rows',
      [`la ligne ${line}`, 'non entier', 'une autre', 'sans ces lignes'],
    ],
    [
      'an unknown code',
      ending(`${a};99999;orl;12`),
      'rejected_rows',
      [`la ligne ${line}`, '« 99999 »', 'colonne destination'],
    ],
    [
      'text where a number belongs',
      ending(`${a};${b};orl;douze`),
      'rejected_rows',
      [`la ligne ${line}`, '« douze »', 'colonne patients'],
    ],
    ['a truncated gzip', gzipSync(header + good).subarray(0, 1200), 'truncated_file', ['tronqué']],
    ['two columns of one name', `n;n;c;d\n${a};${b};orl;3\n`, 'duplicate_columns', ['ligne 1']],
    ['no known origin', `${header}${far};${a};orl;12\n`, 'no_known_origin', ['résidence']],
    [
      '100 MB on one line',
      gzipSync(Buffer.concat([Buffer.from(header + good), Buffer.alloc(100 << 20, 'x')]), {
        level: 1,
      }),
      'line_too_long',
      [`la ligne ${line}`],
    ],
    ['missing columns', `a;b\n${a};${b}\n`, 'missing_column', ['« a », « b »']],
  ])('%s leaves the database as it was', async (_, content, code, pieces) => {
    const before = await contents(db);
    const refusal = await load(content).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code });
    const { message } = refusal as Error;
    for (const piece of pieces) expect(message).toContain(piece);
    expect(message).toMatch(/^[A-ZÀÉ].*[^.]\.$/);
    expect(await contents(db)).toEqual(before);
    // The connection is fit for the next one.
    const { dataset } = await load(`${header}${a};${b};orl;12\n`);
    await flowDatasetRepository(db.kysely).remove(dataset);
    expect(await contents(db)).toEqual(before);
  });

  test('without its rejected lines a file is loaded, and its report tells them', async () => {
    const content = `${header}${a};${b};orl;12\n${a};${b};orl;-1\n${b};99999;orl;8\n`;
    const { dataset, report } = await load(content, { rejected: 'skip' });
    expect(await stored(db, dataset)).toMatchObject([{ origin: a, destination: b, patients: 12 }]);
    expect(report.rejections.map(({ line }) => line)).toEqual([3, 4]);
    expect(report.patients).toEqual({ read: 20, kept: 12, outside: 0, rejected: 8 });
  });

  test('specialties take the names the user gives them', async () => {
    const names = { OPH: 'ophtalmologie', X9: 'Médecine du sport' };
    const { dataset, report } = await load(
      `${header}${a};${b};OPH;12\n${a};${b};ophtalmologie;8\n${a};${b};X9;3\n`,
      { mapping: { names } },
    );
    expect(await stored(db, dataset)).toMatchObject([
      { specialty: 'medecine-du-sport', patients: 3 },
      { specialty: 'ophtalmologie', patients: 20 },
    ]);
    expect(report.specialties).toMatchObject([
      { key: 'ophtalmologie', known: true, patients: 20 },
      { key: 'medecine-du-sport', label: 'Médecine du sport', known: false },
    ]);
    const found = await flowDatasetRepository(db.kysely).byId(vintage.id, dataset);
    expect(found?.parameters).toMatchObject({ mapping: { names } });
  });

  test('specialties are listed in the order of the French alphabet', async () => {
    const { dataset } = await load(
      `${header}${a};${b};Urgences;12\n${a};${b};Éducation thérapeutique;8\n${a};${b};Cardiologie;3\n`,
    );
    const found = await flowDatasetRepository(db.kysely).byId(vintage.id, dataset);
    expect(found?.specialties.map(({ label }) => label)).toEqual([
      'Cardiologie',
      'Éducation thérapeutique',
      'Urgences',
    ]);
  });

  test('cancelled while it loads, it leaves the database as it was', async () => {
    const before = await contents(db);
    const cancel = new AbortController();
    const watcher = { signal: cancel.signal, onProgress: () => cancel.abort() };
    await expect(load(header + good, {}, watcher)).rejects.toMatchObject({
      code: 'import_cancelled',
    });
    expect(await contents(db)).toEqual(before);
  });

  test('200,000 rows keep their totals, by specialty too', async () => {
    const specialties = ['cardiologie', 'orl', 'pediatrie', 'kinésithérapie'];
    let state = 7;
    const draw = (n: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % n;
    };
    const lines: string[] = [];
    const sums = new Map<string, number>();
    const pairs = new Set<string>();
    let masked = 0;
    for (let i = 0; i < 200_000; i++) {
      const specialty = specialties[draw(4)] ?? '';
      const origin = codeAt(draw(8), draw(6));
      const destination = draw(20) === 0 ? far : codeAt(draw(8), draw(6));
      const patients = draw(30);
      pairs.add(`${specialty} ${origin} ${destination}`);
      if (patients < 11) masked += 1;
      else sums.set(specialty, (sums.get(specialty) ?? 0) + patients);
      lines.push(`${origin};${destination};${specialty};${patients < 11 ? 'NS' : patients}\n`);
    }
    const { dataset, report } = await load(header + lines.join(''));
    expect(report.rows).toEqual({ read: 200_000, kept: 200_000, outside: 0, rejected: 0 });
    expect(report.masked.kept).toBe(masked);
    const { rows } = await sql<{
      specialty: string;
      patients: number;
      masked: number;
      flows: number;
    }>`
      select specialty, sum(patients) as patients, sum(masked) as masked, count(*) as flows
      from flow where dataset = ${dataset} group by specialty order by specialty`.execute(
      db.kysely,
    );
    expect(Object.fromEntries(rows.map((row) => [row.specialty, row.patients]))).toEqual(
      Object.fromEntries([...sums].map(([name, sum]) => [slug(name), sum])),
    );
    expect(rows.reduce((sum, row) => sum + row.masked, 0)).toBe(masked);
    expect(rows.reduce((sum, row) => sum + row.flows, 0)).toBe(pairs.size);
    expect(report.patients.kept).toBe([...sums.values()].reduce((x, y) => x + y, 0));
  });

  test('sets are measured alike by what was kept, from memory and by every flow', async () => {
    const cells = fc.sample(
      fc.tuple(fc.nat(7), fc.nat(5), fc.nat(8), fc.nat(5), fc.nat(2), fc.nat(60)),
      { numRuns: 400, seed: 11 },
    );
    // The ninth column of the grid is outside what is loaded, as residence and as place of care.
    const at = (x: number, y: number) => (x === 8 ? far : codeAt(x, y));
    const lines = cells.map(
      ([x, y, u, v, s, people]) =>
        `${at(x, y)};${at(u, v)};${['orl', 'cardiologie', 'Sport'][s]};${people < 11 ? 'NS' : people}\n` +
        `${far};${at(x, y)};orl;3\n`,
    );
    const { dataset } = await load(header + lines.join(''));
    const sets = [
      { name: 'a', units: [a, b, codeAt(2, 2), codeAt(2, 2)] },
      { name: 'b', units: Array.from({ length: 24 }, (_, k) => codeAt(k % 8, Math.floor(k / 8))) },
      { name: 'c', units: ['01001'] },
    ];
    for (const specialty of ['all', 'orl']) {
      const choice = { dataset, specialty, masked: 10 as const };
      const byKept = await measureSets(db.kysely, choice, { sets, k: 20 });
      expect(byKept.sets[1]!.treated).toBeGreaterThan(byKept.sets[1]!.inside);
      await db.kysely.transaction().execute(async (undone) => {
        const known = await undone
          .deleteFrom('flow_inflow')
          .where('dataset', '=', dataset)
          .returningAll()
          .execute();
        // Another connection, of which no matrix is in memory: the first answer waits for it.
        expect(await measureSets(undone, choice, { sets, k: 20 })).toEqual(byKept);
        const every = await flowSetRepository(undone).measure(choice, { sets, k: 20 });
        const close = (one: number) => expect.closeTo(one, 1);
        expect(byKept.sets).toMatchObject(
          every.sets.map(({ units, patients, treated, inside }) => ({
            ...{ units, patients: close(patients), treated: close(treated), inside: close(inside) },
          })),
        );
        await undone.insertInto('flow_inflow').values(known).execute();
      });
    }
  });

  test('splits are shared, and their parts add up to the whole', async () => {
    const passages =
      'annee_avant,annee_apres,code_avant,code_apres,ratio\n' +
      `2015,2016,45900,${a},0.25\n2015,2016,45900,${b},0.75\n`;
    const { dataset, report } = await withFile(passages, (file) =>
      load(`${header}45900;45900;orl;100\n45900;${a};orl;NS\n`, { passages: [file] }),
    );
    const flows = await stored(db, dataset);
    expect(flows.map(({ patients, masked }) => [patients, masked])).toEqual([
      [6.25, 0.25],
      [18.75, 0],
      [18.75, 0.75],
      [56.25, 0],
    ]);
    expect(report.changedByKind.split).toBe(3);
  });

  test('totals are the same read, stored and analysed, through splits, mergers and borders', async () => {
    const c = codeAt(2, 0);
    const passages =
      'annee_avant,annee_apres,code_avant,code_apres,ratio\n' +
      `2015,2016,45900,${a},0.25\n2015,2016,45900,${b},0.75\n2015,2016,45901,${c},1\n` +
      `2015,2016,45902,${c},0.6\n2015,2016,45902,18999,0.4\n`;
    const place = fc.constantFrom(a, b, c, '45900', '45901', '45902', far, '13055', '99999');
    const row = fc.record({
      origin: place,
      destination: place,
      specialty: fc.constantFrom('orl', 'D202', 'Sport', ''),
      patients: fc.oneof(fc.nat(400).map(String), fc.constantFrom('NS', '', '-2', '1,5', 'x')),
    });
    const run = async (rows: { [k: string]: string }[], nth: number) => {
      // A first row that is always kept, and that makes each file another one.
      const lines = [
        { origin: a, destination: b, specialty: 'orl', patients: `${nth + 1}` },
        ...rows,
      ]
        .map((r) => `${r.origin};${r.destination};${r.specialty};${r.patients}\n`)
        .join('');
      const { dataset, report } = await withFile(passages, (file) =>
        load(header + lines, { passages: [file], rejected: 'skip' }),
      );
      for (const { read, kept, outside, rejected } of [
        report.rows,
        report.patients,
        report.masked,
      ]) {
        expect(kept + outside + rejected).toBe(read);
      }
      const { rows: sums } = await sql<Record<string, number>>`select
        (select sum(patients) from flow where dataset = ${dataset}) as stored,
        (select sum(masked) from flow where dataset = ${dataset}) as masked,
        (select sum(patients) from flow_specialty where dataset = ${dataset}) as told,
        (select coalesce(sum(patients), 0) from flow where dataset = ${dataset}
          and origin in (select code from unit)) as residents`.execute(db.kysely);
      const { stored = 0, masked = 0, told = 0, residents = 0 } = sums[0] ?? {};
      expect(Math.abs(stored - report.patients.kept)).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(Math.abs(masked - report.masked.kept)).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(told).toBeCloseTo(stored, 6);
      const parameters = { ...defaultPoleParameters, masked: 0 as const };
      const analysis = await poleRepository(db.kysely).analyse(dataset, parameters);
      const { rows: poles } = await sql<Record<string, number>>`select
        coalesce(sum(patients) filter (where specialty = 'all'), 0) as overall,
        coalesce(sum(patients) filter (where specialty <> 'all'), 0) as each
        from pole where run = ${analysis}`.execute(db.kysely);
      expect(poles[0]?.overall).toBeCloseTo(residents, 4);
      expect(poles[0]?.each).toBeCloseTo(residents, 4);
      await flowDatasetRepository(db.kysely).remove(dataset);
    };
    for (const [nth, rows] of fc
      .sample(fc.array(row, { minLength: 5, maxLength: 80 }), { numRuns: 12, seed: 5 })
      .entries()) {
      await run(rows, nth);
    }
  });

  test('an import killed before its poles were found is gone at the next start', async () => {
    const datasets = flowDatasetRepository(db.kysely);
    await dropUnfinished(db.kysely);
    const before = await contents(db);
    const whole = await load(`${header}${a};${b};orl;61\n`);
    const run = await poleRepository(db.kysely).analyse(whole.dataset);
    const content = `${header}${a};${b};orl;62\n`;
    const half = await load(content);
    await dropUnfinished(db.kysely);
    expect(await datasets.byId(vintage.id, half.dataset)).toBeUndefined();
    expect(await poleRepository(db.kysely).run(run)).toMatchObject({ dataset: whole.dataset });
    // The same file can be imported again.
    const again = await load(content);
    for (const { dataset } of [whole, again]) await datasets.remove(dataset);
    expect(await contents(db)).toEqual(before);
  });
});
