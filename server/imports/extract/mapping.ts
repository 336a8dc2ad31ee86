import type { ExtractMapping } from '../../contracts/flow-imports.ts';
import { DomainError } from '../../errors.ts';
import { findColumn } from '../columns.ts';

/** The same as indices of columns. */
export interface ColumnPlan {
  origin: number;
  destination: number;
  /** null in the wide form */
  specialty: number | null;
  patients: { column: number; name: string }[];
}

const roles = ['origin', 'destination', 'specialty', 'patients', 'wide'];

/** Reads `origin=COL,destination=COL,specialty=COL,patients=COL` or `…,wide=COLA+COLB`. */
export function parseMapping(text: string): Partial<ExtractMapping> {
  const mapping: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [role = '', column = '', ...more] = part.split('=').map((side) => side.trim());
    if (!roles.includes(role) || column === '' || more.length > 0 || role in mapping) {
      throw new DomainError(
        'invalid_mapping',
        `La correspondance « ${part} » n’est pas comprise : origin=COLONNE,destination=COLONNE, puis specialty=COLONNE,patients=COLONNE ou wide=COLONNE+COLONNE étaient attendus.`,
        { part },
      );
    }
    mapping[role] = column;
  }
  const { wide, ...columns } = mapping;
  return wide === undefined ? columns : { ...columns, wide: wide.split('+').map((c) => c.trim()) };
}

/** Reads `OPH=ophtalmologie,DERM=Dermatologie`: specialties as written → key or name. */
export function parseNames(text: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [written = '', name = '', ...more] = part.split('=').map((side) => side.trim());
    if (written === '' || name === '' || more.length > 0 || Object.hasOwn(names, written)) {
      throw new DomainError(
        'invalid_mapping',
        `Le nom de spécialité « ${part} » n’est pas compris : ÉCRIT=NOM était attendu, une fois par spécialité, par exemple OPH=ophtalmologie,DERM=Dermatologie.`,
        { part },
      );
    }
    names[written] = name;
  }
  return names;
}

/**
 * Finds the columns of a mapping in the header; what the mapping leaves out comes from `guessed`.
 *
 * @throws DomainError `missing_column` that lists the columns read, `invalid_mapping`
 */
export function planColumns(
  columns: string[],
  wanted: Partial<ExtractMapping>,
  guessed: Partial<ExtractMapping>,
  file: string,
): { plan: ColumnPlan; mapping: ExtractMapping } {
  const long = wanted.specialty !== undefined || wanted.patients !== undefined;
  const wide = long ? undefined : (wanted.wide ?? guessed.wide);
  const at = (role: 'origin' | 'destination' | 'specialty' | 'patients', what: string) =>
    columnAt(columns, wanted[role] ?? guessed[role], what, file);
  const origin = at('origin', 'la commune de résidence (origin)');
  const destination = at('destination', 'la commune de soins (destination)');
  const specialty = wide ? null : at('specialty', 'la spécialité (specialty)');
  const patients = wide
    ? wide.map((name) => columnAt(columns, name, 'une spécialité (wide)', file))
    : [at('patients', 'le nombre de patients (patients)')];
  const used = [origin, destination, ...(specialty === null ? [] : [specialty]), ...patients];
  const twice = used.find((column, i) => used.indexOf(column) < i);
  if (twice !== undefined) {
    throw new DomainError(
      'invalid_mapping',
      `La colonne « ${columns[twice]} » de « ${file} » est prise pour deux choses à la fois : donnez à chaque rôle une colonne différente.`,
      { file, column: columns[twice] },
    );
  }
  const name = (column: number) => columns[column] ?? '';
  return {
    plan: {
      origin,
      destination,
      specialty,
      patients: patients.map((column) => ({ column, name: name(column) })),
    },
    mapping: {
      origin: name(origin),
      destination: name(destination),
      ...(specialty === null
        ? { wide: patients.map(name) }
        : { specialty: name(specialty), patients: name(patients[0] ?? -1) }),
      ...(wanted.names === undefined ? {} : { names: wanted.names }),
    },
  };
}

function columnAt(columns: string[], name: string | undefined, what: string, file: string): number {
  const exact = name === undefined ? -1 : columns.indexOf(name);
  const found = name === undefined || exact >= 0 ? exact : findColumn(columns, [name]);
  if (found >= 0) return found;
  const seen = columns.map((column) => `« ${column} »`).join(', ');
  const missing =
    name === undefined
      ? `n’a pas de colonne reconnue pour ${what}`
      : `n’a pas de colonne « ${name} » pour ${what}`;
  throw new DomainError(
    'missing_column',
    `Le fichier « ${file} » ${missing} : les colonnes lues sont ${seen} ; dites laquelle prendre (--map), puis recommencez.`,
    { file, columns },
  );
}
