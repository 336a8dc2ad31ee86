import { type Kysely, sql } from 'kysely';
import type { FlowDataset } from '../../contracts/flow-datasets.ts';
import type { FlowImportReport } from '../../contracts/flow-imports.ts';
import { frenchOrder } from '../../core/french.ts';
import type { PlacesReceiving } from '../../imports/extract/place-inflows.ts';
import type { Schema } from '../schema.ts';
import { flowStagingRepository } from './flow-staging.ts';

interface NewDataset {
  /** a number reserved for it */
  id?: number;
  vintage: string;
  kind: FlowDataset['kind'];
  name: string;
  provenance: string;
  parameters: Record<string, unknown>;
  /** SHA-256 of the file an extract came from */
  fileHash?: string;
}

/** Flow datasets, extract or modelled, and the specialties each holds. */
export function flowDatasetRepository(db: Kysely<Schema>) {
  async function withSpecialties(
    rows: {
      id: number;
      name: string;
      kind: FlowDataset['kind'];
      provenance: string;
      parameters: Record<string, unknown>;
      created_at: Date;
    }[],
  ): Promise<FlowDataset[]> {
    const specialties = await db
      .selectFrom('flow_specialty')
      .selectAll()
      .where('dataset', 'in', [0, ...rows.map(({ id }) => id)])
      .execute();
    // Here and not in SQL: the order of accents is that of the language, not of the database.
    specialties.sort((a, b) => frenchOrder(a.label, b.label));
    return rows.map(({ created_at, ...row }) => ({
      ...row,
      createdAt: created_at.toISOString(),
      specialties: specialties
        .filter(({ dataset }) => dataset === row.id)
        .map(({ key, label, patients, masked }) => ({
          key,
          label,
          patients: Math.round(patients),
          maskedCells: Math.round(masked),
        })),
    }));
  }

  const columns = ['id', 'name', 'kind', 'provenance', 'parameters', 'created_at'] as const;

  return {
    async insert({ fileHash, ...dataset }: NewDataset): Promise<number> {
      const { id } = await db
        .insertInto('flow_dataset')
        .values({
          ...dataset,
          parameters: JSON.stringify(dataset.parameters),
          file_hash: fileHash ?? null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    /** Counts the patients of each specialty, once the flows are in. */
    async describeSpecialties(dataset: number, labels: Map<string, string>): Promise<void> {
      await sql`
        insert into flow_specialty (dataset, key, label, patients, masked)
        select ${dataset}::integer, f.specialty, l.label, sum(f.patients), sum(f.masked)
        from flow f
        join unnest(${[...labels.keys()]}::text[], ${[...labels.values()]}::text[]) as l(key, label)
          on l.key = f.specialty
        where f.dataset = ${dataset}
        group by f.specialty, l.label`.execute(db);
    },

    /** The same for an extract, whose patients were counted as they were read. */
    async insertSpecialties(
      dataset: number,
      specialties: { key: string; label: string; patients: number; masked: number }[],
    ): Promise<void> {
      if (specialties.length === 0) return;
      await db
        .insertInto('flow_specialty')
        .values(
          specialties.map(({ key, label, patients, masked }) => ({
            dataset,
            key,
            label,
            patients,
            masked,
          })),
        )
        .execute();
    },

    /** What places receive of one specialty, beside rows that were ranked with it. */
    async insertInflow(
      dataset: number,
      specialty: string,
      received: PlacesReceiving,
      numbers: Int32Array,
    ): Promise<void> {
      await db
        .insertInto('flow_inflow')
        .values({
          dataset,
          specialty,
          places: Array.from(received.places, (place) => numbers[place]!),
          patients: Array.from(received.patients),
          masked: Array.from(received.masked),
        })
        .execute();
    },

    /** What became of the rows of an extract. */
    async report(dataset: number): Promise<FlowImportReport | undefined> {
      const row = await db
        .selectFrom('flow_dataset')
        .select('report')
        .where('id', '=', dataset)
        .executeTakeFirst();
      return row?.report ?? undefined;
    },

    async setReport(dataset: number, report: FlowImportReport): Promise<void> {
      await db
        .updateTable('flow_dataset')
        .set({ report: JSON.stringify(report) })
        .where('id', '=', dataset)
        .execute();
    },

    /** The dataset that the same file gave before. */
    async ofFile(vintage: string, fileHash: string) {
      return db
        .selectFrom('flow_dataset')
        .select(['id', 'name', 'created_at'])
        .where('vintage', '=', vintage)
        .where('file_hash', '=', fileHash)
        .executeTakeFirst();
    },

    /** Removes a dataset, and says what it was; undefined where there was none. */
    async remove(dataset: number) {
      // An extract has a table of its own, which goes at once instead of row by row.
      await flowStagingRepository(db).drop(dataset);
      return db
        .deleteFrom('flow_dataset')
        .where('id', '=', dataset)
        .returning(['kind', 'name', 'provenance', 'parameters'])
        .executeTakeFirst();
    },

    async extracts(vintage: string): Promise<{ id: number; name: string }[]> {
      return db
        .selectFrom('flow_dataset')
        .select(['id', 'name'])
        .where('vintage', '=', vintage)
        .where('kind', '=', 'extract')
        .orderBy('id')
        .execute();
    },

    /** The first dataset that was modelled, at start unless a run made it. */
    async firstModelled(vintage: string): Promise<number | undefined> {
      const row = await db
        .selectFrom('flow_dataset')
        .select('id')
        .where('vintage', '=', vintage)
        .where('kind', '=', 'modelled')
        .orderBy('id')
        .executeTakeFirst();
      return row?.id;
    },

    /** Extracts that were never analysed: their import was killed before its end. */
    async unfinished(): Promise<number[]> {
      const found = await db
        .selectFrom('flow_dataset as d')
        .select('d.id')
        .where('d.kind', '=', 'extract')
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('pole_run').select('id').whereRef('dataset', '=', 'd.id'))),
        )
        .execute();
      return found.map(({ id }) => id);
    },

    async modelled(vintage: string): Promise<number[]> {
      const found = await db
        .selectFrom('flow_dataset')
        .select('id')
        .where('vintage', '=', vintage)
        .where('kind', '=', 'modelled')
        .orderBy('id')
        .execute();
      return found.map(({ id }) => id);
    },

    async list(vintage: string, limit: number, offset: number) {
      const rows = await db
        .selectFrom('flow_dataset')
        .select(columns)
        .where('vintage', '=', vintage)
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await db
        .selectFrom('flow_dataset')
        .select((s) => s.fn.countAll<number>().as('total'))
        .where('vintage', '=', vintage)
        .executeTakeFirstOrThrow();
      return { items: await withSpecialties(rows), total };
    },

    async byId(vintage: string, id: number): Promise<FlowDataset | undefined> {
      const row = await db
        .selectFrom('flow_dataset')
        .select(columns)
        .where('id', '=', id)
        .where('vintage', '=', vintage)
        .executeTakeFirst();
      return row && (await withSpecialties([row]))[0];
    },

    /** The dataset the page opens on: the latest one. */
    async latest(vintage: string): Promise<FlowDataset | undefined> {
      const { items } = await this.list(vintage, 1, 0);
      return items[0];
    },
  };
}
