import type { Kysely } from 'kysely';
import { defaultProposalParameters } from '../contracts/proposals.ts';
import type { UnitGraph } from '../contracts/units.ts';
import { PROGRAM } from '../core/events/verbs.ts';
import { defaultGravity } from '../core/flows/gravity-parameters.ts';
import { counted, frenchNumber } from '../core/french.ts';
import { borderRepository } from '../db/repositories/borders.ts';
import { divisionRepository } from '../db/repositories/divisions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowRunRepository } from '../db/repositories/flow-runs.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { supplyRepository } from '../db/repositories/supply.ts';
import { unitRepository } from '../db/repositories/units.ts';
import { contentOf, type Vintage, vintageRepository } from '../db/repositories/vintages.ts';
import type { Schema } from '../db/schema.ts';
import { findDataFiles, printFiles } from '../imports/data-directory.ts';
import { readProfessions } from '../imports/professions.ts';
import { findRegion } from '../imports/regions.ts';
import type { ReadRegionTask, RegionFiles } from '../workers/read-region.ts';
import { runTask } from '../workers/task.ts';
import { startTileCutter } from '../workers/tile-cutter.ts';
import { keptAnswers } from './kept-answers.ts';
import { loadRegion } from './load-region.ts';
import { modelFlows } from './model-flows.ts';
import type { ProposalRuns } from './proposal-runs.ts';
import type { LoadedRegion } from './region-state.ts';
import { dropModelled, dropUnfinished } from './remove-flows.ts';
import { runStep, type StepWatcher } from './steps.ts';

export interface RegionWanted {
  /** INSEE code, name or `france`; null for the default region */
  region: string | null;
  data: string | null;
  geoApi: string | null;
  home: string;
}

/** Centre-Val de Loire */
const DEFAULT_REGION = '24';

/**
 * Brings a region to the point where the page has something finished to show: communes, supply,
 * modelled flows, poles, a first proposal, tiles. What the database already has is reused.
 */
export async function openRegion(
  db: Kysely<Schema>,
  runs: ProposalRuns,
  wanted: RegionWanted,
  watcher: StepWatcher,
): Promise<LoadedRegion> {
  await interruptRuns(db);
  await dropUnfinished(db);
  await supplyRepository(db).describeProfessions([...readProfessions()]);
  const vintage = await ensureCommunes(db, wanted, watcher);
  await ensureAnalysis(db, vintage, runs, watcher);
  return runStep(watcher, 'Tuiles de la carte', async () => {
    const region = await readLoaded(db, vintage);
    const lines = frenchNumber(region.graph.borders.id.length);
    return [region, `${lines} limites entre communes`];
  });
}

/** Marks what ran when the program ended, and never will end. */
export async function interruptRuns(db: Kysely<Schema>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const proposals = await proposalRepository(tx).interruptRunning();
    const flows = await flowRunRepository(tx).interruptRunning();
    const subjects = [
      ...proposals.map((id) => `proposal/${id}`),
      ...flows.map((id) => `flow-run/${id}`),
    ];
    await eventRepository(tx).recordAll(
      subjects.map((subject) => ({
        actor: PROGRAM,
        verb: 'end_run' as const,
        subject,
        after: { status: 'interrupted' },
      })),
    );
  });
}

/**
 * What is wanted, told before anything is made of it.
 *
 * @throws DomainError `unknown_region`, `no_such_file`
 */
export function checkWanted({ region: wanted, data }: Pick<RegionWanted, 'region' | 'data'>) {
  const region = findRegion(wanted ?? DEFAULT_REGION);
  return { region, filesPrint: data ? printFiles(findDataFiles(data, region)) : null };
}

async function ensureCommunes(
  db: Kysely<Schema>,
  wanted: RegionWanted,
  watcher: StepWatcher,
): Promise<Vintage> {
  return runStep(watcher, 'Communes', async (onProgress) => {
    const { region, filesPrint } = checkWanted(wanted);
    const loaded = await vintageRepository(db).ofRegion(region.code);
    // Files that a user names replace what was there without them; so do files that changed.
    if (loaded?.supply_source && (!filesPrint || loaded.files_print === filesPrint)) {
      return [loaded, `${describeVintage(loaded)}, déjà chargées`];
    }
    const files = await runTask<ReadRegionTask, RegionFiles>(
      new URL('../workers/read-region.ts', import.meta.url),
      { region, data: wanted.data, geoApi: wanted.geoApi, cacheDir: wanted.home },
      { onProgress },
    );
    const vintage = await loadRegion(db, { ...files, filesPrint });
    // What was modelled from the files before is not what these would give.
    if (vintage.id === loaded?.id) await dropModelled(db, vintage.id);
    return [vintage, describeVintage(vintage)];
  });
}

export function describeVintage(vintage: Vintage): string {
  const remarks = vintage.remarks.length;
  const more = remarks > 0 ? `, ${frenchNumber(remarks)} remarque${remarks > 1 ? 's' : ''}` : '';
  return `${vintage.region_name}, ${counted(vintage.units, 'commune')}, ${frenchNumber(vintage.population)} habitants${more}. ${vintage.source}`;
}

/** Flows, poles and a first proposal, unless the vintage has them. */
export async function ensureAnalysis(
  db: Kysely<Schema>,
  vintage: Vintage,
  runs: ProposalRuns,
  watcher: StepWatcher,
): Promise<void> {
  await ensureFlows(db, vintage, watcher);
  await ensureProposal(db, vintage, runs, watcher);
}

async function ensureFlows(
  db: Kysely<Schema>,
  vintage: Vintage,
  watcher: StepWatcher,
): Promise<void> {
  await runStep(watcher, 'Flux et pôles', async (onProgress) => {
    const datasets = flowDatasetRepository(db);
    const known = (await datasets.latest(vintage.id))?.id ?? null;
    const dataset = known ?? (await modelFlows(db, vintage, defaultGravity, { onProgress }));
    if (dataset === null) return [null, 'aucune offre de spécialistes, donc aucun flux'];
    const flows = await flowRepository(db).count(dataset);
    const poles = await poleRepository(db).count(dataset);
    const overall = poles.find(({ specialty }) => specialty === 'all')?.poles ?? 0;
    return [
      null,
      `${frenchNumber(flows)} flux, ${counted(poles.length - 1, 'spécialité')}, ${counted(overall, 'pôle')} toutes spécialités${known ? ', déjà calculés' : ''}`,
    ];
  });
}

async function ensureProposal(
  db: Kysely<Schema>,
  vintage: Vintage,
  runs: ProposalRuns,
  watcher: StepWatcher,
): Promise<void> {
  await runStep(watcher, 'Proposition', async () => {
    const { items } = await proposalRepository(db).list(vintage.id, 100, 0);
    const dataset = (await flowDatasetRepository(db).latest(vintage.id))?.id;
    const done = items.find(
      ({ status, parameters }) => status === 'done' && parameters.flowDataset === dataset,
    );
    if (done) return [null, `${summaryOf(done.indicators)}, déjà calculée`];
    const wanted = { ...defaultProposalParameters, effort: 'quick' } as const;
    const { id } = await runs.start(vintage.id, wanted, PROGRAM);
    await runs.ended(id);
    const ended = await proposalRepository(db).summary(vintage.id, id);
    return [null, summaryOf(ended?.indicators ?? null)];
  });
}

function summaryOf(
  indicators: { territories: number; inBandShare: number; inside: number } | null,
): string {
  if (!indicators) return 'le calcul n’a pas abouti, relancez-le dans la page';
  const percent = (share: number) => `${(share * 100).toFixed(1).replace('.', ',')} %`;
  return `${counted(indicators.territories, 'territoire')}, ${percent(indicators.inBandShare)} de la population qui peut l’être est dans la fourchette, ${percent(indicators.inside)} des flux à l’intérieur`;
}

/** The key of the graph among the answers kept. */
export const UNIT_GRAPH = 'unit-graph';

/** Reads what the tile thread and the page's graph are made of. */
export async function readLoaded(db: Kysely<Schema>, vintage: Vintage): Promise<LoadedRegion> {
  const units = unitRepository(db);
  const borders = borderRepository(db);
  const tiles = await startTileCutter({
    units: await units.outlines(vintage.id),
    borders: await borders.lines(vintage.id),
  });
  const columns = await units.leaves(vintage.id);
  const { id, a, b, lengthM } = await borders.columns(vintage.id);
  const index = new Map(columns.code.map((code, i) => [code, i]));
  const graph: UnitGraph = {
    vintage: contentOf(vintage),
    bbox: await vintageRepository(db).bbox(vintage.id),
    units: {
      ...columns,
      // To the hectare: all that the page makes of it is a share.
      areaKm2: columns.areaKm2.map((km2) => Math.round(km2 * 100) / 100),
    },
    borders: {
      id,
      a: a.map((code) => index.get(code) ?? -1),
      b: b.map((code) => (code === null ? -1 : (index.get(code) ?? -1))),
      lengthM,
    },
    divisions: await divisionRepository(db).list(vintage.id),
  };
  const answers = keptAnswers();
  // The first page to open does not wait for it.
  void answers.gzipped(UNIT_GRAPH, () => graph);
  return { vintage, tiles, graph, answers };
}
