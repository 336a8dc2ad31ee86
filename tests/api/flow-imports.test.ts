import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorAnswer } from '../../server/contracts/errors.ts';
import type { ExtractInspection, FlowImportReport } from '../../server/contracts/flow-imports.ts';
import type { FlowRun } from '../../server/contracts/flow-runs.ts';
import { defaultGravity } from '../../server/core/flows/gravity-parameters.ts';
import { DomainError } from '../../server/errors.ts';
import { extractUploads } from '../../server/usecases/extract-uploads.ts';
import { modelFlows } from '../../server/usecases/model-flows.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const a = codeAt(0, 0);
const b = codeAt(1, 0);
const far = '69123';
const header = 'résidence;soins;spécialité;effectif\n';
const latin = (text: string) => Buffer.from(text, 'latin1');

describe.each(engines)('importing an extract over HTTP on %s', (engine) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi(engine);
  });
  afterAll(async () => {
    await api.close();
  });

  const send = (content: string | Uint8Array, name = 'extrait.csv') =>
    api.app.inject({
      method: 'POST',
      url: `/api/flow-imports?name=${encodeURIComponent(name)}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from(content),
    });
  async function inspected(content: string | Uint8Array, name?: string) {
    const answer = await send(content, name);
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return answer.json() as ExtractInspection;
  }
  async function ran(id: string, choices: Record<string, unknown>): Promise<FlowRun> {
    const started = await api.post(`/api/flow-imports/${id}/run`, { name: 'Extrait', ...choices });
    expect([started.statusCode, started.json()]).toMatchObject([202, { kind: 'import' }]);
    const run = started.json() as FlowRun;
    await api.flowRuns.ended(run.id);
    return (await api.get(`/api/flow-runs/${run.id}`)).json();
  }
  const datasets = async () =>
    (await api.get('/api/flow-datasets')).json().items.map(({ id }: { id: number }) => id);
  /** Makes every later run wait, until what it answers is called. */
  async function holdQueue(): Promise<() => void> {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const work = async () => {
      await held;
      throw new DomainError('no_specialty', 'Rien à modéliser.');
    };
    await api.flowRuns.start(api.region.loaded().vintage.id, 'model', 'Devant', work, 'local');
    return release;
  }
  const waiting = () => readdirSync(api.uploadFolder);
  const remove = (url: string) => api.app.inject({ method: 'DELETE', url });

  test('a file is inspected, confirmed, loaded, reported, and can be removed', async () => {
    const content = latin(
      `${header}${a};${b};OFT;21\n${a};${far};Pédiatrie;NS\n${b};${b};cardio bis;12\n`,
    );
    const seen = await inspected(content, 'Été 2023.csv');
    expect(seen).toMatchObject({
      file: 'Été 2023.csv',
      bytes: content.length,
      separator: ';',
      encoding: 'windows-1252',
      columns: ['résidence', 'soins', 'spécialité', 'effectif'],
      mapping: {
        origin: 'résidence',
        destination: 'soins',
        specialty: 'spécialité',
        patients: 'effectif',
      },
      imported: null,
    });
    expect(seen.sample[1]).toEqual([a, far, 'Pédiatrie', 'NS']);
    expect(seen.specialties).toMatchObject([
      { written: 'OFT', known: false },
      { written: 'Pédiatrie', key: 'pediatrie', known: true },
      { written: 'cardio bis', known: false },
    ]);
    expect(seen.professions).toContainEqual({ key: 'cardiologie', label: 'Cardiologie' });
    expect(waiting()).toEqual([seen.id]);
    expect((await api.get(`/api/flow-imports/${seen.id}`)).json()).toEqual(seen);

    const names = { OFT: 'ophtalmologie', 'cardio bis': 'Cardiologie' };
    const run = await ran(seen.id, {
      mapping: { ...seen.mapping, names },
      name: ' Extrait de la région ',
      year: 2023,
    });
    expect(run).toMatchObject({ status: 'done', name: 'Extrait de la région', progress: 1 });
    expect(run.report).toMatchObject({
      rows: { read: 3, kept: 3, outside: 0, rejected: 0 },
      masked: { kept: 1 },
      crossing: { rows: 1 },
    });
    expect(waiting()).toEqual([]);
    const { items } = (await api.get('/api/flow-datasets')).json();
    expect(items[0]).toMatchObject({
      id: run.dataset,
      kind: 'extract',
      name: 'Extrait de la région',
      parameters: { year: 2023, mapping: { names } },
      specialties: [
        { key: 'cardiologie', patients: 12 },
        { key: 'ophtalmologie', patients: 21 },
        { key: 'pediatrie', patients: 0 },
      ],
    });
    const url = `/api/flow-datasets/${run.dataset}`;
    expect((await api.get(`${url}/report`)).json()).toEqual(run.report);
    const csv = await api.get(`${url}/report.csv`);
    expect(csv.headers['content-disposition']).toContain('attachment');
    expect(csv.body).toContain('patients;lus;33');
    // Its poles are there without asking.
    const { communes } = (await api.get(`${url}/poles?specialty=ophtalmologie`)).json();
    expect(communes.find(({ code }: { code: string }) => code === a)).toMatchObject({ pole: b });

    const again = await inspected(content);
    expect(again.imported).toEqual({ id: run.dataset, name: 'Extrait de la région' });
    const twice = await ran(again.id, { mapping: again.mapping });
    expect(twice).toMatchObject({ status: 'failed', code: 'already_imported', dataset: null });
    expect((await remove(`/api/flow-imports/${again.id}`)).statusCode).toBe(204);

    expect((await remove(url)).statusCode).toBe(204);
    expect((await remove(url)).json().error.code).toBe('unknown_dataset');
    expect((await api.get(`/api/flow-runs/${run.id}`)).json().dataset).toBeNull();
    expect(waiting()).toEqual([]);
  });

  test('a file with rejected lines is refused with its report, then imported without them', async () => {
    const before = await datasets();
    const seen = await inspected(`${header}${a};${b};orl;31\n${a};${b};orl;-1\n${a};${b};orl;x\n`);
    const refused = await ran(seen.id, { mapping: seen.mapping });
    expect(refused).toMatchObject({ status: 'failed', code: 'rejected_rows', dataset: null });
    expect(refused.message).toContain('la ligne 3 est rejetée');
    const told = refused.report as FlowImportReport;
    expect(told.rejections.map(({ line }) => line)).toEqual([3, 4]);
    const csv = await api.get(`/api/flow-runs/${refused.id}/report.csv`);
    expect(csv.body).toContain('rejets;;;3;');
    expect(await datasets()).toEqual(before);
    expect(waiting()).toEqual([seen.id]);

    const kept = await ran(seen.id, { mapping: seen.mapping, rejected: 'skip' });
    expect(kept).toMatchObject({ status: 'done', report: told });
    await remove(`/api/flow-datasets/${kept.dataset}`);
    expect(await datasets()).toEqual(before);
  });

  test('every bad file is refused with one sentence, and leaves nothing', async () => {
    const before = await datasets();
    const row = `${a};${b};orl;12\n`;
    const atOnce: [string | Uint8Array, string, string][] = [
      ['', 'empty_file', 'vide'],
      [header, 'empty_file', 'extrait.csv'],
      [`n;n;c;d\n${row}`, 'duplicate_columns', 'ligne 1'],
      [gzipSync(header + row).subarray(0, 30), 'truncated_file', 'tronqué'],
      [Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0), 'unreadable_file', 'CSV'],
    ];
    for (const [content, code, piece] of atOnce) {
      const answer = await send(content);
      expect(answer.json().error).toMatchObject({ code, message: expect.stringContaining(piece) });
      expect(answer.statusCode).toBe(422);
    }
    expect(waiting()).toEqual([]);
    const lines = header + row.repeat(20_000);
    const later: [string | Uint8Array, string, string][] = [
      [`${lines}${a};${b};orl;-1\n`, 'rejected_rows', 'la ligne 20002'],
      [`${lines}${a};${b};orl;1,5\n`, 'rejected_rows', 'non entier'],
      [`${lines}${a};nulle part;orl;1\n`, 'rejected_rows', '« nulle part »'],
      [`${header}${far};${a};orl;12\n`, 'no_known_origin', 'résidence'],
      [gzipSync(lines + 'x'.repeat(3 << 20)), 'line_too_long', 'la ligne 20002'],
      [gzipSync(lines).subarray(0, -40), 'truncated_file', 'tronqué'],
    ];
    for (const [content, code, piece] of later) {
      const seen = await inspected(content);
      const run = await ran(seen.id, { mapping: seen.mapping });
      expect(run).toMatchObject({ status: 'failed', code, dataset: null });
      expect(run.message).toContain(piece);
      await remove(`/api/flow-imports/${seen.id}`);
    }
    expect(waiting()).toEqual([]);
    expect(await datasets()).toEqual(before);
  });

  test('columns are checked before the queue, and specialties over the whole file', async () => {
    const many = Array.from(
      { length: 3000 },
      (_, i) => `${a};${b};${i < 2999 ? 'orl' : 'Sport'};3\n`,
    );
    const seen = await inspected(gzipSync(header + many.join('')));
    expect(seen.specialties.map(({ written }) => written)).toEqual(['orl']);
    const found = await api.post(`/api/flow-imports/${seen.id}/specialties`, {
      specialty: 'spécialité',
    });
    expect(found.json()).toEqual({
      complete: true,
      items: [
        { written: 'orl', key: 'orl', label: expect.any(String), known: true },
        { written: 'Sport', key: 'sport', label: 'Sport', known: false },
      ],
    });
    const wide = await api.post(`/api/flow-imports/${seen.id}/specialties`, {
      wide: ['effectif', 'soins'],
    });
    expect(wide.json().items).toHaveLength(2);
    const missing = await api.post(`/api/flow-imports/${seen.id}/specialties`, { specialty: 'x' });
    expect(missing.json().error.code).toBe('missing_column');
    const twice = { ...seen.mapping, destination: 'résidence' };
    const refused = await api.post(`/api/flow-imports/${seen.id}/run`, {
      name: 'Extrait',
      mapping: twice,
    });
    expect([refused.statusCode, refused.json().error.code]).toEqual([422, 'invalid_mapping']);
    await remove(`/api/flow-imports/${seen.id}`);
  });

  test('an import is cancelled while it waits, and its file can be imported later', async () => {
    const seen = await inspected(`${header}${a};${b};orl;41\n`);
    const release = await holdQueue();
    const body = { name: 'Extrait', mapping: seen.mapping };
    const { id } = (await api.post(`/api/flow-imports/${seen.id}/run`, body)).json();
    const stopped = await api.post(`/api/flow-runs/${id}/cancel`);
    expect(stopped.json()).toMatchObject({ status: 'cancelled' });
    release();
    const run = await ran(seen.id, { mapping: seen.mapping });
    expect(run.status).toBe('done');
    await remove(`/api/flow-datasets/${run.dataset}`);
  });

  test('a file that waits for its turn is not pushed out by those sent after it', async () => {
    const seen = await inspected(`${header}${a};${b};orl;42\n`);
    const release = await holdQueue();
    const body = { name: 'Extrait', mapping: seen.mapping };
    const { id } = (await api.post(`/api/flow-imports/${seen.id}/run`, body)).json();
    const later: string[] = [];
    for (let i = 0; i < 9; i++) later.push((await inspected(`${header}${a};${b};orl;${i}\n`)).id);
    expect(waiting()).toContain(seen.id);
    expect(waiting()).not.toContain(later[0]);
    release();
    await api.flowRuns.ended(id);
    const run = (await api.get(`/api/flow-runs/${id}`)).json();
    expect(run).toMatchObject({ status: 'done' });
    await remove(`/api/flow-datasets/${run.dataset}`);
    for (const sent of waiting()) await remove(`/api/flow-imports/${sent}`);
  });

  test('cancelled while its poles are looked for, an import leaves nothing', async () => {
    const before = await datasets();
    const seen = await inspected(`${header}${a};${b};orl;43\n`);
    const body = { name: 'Extrait', mapping: seen.mapping };
    const { id } = (await api.post(`/api/flow-imports/${seen.id}/run`, body)).json();
    const vintage = api.region.loaded().vintage.id;
    const unwatch = api.flowRuns.watch(id, async () => {
      const { step } = await api.flowRuns.run(vintage, id);
      if (step === 'Recherche des pôles') await api.flowRuns.cancel(vintage, id, 'local');
    });
    await api.flowRuns.ended(id);
    unwatch();
    const run = (await api.get(`/api/flow-runs/${id}`)).json();
    expect(run).toMatchObject({ status: 'cancelled', dataset: null, report: null });
    expect(await datasets()).toEqual(before);
    await remove(`/api/flow-imports/${seen.id}`);
  });

  test('what was modelled at start stays, and so does what a proposal came from', async () => {
    const [first] = (await datasets()).slice(-1);
    const modelled = await remove(`/api/flow-datasets/${first}`);
    expect(modelled.json().error).toMatchObject({
      code: 'dataset_in_use',
      message: expect.stringContaining('démarrage'),
    });
    // As the command line models: no run of the server made it, and it is nobody's start.
    const { kysely } = api.database;
    const own = await modelFlows(kysely, api.region.loaded().vintage, defaultGravity);
    expect((await remove(`/api/flow-datasets/${own}`)).statusCode).toBe(204);
    const seen = await inspected(`${header}${a};${b};orl;51\n`);
    const { dataset } = await ran(seen.id, { mapping: seen.mapping });
    const proposal = (await api.post('/api/proposals', { flowDataset: dataset })).json();
    await api.runs.ended(proposal.id);
    const used = await remove(`/api/flow-datasets/${dataset}`);
    expect([used.statusCode, used.json().error]).toMatchObject([
      409,
      { code: 'dataset_in_use', message: expect.stringContaining(`n° ${proposal.id}`) },
    ]);
    const none = await api.get(`/api/flow-datasets/${first}/report`);
    expect([none.statusCode, none.json().error.code]).toEqual([404, 'no_report']);
  });

  test('a file that nobody sent, or of another kind, is refused', async () => {
    const absent = 'A'.repeat(22);
    expect((await api.get(`/api/flow-imports/${absent}`)).json().error.code).toBe('unknown_upload');
    expect((await api.get('/api/flow-imports/1')).json().error.code).toBe('invalid_request');
    const json = await api.post('/api/flow-imports?name=a.csv', { a: 1 });
    expect([json.statusCode, json.json().error.code]).toEqual([415, 'unsupported_media_type']);
    for (const name of ['../a.csv', 'a\u0000.csv', '']) {
      expect((await send('x', name)).json().error.code).toBe('invalid_request');
    }
  });

  // The last one: it listens.
  test('too large a file is told, one cut short leaves nothing', async () => {
    const large = Buffer.alloc((1 << 20) + 1, 'x');
    const refused = await send(large);
    expect([refused.statusCode, refused.json().error]).toMatchObject([
      413,
      { code: 'file_too_large', message: expect.stringContaining('1 Mo') },
    ]);
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/api/flow-imports?name=a.csv`;
    const headers = { 'content-type': 'application/octet-stream' };
    // Without a length to go by, the answer comes once the limit is passed.
    const streamed = await fetch(url, {
      method: 'POST',
      headers,
      duplex: 'half',
      body: new ReadableStream({
        start(controller) {
          for (let i = 0; i < 40; i++) controller.enqueue(large.subarray(0, 1 << 16));
          controller.close();
        },
      }),
    } as RequestInit);
    expect([streamed.status, ((await streamed.json()) as ErrorAnswer).error.code]).toEqual([
      413,
      'file_too_large',
    ]);

    const cut = request(url, { method: 'POST', headers: { ...headers, 'content-length': 90_000 } });
    cut.on('error', () => {});
    await new Promise((resolve) => cut.write(large.subarray(0, 1000), resolve));
    await expect.poll(waiting).toHaveLength(1);
    cut.destroy();
    await expect.poll(waiting).toEqual([]);
  });
});

describe('files that were sent', () => {
  test('what a crash left is gone at the next start', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'maillage-uploads-')), 'uploads');
    async function* body() {
      yield Buffer.from('a;b\n');
    }
    const first = extractUploads(folder, 100);
    const { id, path } = await first.receive('a.csv', body());
    writeFileSync(join(folder, 'left'), 'x');
    const second = extractUploads(folder, 100);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(folder)).toBe(false);
    expect(() => second.find(id)).toThrow('choisissez-le de nouveau');
    // The oldest makes room.
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) ids.push((await second.receive('a.csv', body())).id);
    expect(readdirSync(folder)).toHaveLength(8);
    expect(() => second.find(ids[0] ?? '')).toThrow();
    // One that somebody reads stays until then, even forgotten.
    const [read = ''] = readdirSync(folder);
    await second.use(read, async ({ path: inUse }) => {
      await second.remove(read);
      expect(() => second.find(read)).toThrow('choisissez-le de nouveau');
      expect(existsSync(inUse)).toBe(true);
    });
    expect(existsSync(join(folder, read))).toBe(false);
    await first.close();
    await second.close();
  });
});
