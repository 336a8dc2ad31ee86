import { searchName } from '../../core/search-name.ts';
import { findColumn } from '../columns.ts';
import { repairCode } from '../commune-code.ts';
import { packageJson } from '../package-data.ts';
import type { WantedUnit } from './territory-file.ts';

export const territoryColumns = [
  'nom_cpts',
  'nom_de_la_cpts',
  'cpts',
  'libelle_cpts',
  'nom_territoire',
  'territoire',
];

/** Column that names the CPTS of a row; null when there is none. */
export function territoryColumn(columns: readonly string[]): string | null {
  return columns[findColumn(columns, territoryColumns)] ?? null;
}

/** Column that names an outline. */
export function nameColumn(columns: readonly string[]): string | null {
  const names = [...territoryColumns, 'nom', 'nom_officiel', 'name', 'libelle', 'libgeo', 'label'];
  return columns[findColumn(columns, names)] ?? null;
}

/** Columns `codes`, or `codes_1`, `codes_2`… where one had no room, in their order. */
export function codeListColumns(columns: readonly string[]): string[] {
  const numbered = columns
    .filter((column) => /^codes[_ ]?\d+$/i.test(column))
    .sort((a, b) => Number(/\d+$/.exec(a)?.[0]) - Number(/\d+$/.exec(b)?.[0]));
  const whole = columns[findColumn(columns, ['codes', 'codes_communes', 'communes_codes'])];
  return whole === undefined ? numbered : [whole];
}

/** Codes of a list in one property; null when something in it is no code. */
export function readCodeList(value: unknown): string[] | null {
  const parts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s;,|]+/);
  const codes = parts.filter((part) => part.trim() !== '').map(readUnitCode);
  return codes.every((code) => code !== null) ? codes : null;
}

/** The code of a commune, repaired, or of a unit inside one (IRIS: nine signs); else null. */
export function readUnitCode(raw: unknown): string | null {
  const text = String(raw ?? '').trim();
  const repaired = repairCode(text);
  if (repaired) return repaired.code;
  return /^[0-9][0-9AB][0-9]{7}$/i.test(text) ? text.toUpperCase() : null;
}

export function wantedByCode(code: string): WantedUnit {
  return { text: code, code, name: null, department: null };
}

interface Department {
  code: string;
  nom: string;
}

let departments: ReadonlyMap<string, string> | undefined;

/** `45`, `1`, `Loiret` or `Loiret (45)` → INSEE code of the department; null when it is none. */
export function readDepartment(raw: string): string | null {
  const code = /(?:^|\()(\d[\dAB]?\d?)\)?$/i.exec(raw.trim())?.[1]?.toUpperCase();
  if (code !== undefined) return code.padStart(2, '0');
  departments ??= new Map(
    packageJson<Department[]>('@etalab/decoupage-administratif/data/departements.json').map(
      (department) => [searchName(department.nom), department.code],
    ),
  );
  return departments.get(searchName(raw)) ?? null;
}
