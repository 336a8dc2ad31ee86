import type { Kysely } from 'kysely';
import type { FlowsAsked, FlowsUsed } from '../contracts/flow-words.ts';
import { defaultPoleParameters } from '../contracts/poles.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { type SetsSent, setFlowRepository } from '../db/repositories/set-flows.ts';
import type { Schema } from '../db/schema.ts';
import { checkSpecialty, knownDataset } from './analyse-poles.ts';

/** Flows that something is worked out from, and what they send. */
export interface ChosenFlows {
  used: FlowsUsed;
  /** nothing is sent where no flows are loaded */
  sent(from: readonly (readonly string[])[], to: readonly (readonly string[])[]): Promise<SetsSent>;
}

/**
 * The flows asked for, the latest dataset unless one is named.
 *
 * @throws DomainError `unknown_dataset`, `unknown_specialty`
 */
export async function chosenFlows(
  db: Kysely<Schema>,
  vintage: string,
  { dataset: wanted, specialty = 'all', masked = defaultPoleParameters.masked }: FlowsAsked,
): Promise<ChosenFlows> {
  const dataset =
    wanted === undefined
      ? await flowDatasetRepository(db).latest(vintage)
      : await knownDataset(db, vintage, wanted);
  if (!dataset) {
    return {
      used: { dataset: null, specialty, masked },
      sent: async (from) => ({
        all: from.map(() => ({ patients: 0, masked: 0 })),
        to: from.map(() => new Map()),
      }),
    };
  }
  await checkSpecialty(db, vintage, dataset.id, specialty);
  const { id, name, kind } = dataset;
  return {
    used: { dataset: { id, name, kind }, specialty, masked },
    sent: (from, to) => setFlowRepository(db).sent({ dataset: id, specialty, vintage }, from, to),
  };
}
