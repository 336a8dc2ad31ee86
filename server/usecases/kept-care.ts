import type { Kysely } from 'kysely';
import type { KeptCare } from '../contracts/proposal-explanations.ts';
import type { ProposalSummary } from '../contracts/proposals.ts';
import { careKind, careKinds } from '../core/flows/care-kinds.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { rounded } from '../db/repositories/flows.ts';
import { type KeptRow, keptCareRepository } from '../db/repositories/kept-care.ts';
import type { Schema } from '../db/schema.ts';

/** What a finished run keeps inside, one figure for each kind of care; none where there is one kind. */
export interface RunCare {
  /** over all its territories */
  all: KeptCare[];
  of(territory: number): KeptCare[];
}

/**
 * General practice, specialists and other care told apart over all the flows of the dataset, each
 * patient once: whatever specialty and weights the run was asked with.
 *
 * @param common only the residents of units that this run divides too are counted
 */
export async function keptCare(
  db: Kysely<Schema>,
  vintage: string,
  { id, parameters: { flowDataset, masked } }: ProposalSummary,
  common = id,
): Promise<RunCare> {
  const dataset = flowDataset && (await flowDatasetRepository(db).byId(vintage, flowDataset));
  const kinds = dataset ? careKinds(dataset.specialties) : [];
  if (!dataset || kinds.length < 2) return { all: [], of: () => [] };
  const rows = await keptCareRepository(db).byTerritory({
    ...{ vintage, run: id, common, dataset: dataset.id, masked },
    kinds: new Map(dataset.specialties.map(({ key }) => [key, careKind(key)])),
  });
  const byTerritory = new Map<number, KeptRow[]>();
  for (const row of rows) {
    byTerritory.set(row.territory, [...(byTerritory.get(row.territory) ?? []), row]);
  }
  const summed = (of: readonly KeptRow[]) =>
    kinds.map((kind): KeptCare => {
      const those = of.filter((row) => row.kind === kind);
      const patients = those.reduce((sum, row) => sum + row.patients, 0);
      const inside = those.reduce((sum, row) => sum + row.inside, 0);
      return {
        kind,
        patients: rounded(patients, 1),
        inside: patients > 0 ? rounded(inside / patients, 6) : null,
      };
    });
  return { all: summed(rows), of: (territory) => summed(byTerritory.get(territory) ?? []) };
}
