import type { Kysely } from 'kysely';
import type { FlowRun, FlowRunKind, FlowRunSummary } from '../../contracts/flow-runs.ts';
import type { Schema } from '../schema.ts';

/** How a run ended. */
export interface FlowRunEnd {
  status: 'done' | 'failed' | 'cancelled';
  dataset?: number;
  code?: string;
  message?: string;
  report?: unknown;
  seconds?: number;
}

const columns = [
  'id',
  'kind',
  'name',
  'status',
  'dataset',
  'code',
  'message',
  'seconds',
  'created_at',
] as const;

/** Runs that make flow datasets: a row each, changed when the run starts and when it ends. */
export function flowRunRepository(db: Kysely<Schema>) {
  const unended = () => db.updateTable('flow_run').where('status', 'in', ['queued', 'running']);
  const rows = db.selectFrom('flow_run').select(columns);

  return {
    async insert(vintage: string, kind: FlowRunKind, name: string): Promise<FlowRunSummary> {
      const row = await db
        .insertInto('flow_run')
        .values({ vintage, kind, name })
        .returning(columns)
        .executeTakeFirstOrThrow();
      return toSummary(row);
    },

    async begin(id: number): Promise<void> {
      await unended().set({ status: 'running' }).where('id', '=', id).execute();
    },

    /** False where it had ended. */
    async end(id: number, { report, ...end }: FlowRunEnd): Promise<boolean> {
      const { numUpdatedRows } = await unended()
        .set({ ...end, report: report === undefined ? null : JSON.stringify(report) })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Whether a run, and not the start of the server, made a dataset. */
    async made(dataset: number): Promise<boolean> {
      const row = await db
        .selectFrom('flow_run')
        .select('id')
        .where('dataset', '=', dataset)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** After a crash: what ran then will never end. Answers which it was. */
    async interruptRunning(): Promise<number[]> {
      const interrupted = await unended()
        .set({
          status: 'interrupted',
          message: 'Le serveur s’est arrêté pendant ce travail, rien n’a été chargé : relancez-le.',
        })
        .returning('id')
        .execute();
      return interrupted.map(({ id }) => id);
    },

    async list(vintage: string, limit: number, offset: number) {
      const found = await rows
        .where('vintage', '=', vintage)
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await db
        .selectFrom('flow_run')
        .select((s) => s.fn.countAll<number>().as('total'))
        .where('vintage', '=', vintage)
        .executeTakeFirstOrThrow();
      return { items: found.map(toSummary), total };
    },

    async byId(vintage: string, id: number): Promise<FlowRun | undefined> {
      const row = await db
        .selectFrom('flow_run')
        .select([...columns, 'report'])
        .where('vintage', '=', vintage)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { ...toSummary(row), report: row.report };
    },
  };
}

type Row = Pick<FlowRunSummary, Exclude<(typeof columns)[number], 'created_at'>> & {
  created_at: Date;
};

function toSummary(row: Row): FlowRunSummary {
  const { id, kind, name, status, dataset, code, message, seconds, created_at } = row;
  return {
    id,
    kind,
    name,
    status,
    progress: status === 'done' ? 1 : 0,
    step: null,
    dataset,
    code,
    message,
    seconds,
    createdAt: created_at.toISOString(),
  };
}
