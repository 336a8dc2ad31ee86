import type { Kysely } from 'kysely';
import { PROGRAM } from '../core/events/verbs.ts';
import type { Database } from '../db/database.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowRunRepository } from '../db/repositories/flow-runs.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { knownDataset } from './analyse-poles.ts';

/**
 * Removes a dataset that somebody imported or modelled, its flows and its analyses with it.
 *
 * @throws DomainError `unknown_dataset`; `dataset_in_use` for the one made at start, and for one
 *   that proposals were computed from, which could not be made again without it
 */
export async function removeFlows(
  db: Database,
  vintage: string,
  id: number,
  actor: string,
): Promise<void> {
  await db.kysely.transaction().execute(async (tx) => {
    const datasets = flowDatasetRepository(tx);
    const dataset = await knownDataset(tx, vintage, id);
    const first = id === (await datasets.firstModelled(vintage));
    if (first && !(await flowRunRepository(tx).made(id))) {
      throw new DomainError(
        'dataset_in_use',
        `Le jeu de flux n° ${id} (« ${dataset.name} ») est celui que Maillage modélise à son démarrage : il ne se supprime pas.`,
      );
    }
    const proposals = await proposalRepository(tx).onDataset(id);
    if (proposals.length > 0) {
      const [which, them] =
        proposals.length === 1
          ? [`la proposition n° ${proposals[0]}`, 'elle ne pourrait plus être refaite']
          : [
              `les propositions n° ${proposals.slice(0, 10).join(', ')}${proposals.length > 10 ? '…' : ''}`,
              'elles ne pourraient plus être refaites',
            ];
      throw new DomainError(
        'dataset_in_use',
        `Le jeu de flux n° ${id} (« ${dataset.name} ») a servi à ${which} : sans lui ${them}. Supprimez d’abord ces propositions si vous n’en avez plus besoin.`,
        { proposals },
      );
    }
    await dropDataset(tx, id, actor);
  });
}

/** Removes extracts whose import was killed before its end. */
export async function dropUnfinished(db: Kysely<Schema>): Promise<void> {
  const ids = await flowDatasetRepository(db).unfinished();
  for (const id of ids) await db.transaction().execute((tx) => dropDataset(tx, id, PROGRAM));
}

/** Removes what was modelled of a vintage from files that have changed since. */
export async function dropModelled(db: Kysely<Schema>, vintage: string): Promise<void> {
  const ids = await flowDatasetRepository(db).modelled(vintage);
  for (const id of ids) await db.transaction().execute((tx) => dropDataset(tx, id, PROGRAM));
}

/** Removes a dataset with its flows and its analyses, and tells what it was. */
export async function dropDataset(tx: Kysely<Schema>, id: number, actor: string): Promise<void> {
  const before = await flowDatasetRepository(tx).remove(id);
  if (!before) return;
  const subject = `flow-dataset/${id}`;
  await eventRepository(tx).record({ actor, verb: 'remove_flows', subject, before });
}
