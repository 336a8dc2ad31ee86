import { frenchNumber } from '../core/french.ts';
import { DomainError } from '../errors.ts';
import { repairCode } from './commune-code.ts';
import { type CommuneColumns, communeColumns, readEpci } from './commune-columns.ts';
import { readNumber } from './french-number.ts';
import { readOutline } from './outline.ts';
import { departmentOf, type Region, regionOfDepartment } from './regions.ts';
import type { Remark, UnitRow } from './rows.ts';

/** A commune before it is checked: what a GeoJSON feature and a geo API record have in common. */
export interface RawCommune {
  properties: Record<string, unknown>;
  geometry: unknown;
}

export interface CommuneRows {
  units: UnitRow[];
  remarks: Remark[];
}

/** Where the communes come from, and what may be missing there. */
export interface RowRules {
  /** name of the file or address, for messages */
  file: string;
  region: Region;
  /** a commune without population counts for 0, with a remark, instead of refusing the file */
  populationOptional?: boolean;
}

/** Features or geo API records → the rows of one region; the first fault refuses the whole. */
export function communeRows(raw: readonly RawCommune[], rules: RowRules): CommuneRows {
  const columns = communeColumns(propertyNames(raw), rules.file);
  const departments = new Set(rules.region.departments);
  const units: UnitRow[] = [];
  const remarks: Remark[] = [];
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  for (const [index, commune] of raw.entries()) {
    const code = readCode(commune, index, columns, rules, remarks);
    if (!departments.has(departmentOf(code))) continue;
    if (seen.has(code)) {
      duplicates.add(code);
      continue;
    }
    seen.add(code);
    units.push(readUnit(code, commune, columns, rules, remarks));
  }
  if (duplicates.size > 0) throw duplicateCodes([...duplicates], rules.file);
  if (units.length === 0) throw noUnitInRegion(raw.length, rules);
  return { units, remarks: remarks.filter((remark) => seen.has(remark.where ?? '')) };
}

/** Every property that some commune has: sources leave out those that are blank. */
export function propertyNames(raw: readonly RawCommune[]): string[] {
  return [...new Set(raw.flatMap((commune) => Object.keys(commune.properties)))];
}

function readCode(
  commune: RawCommune,
  index: number,
  columns: CommuneColumns,
  { file }: RowRules,
  remarks: Remark[],
): string {
  const raw = commune.properties[columns.code];
  const repaired = repairCode(String(raw ?? ''));
  if (repaired === null) {
    throw new DomainError(
      'invalid_code',
      `Dans « ${file} », l’objet n° ${index + 1} a pour ${columns.code} « ${String(raw ?? '')} » alors qu’un code INSEE de commune (45234, 2A004, 97105) était attendu : corrigez-le ou retirez l’objet.`,
      { file, feature: index + 1, code: raw ?? null },
    );
  }
  if (repaired.remark !== null) remarks.push(repaired.remark);
  return repaired.code;
}

function readUnit(
  code: string,
  commune: RawCommune,
  columns: CommuneColumns,
  rules: RowRules,
  remarks: Remark[],
): UnitRow {
  const { properties } = commune;
  const department = departmentOf(code);
  const outline = readOutline(commune.geometry);
  if (outline.geometry === null) {
    throw new DomainError(
      'invalid_geometry',
      `Dans « ${rules.file} », la commune ${code} ${outline.refusal}.`,
      { file: rules.file, code },
    );
  }
  if (outline.closed > 0) {
    remarks.push({
      kind: 'changed',
      message: `Le contour de la commune ${code} n’était pas fermé : il a été fermé.`,
      where: code,
    });
  }
  return {
    code,
    name: String((columns.name === null ? null : properties[columns.name]) ?? code).trim(),
    department,
    region: regionOfDepartment(department) ?? rules.region.code,
    epci: columns.epci === null ? null : readEpci(properties[columns.epci]),
    population: readPopulation(code, properties[columns.population], columns, rules, remarks),
    geometry: outline.geometry,
    point: readPoint(properties.centre),
  };
}

function readPopulation(
  code: string,
  raw: unknown,
  columns: CommuneColumns,
  rules: RowRules,
  remarks: Remark[],
): number {
  const population = readNumber(raw);
  if (population === null && rules.populationOptional === true) {
    remarks.push({
      kind: 'changed',
      message: `La commune ${code} n’a pas de population dans la source : elle compte pour 0 habitant.`,
      where: code,
    });
    return 0;
  }
  if (population === null || !Number.isSafeInteger(population) || population < 0) {
    throw new DomainError(
      'invalid_number',
      `Dans « ${rules.file} », la commune ${code} a pour ${columns.population} « ${String(raw ?? '')} » alors qu’un nombre entier d’habitants était attendu : corrigez cette valeur.`,
      { file: rules.file, code, value: raw ?? null },
    );
  }
  return population;
}

/** The geo API's `centre`, a GeoJSON point. */
function readPoint(raw: unknown): [number, number] | null {
  const [x, y] = (raw as { coordinates?: unknown[] } | undefined)?.coordinates ?? [];
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x + y) ? [x, y] : null;
}

function duplicateCodes(codes: string[], file: string): DomainError {
  const shown = codes.slice(0, 5).join(', ');
  const more = codes.length > 5 ? ` et ${codes.length - 5} autres` : '';
  return new DomainError(
    'duplicate_codes',
    `Dans « ${file} », des codes de commune figurent plusieurs fois (${shown}${more}) : gardez un seul objet par commune.`,
    { file, codes: codes.slice(0, 100) },
  );
}

function noUnitInRegion(features: number, { file, region }: RowRules): DomainError {
  return new DomainError(
    'no_unit_in_region',
    `Aucune des ${frenchNumber(features)} communes de « ${file} » n’est dans la région ${region.name} (${region.code}) : choisissez un autre fichier ou une autre région.`,
    { file, region: region.code },
  );
}
