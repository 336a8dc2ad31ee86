import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { type Vintage, vintageRepository } from '../../server/db/repositories/vintages.ts';
import { slug } from '../../server/imports/slug.ts';
import { type FlowImport, importFlows } from '../../server/usecases/import-flows.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { withFile } from '../support/extracts.ts';
import { codeAt } from '../support/small-region.ts';

const header = 'origin;destination;specialty;patients\n';
const a = codeAt(0, 0);
const b = codeAt(1, 0);
const far = '69123';

/** Everything an import may touch, to see that a failed one left no trace. */
async function contents({ kysely }: Database): Promise<unknown> {
  const { rows } = await sql`select
    (select jsonb_agg(to_jsonb(d) order by id) from flow_dataset d) as datasets,
    (select jsonb_agg(to_jsonb(s) order by dataset, key) from flow_specialty s) as specialties,
    (select count(*) from flow) as flows, (select sum(patients) from flow) as patients,
    (select count(*) from pg_class where relname like 'staged%') as staged`.execute(kysely);
  return rows[0];
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
    signal?: AbortSignal,
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
          strict: false,
          ...options,
        },
        signal ? { signal } : {},
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
  test.each<[string, string | Uint8Array, string, Partial<FlowImport>]>([
    ['text where a number belongs', `${header}${good}${a};${b};orl;x\n`, 'invalid_number', {}],
    ['a truncated gzip', gzipSync(header + good).subarray(0, 1200), 'truncated_file', {}],
    ['no known origin', `${header}${far};${a};orl;12\n`, 'no_known_origin', {}],
    ['a line without end', `${header}${good}${'x'.repeat(3 << 20)}`, 'line_too_long', {}],
    ['two columns of one name', `n;n;c;d\n${a};${b};orl;3\n`, 'duplicate_columns', {}],
    ['missing columns', `a;b\n${a};${b}\n`, 'missing_column', {}],
    [
      'a rejected line, strictly',
      `${header}${good}${a};${b};orl;-1\n`,
      'invalid_row',
      { strict: true },
    ],
  ])('%s leaves the database as it was', async (_, content, code, options) => {
    const before = await contents(db);
    await expect(load(content, options)).rejects.toMatchObject({ code });
    expect(await contents(db)).toEqual(before);
    // The connection is fit for the next one.
    const { dataset } = await load(`${header}${a};${b};orl;12\n`);
    await flowDatasetRepository(db.kysely).remove(dataset);
  });

  test('cancelled while it loads, it leaves the database as it was', async () => {
    const before = await contents(db);
    const cancel = new AbortController();
    cancel.abort();
    await expect(load(header + good, {}, cancel.signal)).rejects.toMatchObject({
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
});
