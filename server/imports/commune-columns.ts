import { codeColumns, findColumn, requireColumn } from './columns.ts';

/** Under which property each figure of a commune is, in one file. */
export interface CommuneColumns {
  code: string;
  name: string | null;
  population: string;
  epci: string | null;
}

/** Properties under which files give the name of a commune. */
const communeNameColumns = [
  'nom_officiel',
  'NOM',
  'LIBGEO',
  'nom_com',
  'nom_commune',
  'libelle',
  'name',
];

/** Columns that name the communes of a list, besides those of official files. */
export const listedCommuneColumns = [
  'commune',
  'nom_de_la_commune',
  'libelle_commune',
  ...communeNameColumns,
];

/** Columns that give the department of a commune. */
export const departmentColumns = [
  'code_departement',
  'departement',
  'dep',
  'INSEE_DEP',
  'code_insee_du_departement',
  'num_dep',
  'numero_departement',
  'dept',
];

const populations = [
  'population',
  'pop',
  'population_municipale',
  'PMUN',
  // POP_2020, P20_POP: of several, the last column, which is the most recent.
  /^pop (19|20)\d\d$/,
  /^p\d\d pop$/,
  'PTOT',
];

const epcis = ['codes_siren_des_epci', 'SIREN_EPCI', 'codeEpci', 'code_epci', 'EPCI'];

/** Recognises the property names of ADMIN EXPRESS, the geo API, INSEE and RIATE files. */
export function communeColumns(properties: readonly string[], file: string): CommuneColumns {
  const at = (index: number) => properties[index] ?? null;
  const code = requireColumn(properties, codeColumns, {
    file,
    what: 'le code INSEE des communes',
    code: 'no_code_column',
  });
  const population = requireColumn(properties, populations, {
    file,
    what: 'la population',
    code: 'no_population_column',
  });
  return {
    code: at(code) as string,
    name: at(findColumn(properties, communeNameColumns)),
    population: at(population) as string,
    epci: at(findColumn(properties, epcis)),
  };
}

/**
 * SIREN of the intercommunalité; null where the file says there is none (`NR`, `ZZZZZZZZZ`, blank).
 * ADMIN EXPRESS v4 joins with `/` a commune's EPCI and the bodies above it: the first is its own.
 */
export function readEpci(raw: unknown): string | null {
  if (typeof raw !== 'string' && typeof raw !== 'number') return null;
  const first = String(raw)
    .split('/')
    .map((part) => part.trim())
    .find((part) => /^[0-9]{9}$/.test(part));
  return first ?? null;
}
