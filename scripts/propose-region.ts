import type { Kysely } from 'kysely';
import type { Proposal } from '../server/contracts/proposals.ts';
import { COMMAND_LINE } from '../server/core/events/verbs.ts';
import { counted, frenchNumber } from '../server/core/french.ts';
import { bandReasonLabels } from '../server/core/proposal/band-reason-labels.ts';
import type { Schema } from '../server/db/schema.ts';
import { DomainError } from '../server/errors.ts';
import { loadedVintage } from '../server/usecases/import-files.ts';
import { proposalBounds } from '../server/usecases/proposal-bounds.ts';
import { proposalRuns } from '../server/usecases/proposal-runs.ts';
import { runStep, type StepWatcher } from '../server/usecases/steps.ts';
import { regionOptions } from './region-options.ts';
import { withDatabase } from './with-database.ts';

/**
 * `npm run propose -- [--region CODE] [--department 45,41 | --uncovered] [--k 44] …`: proposes
 * territories for communes of the database, stores the run as the page does, and prints its figures.
 * Lists are separated by commas, the communes of one list by plus signs (`--together 45001+45002`).
 */
export async function proposeRegion(argv: readonly string[]): Promise<void> {
  const { wishes: wanted, bound, rest } = regionOptions(argv);
  await withDatabase(rest, refuseFiles, async ({ db, config, watcher }) => {
    const { kysely } = db;
    const vintage = await loadedVintage(kysely, config.region);
    const runs = proposalRuns(kysely, (error) => console.error(error));
    try {
      const done = await runStep(watcher, 'Proposition', async (onProgress) => {
        const { id } = await runs.start(vintage.id, wanted, COMMAND_LINE);
        const stop = runs.watch(id, () => {
          void runs.summary(vintage.id, id).then(({ progress }) => onProgress(progress, 1));
        });
        await runs.ended(id);
        stop();
        const run = await runs.run(vintage.id, id);
        if (run.status !== 'done') {
          throw new DomainError('contradictory_wishes', run.message ?? 'Le calcul a échoué.');
        }
        return [run, `n° ${id}, ${counted(run.territories.length, 'territoire')}`];
      });
      print(done);
      if (bound) await prove(kysely, vintage.id, done.id, watcher);
    } finally {
      await runs.close();
    }
  });
}

/** Proves and stores how much better than a run is possible at most, and prints it. */
async function prove(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  watcher: StepWatcher,
): Promise<void> {
  const bounds = proposalBounds(
    () => db,
    (error) => console.error(error),
  );
  try {
    const told = await runStep(watcher, 'Preuve', async (onProgress) => {
      await bounds.start(vintage, id, COMMAND_LINE);
      const timer = setInterval(() => {
        void bounds.read(vintage, id).then(({ progress }) => onProgress(progress, 1));
      }, 500);
      await bounds.ended(id);
      clearInterval(timer);
      return [await bounds.read(vintage, id), `n° ${id}`];
    });
    const percent = (share: number) => `${(100 * share).toFixed(1).replace('.', ',')} %`;
    if (told.better !== null && told.bound !== null) {
      console.log(
        `  au plus ${percent(told.better)} de mieux : avec ces contraintes, aucun découpage ne garde plus de ${percent(told.bound)} du flux.`,
      );
    }
  } finally {
    await bounds.close();
  }
}

function refuseFiles([file]: string[]): void {
  if (file === undefined) return;
  throw new DomainError(
    'invalid_configuration',
    `« ${file} » n’est pas attendu : npm run propose ne prend que des options (--instance FICHIER pour un fichier).`,
  );
}

function print({ indicators, territories, seconds, threads }: Proposal): void {
  const percent = (share: number | null | undefined) =>
    share == null ? '—' : `${(100 * share).toFixed(1).replace('.', ',')} %`;
  if (indicators) {
    const { inside, inBand, inBandShare, compactness, epciWhole } = indicators;
    console.log(
      `  ${percent(inside)} du flux dedans ; ${inBand} territoires dans la fourchette, ${percent(inBandShare)} de la population qui peut l’être ; compacité ${(compactness ?? 0).toFixed(3).replace('.', ',')} ; ${percent(epciWhole)} des EPCI entiers ; ${(seconds ?? 0).toFixed(1).replace('.', ',')} s sur ${counted(threads ?? 1, 'fil')}`,
    );
  }
  const width = Math.max(10, ...territories.map(({ name }) => name.length));
  console.log(`  ${'territoire'.padEnd(width)} communes  habitants  dedans  fourchette`);
  for (const { name, units, population, li, inBand, reason } of territories) {
    const cells = [
      name.padEnd(width),
      frenchNumber(units.length).padStart(8),
      frenchNumber(population).padStart(10),
      percent(li).padStart(7),
      inBand ? '  oui' : `  ${reason ? bandReasonLabels[reason] : 'non'}`,
    ];
    console.log(`  ${cells.join(' ')}`);
  }
}
