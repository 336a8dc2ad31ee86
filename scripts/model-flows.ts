import type { CalibrationReport } from '../server/contracts/flow-models.ts';
import type { MaskedCount } from '../server/contracts/names.ts';
import { COMMAND_LINE } from '../server/core/events/verbs.ts';
import { fittedParameters } from '../server/core/flows/fitted-parameters.ts';
import type { GravityParameters } from '../server/core/flows/gravity-parameters.ts';
import { frenchNumber } from '../server/core/french.ts';
import { unitRepository } from '../server/db/repositories/units.ts';
import { DomainError } from '../server/errors.ts';
import { csvFiles } from '../server/imports/data-directory.ts';
import { readPassages } from '../server/imports/passages.ts';
import { readTravelTimes, type TravelTimes } from '../server/imports/travel-times.ts';
import { calibrateFlows } from '../server/usecases/calibrate-flows.ts';
import { loadedVintage } from '../server/usecases/import-files.ts';
import { modelFlows } from '../server/usecases/model-flows.ts';
import { noSupply } from '../server/usecases/model-runs.ts';
import { runStep } from '../server/usecases/steps.ts';
import { calibrationLines } from './calibration-lines.ts';
import { readGravity } from './gravity-options.ts';
import { takeOptions } from './own-options.ts';
import { exitWithSentence, printRemarks } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/**
 * `npm run model:flows -- [--alpha 0.7] [--beta 8] [--specialty KEY:ALPHA:BETA+…] [--destinations 12]
 * [--travel-times FILE] [--calibrate DATASET [--masked 5]] [--name NAME] [--region CODE]
 * [--data FOLDER]`: a dataset of modelled flows. With `--calibrate`, α and β are those fitted on a
 * dataset, specialty by specialty, where it tells them; `--specialty` still has the last word.
 */
try {
  const { values, rest } = takeOptions(
    process.argv.slice(2),
    ['alpha', 'beta', 'specialty', 'destinations', 'travel-times', 'calibrate', 'masked', 'name'],
    [],
  );
  const wanted = readGravity(values);
  const dataset = readDataset(values.calibrate);
  const masked = readMasked(values.masked);
  const travelFile = values['travel-times'];
  await withDatabase(rest, refuseFiles, async ({ db, config, watcher }) => {
    const { kysely } = db;
    const vintage = await loadedVintage(kysely, config.region);
    let travel: TravelTimes | null = null;
    if (travelFile !== undefined) {
      travel = await runStep(watcher, 'Temps de trajet', async (onProgress) => {
        const { code } = await unitRepository(kysely).communes(vintage.id);
        const passages = readPassages(config.data ? csvFiles(config.data, 'cog') : []);
        const times = await readTravelTimes(travelFile, code, passages, onProgress);
        const pairs = frenchNumber(times.table.destinations.length);
        return [times, `${pairs} trajets possibles entre ${frenchNumber(code.length)} communes`];
      });
      printRemarks(travel.remarks);
    }
    let parameters: GravityParameters = wanted;
    let calibratedOn: CalibrationReport['dataset'] | null = null;
    if (dataset !== null) {
      const report = await runStep(watcher, 'Calage', async (onProgress) => {
        const found = await calibrateFlows(
          kysely,
          vintage,
          { dataset, masked },
          { travel, onProgress },
        );
        return [found, `sur le jeu de flux n° ${dataset} « ${found.dataset.name} »`];
      });
      for (const line of calibrationLines(report, travel ? 'min' : 'km')) console.log(`  ${line}`);
      calibratedOn = report.dataset;
      const fitted = fittedParameters(report.pooled, report.specialties, wanted);
      parameters = { ...fitted, specialties: { ...fitted.specialties, ...wanted.specialties } };
    }
    await runStep(watcher, 'Flux modélisés', async (onProgress) => {
      const options = {
        name: values.name ?? null,
        travel,
        calibratedOn,
        onProgress,
        actor: COMMAND_LINE,
      };
      const made = await modelFlows(kysely, vintage, parameters, options);
      if (made === null) throw noSupply(vintage);
      return [made, `${vintage.region_name}, jeu de flux n° ${made}`];
    });
  });
} catch (error) {
  exitWithSentence(error);
}

function refuseFiles([file]: string[]): void {
  if (file === undefined) return;
  throw new DomainError(
    'invalid_configuration',
    `« ${file} » n’est pas attendu : npm run model:flows ne prend que des options (--travel-times FICHIER pour des temps de trajet).`,
  );
}

function readDataset(text: string | undefined): number | null {
  if (text === undefined) return null;
  const id = Number(text);
  if (Number.isInteger(id) && id > 0) return id;
  throw new DomainError(
    'invalid_configuration',
    `« ${text} » n’est pas le numéro d’un jeu de flux : un nombre comme 2 était attendu après --calibrate.`,
  );
}

function readMasked(text = '5'): MaskedCount {
  if (text === '0' || text === '5' || text === '10') return Number(text) as MaskedCount;
  throw new DomainError(
    'invalid_configuration',
    `Une cellule masquée compte pour 0, 5 ou 10, « ${text} » a été lu après --masked.`,
  );
}
