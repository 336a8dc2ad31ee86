import type { Kysely } from 'kysely';
import { COMMAND_LINE } from '../core/events/verbs.ts';
import { defaultGravity } from '../core/flows/gravity-parameters.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { supplyRepository } from '../db/repositories/supply.ts';
import { unitRepository } from '../db/repositories/units.ts';
import { type Vintage, vintageRepository } from '../db/repositories/vintages.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { readCommunes, regionsIn } from '../imports/communes-geojson.ts';
import { applyPassages, readPassages } from '../imports/passages.ts';
import { readProfessions } from '../imports/professions.ts';
import { referenceSupply } from '../imports/reference-supply.ts';
import { findRegion, type Region } from '../imports/regions.ts';
import type { OnProgress, Remark } from '../imports/rows.ts';
import { readSupply } from '../imports/supply.ts';
import { loadRegion } from './load-region.ts';
import { modelFlows } from './model-flows.ts';

/**
 * Replaces the communes of a region by those of one file. A region loaded for the first time gets
 * the reference supply; one that is replaced keeps its own.
 *
 * @throws DomainError of `readCommunes` and `loadRegion`; `several_regions`
 */
export async function importUnits(
  db: Kysely<Schema>,
  file: string,
  wanted: string | null,
): Promise<Vintage> {
  await supplyRepository(db).describeProfessions([...readProfessions()]);
  const region = wanted === null ? onlyRegionOf(file) : findRegion(wanted);
  const units = readCommunes(file, { region });
  const known = await vintageRepository(db).ofRegion(region.code);
  const supply = known?.supply_source ? null : referenceSupply(region, units.units);
  return loadRegion(db, { units, supply, actor: COMMAND_LINE });
}

function onlyRegionOf(file: string): Region {
  const codes = regionsIn(file);
  const [only] = codes;
  if (only !== undefined && codes.length === 1) return findRegion(only);
  if (only === undefined) {
    throw new DomainError(
      'no_unit_in_region',
      `Aucune commune du fichier « ${file} » n’est dans une région connue : vérifiez sa colonne de codes INSEE.`,
    );
  }
  throw new DomainError(
    'several_regions',
    `Le fichier couvre ${codes.length} régions (${codes.slice(0, 5).join(', ')}…) : dites laquelle charger avec --region CODE, ou toutes avec --region france.`,
    { regions: codes },
  );
}

/**
 * Replaces the supply of a loaded region by that of one file, and models its flows anew as a
 * dataset of their own. Codes of another year follow the passages where the user has some; `year`
 * is that of the codes of the file, as far as the user says, not that of its practitioners.
 */
export async function importSupply(
  db: Kysely<Schema>,
  file: string,
  wanted: string | null,
  { passages, year }: { passages: string[]; year: number | null },
  onProgress?: OnProgress,
): Promise<{ vintage: Vintage; rows: number; dataset: number; remarks: Remark[] }> {
  await supplyRepository(db).describeProfessions([...readProfessions()]);
  const vintage = await loadedVintage(db, wanted);
  const units = await unitRepository(db).communes(vintage.id);
  const supply = await readSupply(file, onProgress);
  const years = { since: year, until: vintage.year };
  const known = new Set(units.code);
  const { rows, remarks } = applyPassages(supply.rows, readPassages(passages), known, years);
  if (rows.length === 0) {
    throw new DomainError(
      'no_unit_in_region',
      `Aucune commune du fichier « ${file} » n’est dans la région chargée (${vintage.region_name}) : vérifiez le fichier, ou chargez sa région.`,
    );
  }
  // Supply and what is modelled from it change together.
  const dataset = await db.transaction().execute(async (tx) => {
    await supplyRepository(tx).replace(vintage.id, rows, supply.source);
    await vintageRepository(tx).setSupplySource(vintage.id, supply.source);
    const next = { id: vintage.id, supply_source: supply.source };
    await eventRepository(tx).record({
      actor: COMMAND_LINE,
      verb: 'replace_supply',
      subject: `vintage/${vintage.id}`,
      before: { source: vintage.supply_source },
      after: { source: supply.source, rows: rows.length },
    });
    const modelled = await modelFlows(tx, next, defaultGravity, { actor: COMMAND_LINE });
    if (modelled === null) {
      throw new DomainError(
        'no_specialty',
        `Le fichier « ${file} » n’a aucun médecin spécialiste dans ${vintage.region_name} : sans eux aucun flux ne peut être modélisé. Vérifiez ses colonnes, ou choisissez un autre fichier.`,
      );
    }
    return modelled;
  });
  return { vintage, rows: rows.length, dataset, remarks: [...supply.remarks, ...remarks] };
}

/**
 * The loaded region that the user names, or the only one.
 *
 * @throws DomainError `several_regions`, `no_unit_in_region`
 */
export async function loadedVintage(db: Kysely<Schema>, wanted: string | null): Promise<Vintage> {
  const vintages = await vintageRepository(db).all();
  const code = wanted === null ? null : findRegion(wanted).code;
  const matching = vintages.filter(({ region_code }) => code === null || region_code === code);
  const [only] = matching;
  if (only && matching.length === 1) return only;
  throw new DomainError(
    only ? 'several_regions' : 'no_unit_in_region',
    only
      ? `Plusieurs régions sont chargées (${matching.map((v) => v.region_name).join(', ')}) : dites laquelle avec --region.`
      : 'Cette région n’est pas chargée : démarrez d’abord Maillage (npm start) ou importez ses communes (npm run import:units).',
  );
}
