import { basename } from 'node:path';
import { DomainError } from '../errors.ts';
import { repairCode } from './commune-code.ts';
import { communeColumns } from './commune-columns.ts';
import { communeRows, propertyNames, type RawCommune } from './commune-rows.ts';
import { departmentOf, type Region, regionOfDepartment } from './regions.ts';
import type { UnitFile } from './rows.ts';
import { emptyFile, readText } from './text.ts';

/** Reads the communes of a region from a GeoJSON file, or from an answer of the geo API. */
export function readCommunes(file: string, options: { region: Region; year?: number }): UnitFile {
  const name = basename(file);
  const { region } = options;
  const { units, remarks } = communeRows(readRawCommunes(file), { file: name, region });
  return {
    region: { code: region.code, name: region.name },
    year: options.year ?? vintageOf(name),
    sourceKind: 'files',
    source: `Communes lues dans le fichier « ${name} »`,
    units,
    remarks,
  };
}

/** INSEE codes of the regions whose communes a file holds, ascending. */
export function regionsIn(file: string): string[] {
  const raw = readRawCommunes(file);
  const columns = communeColumns(propertyNames(raw), basename(file));
  const found = new Set<string>();
  for (const { properties } of raw) {
    const repaired = repairCode(String(properties[columns.code] ?? ''));
    const region = repaired && regionOfDepartment(departmentOf(repaired.code));
    if (region !== null) found.add(region);
  }
  return [...found].sort();
}

/** `centre-val-de-loire-2023.geojson` → 2023; null when the name holds no year. */
export function vintageOf(name: string): number | null {
  const year = /(?:^|\D)(20\d\d)(?!\d)/.exec(name)?.[1];
  return year === undefined ? null : Number(year);
}

/** The features of a file; `name` is what its user calls it. */
export function readRawCommunes(file: string, name = basename(file)): RawCommune[] {
  const communes = rawCommunes(parseJson(readText(file, name), name));
  if (communes === null) {
    throw new DomainError(
      'unreadable_file',
      `Le fichier « ${name} » est du JSON mais n’a ni « features » (GeoJSON) ni liste de communes (geo API) : donnez un fichier GeoJSON de communes.`,
      { file: name },
    );
  }
  if (communes.length === 0) throw emptyFile(name);
  return communes;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DomainError(
      'unreadable_file',
      `Le fichier « ${name} » n’est pas du JSON complet (${(error as Error).message}) : donnez un fichier GeoJSON entier.`,
      { file: name },
      { cause: error },
    );
  }
}

/** The communes of a FeatureCollection or of a geo API answer; null when it is neither. */
export function rawCommunes(json: unknown): RawCommune[] | null {
  if (Array.isArray(json)) {
    if (!json.every(isObject)) return null;
    return json.map((record) => ({ properties: record, geometry: record.contour }));
  }
  const features = isObject(json) ? json.features : undefined;
  if (!Array.isArray(features) || !features.every(isObject)) return null;
  return features.map((feature) => ({
    properties: isObject(feature.properties) ? feature.properties : {},
    geometry: feature.geometry,
  }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
