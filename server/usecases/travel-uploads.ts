import type { Kysely } from 'kysely';
import type { TravelTimesUpload } from '../contracts/flow-models.ts';
import type { TravelTable } from '../core/flows/travel-table.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { readPassages } from '../imports/passages.ts';
import type { OnProgress } from '../imports/rows.ts';
import { type NamedFile, readTravelTimes, type TravelTimes } from '../imports/travel-times.ts';
import type { ExtractUpload } from './extract-uploads.ts';

/** Travel times of a file between the units of a vintage; `passages` names the files of passages. */
export async function travelTimesOf(
  db: Kysely<Schema>,
  vintage: string,
  file: NamedFile,
  passages: string[],
  onProgress?: OnProgress,
): Promise<TravelTimes> {
  const { code } = await unitRepository(db).communes(vintage);
  return readTravelTimes(file, code, readPassages(passages), onProgress);
}

/**
 * What a table of travel times that was sent gives: read whole, so that what is wrong with it is
 * said beside the file, before any run.
 *
 * @throws DomainError those of `readTravelTimes`
 */
export async function inspectTravelTimes(
  db: Kysely<Schema>,
  vintage: string,
  upload: ExtractUpload,
  passages: string[],
): Promise<TravelTimesUpload> {
  const { table, remarks } = await travelTimesOf(db, vintage, upload, passages);
  return {
    id: upload.id,
    file: upload.name,
    ...joined(table),
    remarks: remarks.map(({ message }) => message),
    expiresAt: upload.expiresAt.toISOString(),
  };
}

/** Pairs of two units, and units that no pair joins to another. */
function joined({ n, offsets, destinations }: TravelTable): { pairs: number; alone: number } {
  const joins = new Uint8Array(n);
  let pairs = 0;
  for (let i = 0; i < n; i++) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      if (destinations[e] === i) continue;
      pairs++;
      joins[i] = 1;
    }
  }
  return { pairs, alone: n - joins.reduce((sum, one) => sum + one, 0) };
}
