import type { Kysely } from 'kysely';
import type { SubdivisionInspection } from '../../contracts/divisions.ts';
import { divisionRepository } from '../../db/repositories/divisions.ts';
import type { Schema } from '../../db/schema.ts';
import type { SubdivisionFile } from '../../imports/subdivisions/read-subdivisions.ts';
import type { ReadSubdivisionsTask } from '../../workers/read-subdivisions.ts';
import { runTask } from '../../workers/task.ts';
import { partsByCommune } from './choose-communes.ts';

/** Reads a file in a thread: that of a region may hold tens of megabytes. */
export function readSubdivisionFile(path: string, name: string): Promise<SubdivisionFile> {
  return runTask<ReadSubdivisionsTask, SubdivisionFile>(
    new URL('../../workers/read-subdivisions.ts', import.meta.url),
    { path, name },
  );
}

/** The loaded communes that a file has several parts of, the most populated first. */
export async function inspectSubdivisions(
  db: Kysely<Schema>,
  vintage: string,
  { rows, remarks }: SubdivisionFile,
): Promise<Pick<SubdivisionInspection, 'communes' | 'remarks'>> {
  const parts = partsByCommune(rows);
  const loaded = await divisionRepository(db).communes(vintage, [...parts.keys()]);
  const communes = loaded
    .map(({ leaf, ...commune }) => {
      const mine = parts.get(commune.code)!;
      return {
        ...commune,
        parts: mine.length,
        kinds: [...new Set(mine.map(({ kind }) => kind))].sort(),
        withPopulation: mine.every(({ population }) => population !== null),
        divided: !leaf,
      };
    })
    .filter((commune) => commune.parts > 1)
    .sort((p, q) => q.population - p.population || (p.code < q.code ? -1 : 1));
  return { communes, remarks };
}
