import { type Kysely, type Selectable, sql } from 'kysely';
import type { Remark } from '../../imports/rows.ts';
import type { Schema } from '../schema.ts';

export type Vintage = Selectable<Schema['vintage']>;

/**
 * Names what the units of a vintage now are, so that tiles and graph addressed by it never change:
 * the vintage, and how many times its communes were divided otherwise.
 */
export function contentOf({ id, revision }: Pick<Vintage, 'id' | 'revision'>): string {
  return revision === 0 ? id : `${id}.${revision}`;
}

/** Loaded sets of communes: one a region. */
export function vintageRepository(db: Kysely<Schema>) {
  return {
    async ofRegion(regionCode: string): Promise<Vintage | undefined> {
      return db
        .selectFrom('vintage')
        .selectAll()
        .where('region_code', '=', regionCode)
        .executeTakeFirst();
    },

    async byId(id: string): Promise<Vintage | undefined> {
      return db.selectFrom('vintage').selectAll().where('id', '=', id).executeTakeFirst();
    },

    async ofDataset(dataset: number): Promise<Pick<Vintage, 'id' | 'revision'> | undefined> {
      return db
        .selectFrom('flow_dataset')
        .innerJoin('vintage', 'vintage.id', 'flow_dataset.vintage')
        .select(['vintage.id', 'vintage.revision'])
        .where('flow_dataset.id', '=', dataset)
        .executeTakeFirst();
    },

    async all(): Promise<Vintage[]> {
      return db.selectFrom('vintage').selectAll().orderBy('region_code').execute();
    },

    async insert(vintage: Omit<Vintage, 'loaded_at' | 'revision'>): Promise<void> {
      await db
        .insertInto('vintage')
        .values({ ...vintage, remarks: JSON.stringify(vintage.remarks) })
        .execute();
    },

    /** Its borders, flow datasets and proposals go with it; its units stay until replaced. */
    async remove(id: string): Promise<void> {
      await db.deleteFrom('vintage').where('id', '=', id).execute();
    },

    async setSupplySource(id: string, source: string): Promise<void> {
      await db.updateTable('vintage').set({ supply_source: source }).where('id', '=', id).execute();
    },

    async setReport(id: string, remarks: Remark[], filesPrint: string | null): Promise<void> {
      await db
        .updateTable('vintage')
        .set({ remarks: JSON.stringify(remarks), files_print: filesPrint })
        .where('id', '=', id)
        .execute();
    },

    /** west, south, east, north in degrees */
    async bbox(id: string): Promise<[number, number, number, number]> {
      const { rows } = await sql<{ w: number; s: number; e: number; n: number }>`
        select st_xmin(b) as w, st_ymin(b) as s, st_xmax(b) as e, st_ymax(b) as n
        from (select st_extent(geom) as b from unit where vintage = ${id}) as extent`.execute(db);
      const { w, s, e, n } = rows[0] ?? { w: 0, s: 0, e: 0, n: 0 };
      return [w, s, e, n];
    },
  };
}
