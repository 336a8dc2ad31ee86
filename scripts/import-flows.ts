import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ExtractMapping, FlowImportReport } from '../server/contracts/flow-imports.ts';
import { COMMAND_LINE } from '../server/core/events/verbs.ts';
import { counted } from '../server/core/french.ts';
import { poleRepository } from '../server/db/repositories/poles.ts';
import { DomainError } from '../server/errors.ts';
import { csvFiles } from '../server/imports/data-directory.ts';
import { parseMapping, parseNames } from '../server/imports/extract/mapping.ts';
import { reportCsv } from '../server/imports/extract/report-csv.ts';
import { loadedVintage } from '../server/usecases/import-files.ts';
import { importFlows } from '../server/usecases/import-flows.ts';
import { runStep } from '../server/usecases/steps.ts';
import { readYear } from './option-year.ts';
import { takeOptions } from './own-options.ts';
import { reportLines } from './report-lines.ts';
import { runImport } from './run-import.ts';
import { exitWithSentence } from './terminal.ts';

/**
 * `npm run import:flows -- FILE [--map origin=…,destination=…,specialty=…,patients=…]
 * [--names WRITTEN=NAME,…] [--name NAME] [--year YEAR] [--report FILE] [--skip-rejected]
 * [--region CODE]`: an extract of reimbursed care, as a dataset of its own.
 */
try {
  const { values, set, rest } = takeOptions(
    process.argv.slice(2),
    ['map', 'names', 'name', 'year', 'report'],
    ['skip-rejected'],
  );
  const year = readYear(values.year);
  refuseReportFolder(values.report);
  const mapping = {
    ...(values.map === undefined ? {} : parseMapping(values.map)),
    ...(values.names === undefined ? {} : { names: parseNames(values.names) }),
  };
  await runImport(
    'import:flows',
    async ({ db, file, config, watcher }) => {
      const vintage = await loadedVintage(db.kysely, config.region);
      const {
        dataset,
        report,
        mapping: taken,
        columns,
      } = await runStep(watcher, 'Extrait', async (onProgress) => {
        const passages = config.data ? csvFiles(config.data, 'cog') : [];
        const rejected = set.has('skip-rejected') ? 'skip' : 'refuse';
        const name = values.name ?? null;
        const done = await importFlows(
          db,
          { file, vintage, mapping, passages, name, year, rejected, actor: COMMAND_LINE },
          { onProgress },
        ).catch((error: unknown) => {
          tellRefusal(error, values.report);
          throw error;
        });
        const summary = `${vintage.region_name}, jeu de flux n° ${done.dataset}, ${counted(done.report.rows.read, 'ligne')} au total`;
        return [done, summary];
      });
      await runStep(watcher, 'Pôles', async () => {
        const run = await poleRepository(db.kysely).analyse(dataset);
        return [run, `analyse n° ${run}`];
      });
      printColumns(taken, columns);
      for (const line of reportLines(report, values.report)) console.log(line);
      save(report, values.report);
      return [];
    },
    rest,
  );
} catch (error) {
  exitWithSentence(error);
}

/** What was read of a file that is refused for some of its lines, and how to go on without them. */
function tellRefusal(error: unknown, file: string | undefined): void {
  if (!(error instanceof DomainError) || error.code !== 'rejected_rows') return;
  const { report } = error.details as { report: FlowImportReport };
  console.log('');
  for (const line of reportLines(report, file)) console.log(line);
  save(report, file);
  if (report.rows.kept > 0) console.log('  Pour importer sans ces lignes : --skip-rejected');
}

function save(report: FlowImportReport, file: string | undefined): void {
  if (file === undefined) return;
  writeFileSync(file, reportCsv(report));
  console.log(`  Compte rendu écrit dans ${file}`);
}

/** Before any work: an import whose report cannot be written would look failed and be done. */
function refuseReportFolder(file: string | undefined): void {
  if (file === undefined) return;
  const folder = dirname(resolve(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new DomainError(
      'invalid_configuration',
      `Le compte rendu ne peut pas être écrit dans « ${folder} » : donnez après --report un fichier d’un dossier qui existe et où vous avez le droit d’écrire.`,
      undefined,
      { cause },
    );
  }
}

/** Nobody confirms a guess on the command line: what was taken for what is said, and what was not. */
function printColumns({ names: _, wide, ...roles }: ExtractMapping, columns: string[]): void {
  const taken = [...Object.entries(roles), ...(wide ?? []).map((name) => ['wide', name] as const)];
  const used = new Set(taken.map(([, name]) => name));
  const left = columns.filter((name) => name !== '' && !used.has(name));
  const what = taken.map(([role, name]) => `${name} (${role})`).join(', ');
  const more = left.length > 0 ? ` ; laissées de côté : ${left.join(', ')}` : '';
  console.log(`  Colonnes prises : ${what}${more}`);
}
