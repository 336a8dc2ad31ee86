import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PROGRAM } from '../core/events/verbs.ts';
import { counted } from '../core/french.ts';
import type { Border } from '../core/graph/border-columns.ts';
import { borderRepository } from '../db/repositories/borders.ts';
import { divisionRepository } from '../db/repositories/divisions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { supplyRepository } from '../db/repositories/supply.ts';
import { unitLoadingRepository } from '../db/repositories/unit-loading.ts';
import { unitRepository } from '../db/repositories/units.ts';
import { type Vintage, vintageRepository } from '../db/repositories/vintages.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import type { Remark, SupplyFile, UnitFile } from '../imports/rows.ts';
import type { BordersTask } from '../workers/borders.ts';
import { runTask } from '../workers/task.ts';

/**
 * Replaces the communes of a region by those of `file`, with their borders and, when given, their
 * supply, in one transaction: a failure leaves the database as it was. The modelled flows and the
 * proposals of the replaced vintage go with it; CPTS keep their communes. Same communes as loaded:
 * they stay, with what they are divided into. Extracts and divisions, which nothing here could make
 * again, are for the user to remove first.
 *
 * @throws DomainError `invalid_geometry`, `region_overlap`, `units_in_use`, `dataset_in_use`
 */
export async function loadRegion(
  db: Kysely<Schema>,
  {
    units,
    supply,
    filesPrint = null,
    actor = PROGRAM,
  }: {
    units: UnitFile;
    supply: SupplyFile | null;
    filesPrint?: string | null;
    /** signs the events; by default the program itself */
    actor?: string;
  },
): Promise<Vintage> {
  return db.transaction().execute(async (tx) => {
    const vintages = vintageRepository(tx);
    const replaced = await vintages.ofRegion(units.region.code);
    const id = vintageId(units);
    const repaired = replaced?.id === id ? [] : await replaceUnits(tx, id, units, replaced);
    if (replaced?.id !== id || supply) {
      const remarks = [...units.remarks, ...(supply?.remarks ?? []), ...repaired];
      await vintages.setReport(id, remarks, filesPrint);
    }
    if (supply) {
      await supplyRepository(tx).replace(id, supply.rows, supply.source);
      await vintages.setSupplySource(id, supply.source);
    }
    const loaded = await vintages.byId(id);
    if (!loaded) throw new Error(`vintage ${id} was loaded but is not there`);
    const subject = `vintage/${id}`;
    const events = eventRepository(tx);
    if (replaced?.id !== id) {
      const before = replaced && described(replaced);
      const after = described(loaded);
      await events.record({ actor, verb: 'load_region', subject, before, after });
    }
    if (supply) {
      const before = replaced && { source: replaced.supply_source };
      const after = { source: supply.source, rows: supply.rows.length };
      await events.record({ actor, verb: 'replace_supply', subject, before, after });
    }
    return loaded;
  });
}

function described({ id, region_name, year, source, units, population }: Vintage) {
  return { vintage: id, region: region_name, year, source, units, population };
}

async function replaceUnits(
  tx: Kysely<Schema>,
  id: string,
  file: UnitFile,
  replaced: Vintage | undefined,
): Promise<Remark[]> {
  const loading = unitLoadingRepository(tx);
  await loading.stage(file.units);
  const remarks = await repairGeometry(loading);
  await refuseOverlap(tx, replaced);

  const vintages = vintageRepository(tx);
  if (replaced) {
    await refuseExtracts(tx, replaced);
    await refuseDivisions(tx, replaced);
    await vintages.remove(replaced.id);
  }
  await vintages.insert({
    id,
    region_code: file.region.code,
    region_name: file.region.name,
    year: file.year,
    source_kind: file.sourceKind,
    source: file.source,
    supply_source: replaced?.supply_source ?? null,
    units: file.units.length,
    population: file.units.reduce((sum, { population }) => sum + population, 0),
    remarks: [],
    files_print: null,
  });
  await loading.adopt(id);
  if (replaced) await removeLeftOver(loading, replaced.id);

  const outlines = await unitRepository(tx).outlines(id);
  const borders = await runTask<BordersTask, Border[]>(
    new URL('../workers/borders.ts', import.meta.url),
    { units: outlines.map(({ code, outline }) => ({ code, outline })) },
  );
  await borderRepository(tx).insert(id, borders);
  return remarks;
}

/** To raise when the way borders are numbered or tiles are cut changes. */
const TILE_FORMAT = 1;

/** Names the content, so that tiles addressed by it may be kept for ever. */
function vintageId(file: UnitFile): string {
  const hash = createHash('sha256').update(JSON.stringify([TILE_FORMAT, file.source, file.units]));
  return `${file.region.code}-${file.year ?? 'x'}-${hash.digest('hex').slice(0, 10)}`;
}

async function repairGeometry(
  loading: ReturnType<typeof unitLoadingRepository>,
): Promise<Remark[]> {
  const repaired = await loading.repair();
  const empty = await loading.withoutArea();
  if (empty.length > 0) {
    throw new DomainError(
      'invalid_geometry',
      `Le contour de ${empty.length === 1 ? 'la commune' : `${empty.length} communes, dont`} ${empty.slice(0, 5).join(', ')} n’a aucune surface, même réparé : corrigez ce contour dans le fichier, puis recommencez.`,
      { codes: empty },
    );
  }
  return repaired.map(({ code, reason }) => ({
    kind: 'changed',
    where: code,
    message: `Le contour de la commune ${code} était invalide (${reason}) : il a été réparé.`,
  }));
}

async function refuseOverlap(tx: Kysely<Schema>, replaced: Vintage | undefined): Promise<void> {
  const elsewhere = await unitLoadingRepository(tx).heldElsewhere(replaced ? [replaced.id] : []);
  const first = elsewhere[0];
  if (!first) return;
  const other = await vintageRepository(tx).byId(first.vintage);
  throw new DomainError(
    'region_overlap',
    `${first.units} de ces communes sont déjà chargées dans « ${other?.region_name ?? first.vintage} » : démarrez sur cette région, ou choisissez une autre base avec MAILLAGE_HOME ou DATABASE_URL.`,
    { vintages: elsewhere },
  );
}

async function refuseExtracts(tx: Kysely<Schema>, replaced: Vintage): Promise<void> {
  const extracts = await flowDatasetRepository(tx).extracts(replaced.id);
  const [first] = extracts;
  if (!first) return;
  const [which, them] =
    extracts.length === 1
      ? [`Le jeu de flux n° ${first.id} (« ${first.name} ») a été importé`, 'supprimez-le']
      : [
          `${extracts.length} extraits, dont le jeu de flux n° ${first.id} (« ${first.name} »), ont été importés`,
          'supprimez-les',
        ];
  throw new DomainError(
    'dataset_in_use',
    `${which} sur les communes que ces fichiers remplaceraient : ${them} dans la page, démarrée sans ces fichiers, puis recommencez et importez de nouveau.`,
    { datasets: extracts.map(({ id }) => id) },
  );
}

async function refuseDivisions(tx: Kysely<Schema>, replaced: Vintage): Promise<void> {
  const divided = await divisionRepository(tx).list(replaced.id);
  const [first] = divided;
  if (!first) return;
  throw new DomainError(
    'units_in_use',
    `${first.name}${divided.length > 1 ? ` et ${counted(divided.length - 1, 'autre commune').replace('autre communes', 'autres communes')} sont divisées` : ' est divisée'} : retirez d’abord leurs subdivisions dans la page, démarrée sans ces fichiers, puis recommencez.`,
    { communes: divided.map(({ code }) => code) },
  );
}

async function removeLeftOver(
  loading: ReturnType<typeof unitLoadingRepository>,
  replaced: string,
): Promise<void> {
  const held = await loading.leftOver(replaced);
  const first = held[0];
  if (first) {
    throw new DomainError(
      'units_in_use',
      `La commune ${first.name} (${first.code}) n’est plus dans le fichier, mais la CPTS « ${first.cpts} » la contient : closez cette CPTS, puis recommencez.`,
      { held },
    );
  }
  await loading.removeLeftOver(replaced);
}
