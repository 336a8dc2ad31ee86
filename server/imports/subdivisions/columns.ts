import { DomainError } from '../../errors.ts';
import { findColumn } from '../columns.ts';

/** Under which property each figure of a subdivision is, in one file. */
export interface SubdivisionColumns {
  /** its own code: IRIS, arrondissement municipal, quartier */
  code: string | null;
  name: string | null;
  /** code of the commune it is a part of; null: read from its own code */
  parent: string | null;
  population: string | null;
}

const codes = [
  'CODE_IRIS',
  'DCOMIRIS',
  'INSEE_ARM',
  'code_quartier',
  'c_qu',
  'code',
  'code_insee',
  'id',
];
const names = [
  'NOM_IRIS',
  'LIBIRIS',
  'LIB_IRIS',
  'nom_officiel',
  'nom_quartier',
  'NOM',
  'libelle',
  'l_qu',
  'LIBGEO',
  'name',
];
const parents = [
  'INSEE_COM',
  'parent',
  'code_commune',
  'codeCommune',
  'commune',
  'code_insee_de_la_commune_de_rattach',
  'DEPCOM',
  'insee',
  'code_insee',
  'COM',
];
const populations = [
  'population',
  'pop',
  'population_municipale',
  'PMUN',
  /^pop (19|20)\d\d$/,
  /^p\d\d pop$/,
];

/**
 * Recognises the property names of IRIS, arrondissements municipaux and quartiers.
 *
 * @throws DomainError `missing_column` where neither a commune nor a code of its own can be made out
 */
export function subdivisionColumns(
  properties: readonly string[],
  file: string,
): SubdivisionColumns {
  const named = (wanted: readonly (string | RegExp)[]) =>
    properties[findColumn(properties, wanted)] ?? null;
  const found = {
    code: named(codes),
    name: named(names),
    parent: named(parents),
    population: named(populations),
  };
  if (found.parent !== null || found.code !== null) return found;
  const seen =
    properties.length === 0 ? 'aucune' : properties.map((name) => `« ${name} »`).join(', ');
  throw new DomainError(
    'missing_column',
    `Le fichier « ${file} » ne dit pas de quelle commune est chaque subdivision : une propriété parmi ${parents.join(', ')} était attendue, les propriétés lues sont ${seen} ; renommez la bonne, puis recommencez.`,
    { file, expected: parents, columns: properties },
  );
}
