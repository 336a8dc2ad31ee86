import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import type { WorkerInput } from '../../workers/start-worker.ts';
import { postgisBundle } from './postgis-bundle.ts';
import type { Answer, DatabaseFailure, Question, WorkerStart } from './protocol.ts';

const INT8 = 20;
const NUMERIC = 1700;

const slimPostgis: typeof postgis = {
  ...postgis,
  async setup(...given) {
    const whole = await postgis.setup(...given);
    return { ...whole, bundlePath: postgisBundle(whole.bundlePath) };
  },
};

/**
 * PGlite runs its queries synchronously inside WebAssembly: on the main thread a two-second query
 * would freeze the server for two seconds. So it lives in a thread of its own.
 */
async function serve(port: MessagePort, { dataDir, template }: WorkerStart): Promise<void> {
  const db = await PGlite.create({
    ...(dataDir ? { dataDir } : {}),
    ...(template ? { loadDataDir: new Blob([new Uint8Array(template)]) } : {}),
    extensions: { postgis: slimPostgis },
    parsers: { [INT8]: Number, [NUMERIC]: Number },
  });

  async function answer(question: Question): Promise<Answer> {
    const { id } = question;
    switch (question.ask) {
      case 'query':
        return { id, ...(await run(db, question.sql, question.parameters)) };
      case 'copy': {
        const blob = new Blob(question.parts as Uint8Array<ArrayBuffer>[]);
        const { affectedRows } = await db.query(question.sql, [], { blob });
        return { id, rows: [], rowCount: affectedRows ?? 0, command: 'COPY' };
      }
      case 'dump': {
        const dump = await db.dumpDataDir('none');
        return { id, dump: new Uint8Array(await dump.arrayBuffer()) };
      }
      case 'close':
        await db.close();
        return { id, rows: [], rowCount: 0, command: 'CLOSE' };
    }
  }

  port.on('message', async (question: Question) => {
    try {
      port.postMessage(await answer(question));
    } catch (error) {
      port.postMessage({ id: question.id, failure: failureOf(error) } satisfies Answer);
    }
    if (question.ask === 'close') port.close();
  });
  port.postMessage({ id: 0, rows: [], rowCount: 0, command: 'READY' } satisfies Answer);
}

/** Without parameters the simple protocol is used, which takes several statements at once. */
async function run(db: PGlite, sql: string, parameters: readonly unknown[]) {
  const result =
    parameters.length === 0
      ? (await db.exec(sql)).at(-1)
      : await db.query<Record<string, unknown>>(sql, [...parameters]);
  const rows = (result?.rows ?? []) as Record<string, unknown>[];
  const command = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
  return { rows, rowCount: result?.affectedRows ?? rows.length, command };
}

function failureOf(error: unknown): DatabaseFailure {
  const { message, code, constraint, detail } = error as DatabaseFailure;
  return {
    message: String(message ?? error),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(detail === undefined ? {} : { detail }),
  };
}

if (parentPort) await serve(parentPort, (workerData as WorkerInput<WorkerStart>).input);
