import { type Kysely, sql } from 'kysely';
import {
  type BandReason,
  defaultProposalParameters,
  type Proposal,
  type ProposalIndicators,
  type ProposalParameters,
  type ProposalSummary,
  type RunStatus,
} from '../../contracts/proposals.ts';
import type { AsRead } from '../../core/proposal/as-read.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

export interface StoredTerritory {
  name: string;
  units: string[];
  population: number;
  li: number | null;
  inBand: boolean;
  reason: BandReason | null;
  /** the CPTS that it keeps */
  cpts: number | null;
}

/** The name of a territory and what became of it. */
export interface AdoptableTerritory {
  id: number;
  name: string;
  cpts: number | null;
  /** the name of that CPTS, null once it is closed */
  adoptedAs: string | null;
}

/** Proposal runs: parameters first, territories once done; nothing of a run that did not finish. */
export function proposalRepository(db: Kysely<Schema>) {
  const summaries = db
    .selectFrom('proposal_run')
    .select([
      'id',
      'status',
      'progress',
      'parameters',
      'indicators',
      'engine',
      'threads',
      'seconds',
      'message',
      'created_at',
    ]);

  return {
    async insert(
      vintage: string,
      dataset: number | null,
      parameters: ProposalParameters,
      engine: string,
      threads: number,
    ): Promise<number> {
      const { id } = await db
        .insertInto('proposal_run')
        .values({
          vintage,
          dataset,
          parameters: JSON.stringify(parameters),
          seed: parameters.seed,
          status: 'queued',
          engine,
          threads,
          seconds: null,
          message: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    /** Moves a run that has not ended yet; false when it had. */
    async advance(id: number, status: RunStatus, progress: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('proposal_run')
        .set({ status, progress })
        .where('id', '=', id)
        .where('status', 'in', ['queued', 'running'])
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async end(id: number, status: 'failed' | 'cancelled', message: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('proposal_run')
        .set({ status, message })
        .where('id', '=', id)
        .where('status', 'in', ['queued', 'running'])
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** After a crash: what ran then will never end. Answers which it was. */
    async interruptRunning(): Promise<number[]> {
      const interrupted = await db
        .updateTable('proposal_run')
        .set({
          status: 'interrupted',
          message: 'Le serveur s’est arrêté pendant le calcul : relancez la proposition.',
        })
        .where('status', 'in', ['queued', 'running'])
        .returning('id')
        .execute();
      return interrupted.map(({ id }) => id);
    },

    /** Territories and indicators of a finished run, inside a transaction; false where it had ended. */
    async complete(
      id: number,
      territories: StoredTerritory[],
      indicators: ProposalIndicators,
      seconds: number,
      asRead: AsRead,
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('proposal_run')
        .set({
          status: 'done',
          progress: 1,
          indicators: JSON.stringify(indicators),
          seconds,
          as_read: JSON.stringify(asRead),
        })
        .where('id', '=', id)
        .where('status', '=', 'running')
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      const numbers = territories.map((_, i) => i);
      await insertColumns(db, 'proposal_territory', [
        { name: 'run', type: 'integer', values: numbers.map(() => id) },
        { name: 'territory', type: 'integer', values: numbers },
        { name: 'name', type: 'text', values: territories.map((t) => t.name) },
        { name: 'population', type: 'integer', values: territories.map((t) => t.population) },
        { name: 'li', type: 'double precision', values: territories.map((t) => t.li) },
        { name: 'in_band', type: 'boolean', values: territories.map((t) => t.inBand) },
        { name: 'reason', type: 'text', values: territories.map((t) => t.reason) },
        { name: 'cpts', type: 'integer', values: territories.map((t) => t.cpts) },
      ]);
      const members = territories.flatMap(({ units }, territory) =>
        units.map((unit) => ({ unit, territory })),
      );
      await insertColumns(db, 'proposal_member', [
        { name: 'run', type: 'integer', values: members.map(() => id) },
        { name: 'territory', type: 'integer', values: members.map((m) => m.territory) },
        { name: 'unit', type: 'text', values: members.map((m) => m.unit) },
      ]);
      return true;
    },

    async list(
      vintage: string,
      limit: number,
      offset: number,
    ): Promise<{ items: ProposalSummary[]; total: number }> {
      const rows = await summaries
        .where('vintage', '=', vintage)
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await db
        .selectFrom('proposal_run')
        .select((s) => s.fn.countAll<number>().as('total'))
        .where('vintage', '=', vintage)
        .executeTakeFirstOrThrow();
      return { items: rows.map(toSummary), total };
    },

    async summary(vintage: string, id: number): Promise<ProposalSummary | undefined> {
      const row = await summaries
        .where('vintage', '=', vintage)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toSummary(row);
    },

    async byId(vintage: string, id: number): Promise<Proposal | undefined> {
      const summary = await this.summary(vintage, id);
      if (!summary) return undefined;
      const { rows } = await sql<Proposal['territories'][number]>`
        select t.territory as id, t.name, t.population, t.li, t.in_band as "inBand", t.reason, t.cpts,
          coalesce(t.cpts = any (
            select (drawn->>'cpts')::integer
            from proposal_run r, jsonb_array_elements(r.as_read->'kept' || (r.as_read->'held')) as drawn
            where r.id = ${id}
          ), false) as kept,
          array_agg(m.unit order by m.unit collate "C") as units
        from proposal_territory t join proposal_member m using (run, territory)
        where t.run = ${id}
        group by t.run, t.territory order by t.territory`.execute(db);
      return { ...summary, territories: rows };
    },

    /** What the parameters of a run named, as it was when it began; null for runs of before it was kept. */
    async asRead(id: number): Promise<AsRead | null> {
      const row = await db
        .selectFrom('proposal_run')
        .select('as_read')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.as_read ?? null;
    },

    /** Runs whose territories were computed from a dataset. */
    async onDataset(dataset: number): Promise<number[]> {
      const rows = await db
        .selectFrom('proposal_run')
        .select('id')
        .where('dataset', '=', dataset)
        .where('status', 'in', ['queued', 'running', 'done'])
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** The territory of each unit of a finished run. */
    async members(id: number): Promise<{ unit: string[]; territory: number[] }> {
      const rows = await db
        .selectFrom('proposal_member')
        .select(['unit', 'territory'])
        .where('run', '=', id)
        .orderBy(sql`unit collate "C"`)
        .execute();
      return { unit: rows.map((row) => row.unit), territory: rows.map((row) => row.territory) };
    },

    /** Removes a run with its territories; CPTS made of them stay. */
    async remove(id: number): Promise<void> {
      await db.deleteFrom('proposal_run').where('id', '=', id).execute();
    },

    /** Takes the turn to adopt territories of a run until the transaction ends. */
    async territoriesForAdoption(id: number): Promise<AdoptableTerritory[]> {
      await sql`select from proposal_run where id = ${id} for update`.execute(db);
      const { rows } = await sql<AdoptableTerritory>`
        select t.territory as id, t.name, t.cpts,
          case when c.status <> 'closed' then c.name end as "adoptedAs"
        from proposal_territory t left join cpts c on c.id = t.cpts
        where t.run = ${id} order by t.territory`.execute(db);
      return rows;
    },

    /** Notes which CPTS territories became. */
    async markAdopted(id: number, territories: number[], cpts: number[]): Promise<void> {
      await sql`
        update proposal_territory t set cpts = made.cpts
        from unnest(${territories}::integer[], ${cpts}::integer[]) as made(territory, cpts)
        where t.run = ${id} and t.territory = made.territory`.execute(db);
    },

    async unitsOf(id: number, territory: number): Promise<string[]> {
      const rows = await db
        .selectFrom('proposal_member')
        .select('unit')
        .where('run', '=', id)
        .where('territory', '=', territory)
        .orderBy('unit')
        .execute();
      return rows.map(({ unit }) => unit);
    },
  };
}

function toSummary({
  created_at,
  parameters,
  ...row
}: Omit<ProposalSummary, 'createdAt' | 'best'> & { created_at: Date }): ProposalSummary {
  return {
    ...row,
    // Runs of before a parameter existed lack it.
    parameters: { ...defaultProposalParameters, ...parameters },
    best: null,
    createdAt: created_at.toISOString(),
  };
}
