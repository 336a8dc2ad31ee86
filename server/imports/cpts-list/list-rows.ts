import type { CptsStatus } from '../../contracts/cpts.ts';
import { foldName } from '../../core/fold-name.ts';
import type { Day } from '../../core/life/days.ts';
import { DomainError } from '../../errors.ts';
import { codeColumns, findColumn, requireColumn } from '../columns.ts';
import { departmentColumns, listedCommuneColumns } from '../commune-columns.ts';
import { tableOf } from '../csv-table.ts';
import { readDepartment, readUnitCode, territoryColumns } from '../territory/recognise.ts';
import { limits } from '../territory/territory-file.ts';
import { textOf } from '../text.ts';
import { readDay, readStatus } from './step-cells.ts';

/** One line of a list of CPTS: a commune of one of them. */
export interface ListRow {
  /** line of the file, 1 the first */
  line: number;
  /** place of its CPTS in `cpts` */
  cpts: number;
  /** the commune as it is written */
  text: string;
  /** repaired, not checked against what is loaded */
  code: string | null;
  name: string | null;
  /** INSEE code */
  department: string | null;
  postalCode: string | null;
}

/** A CPTS as a list tells it. */
interface ListedCpts {
  name: string;
  /** line of its first row */
  line: number;
  /** null where the list says nothing, or nothing plain */
  status: CptsStatus | null;
  on: Day | null;
}

export interface ListContent {
  cpts: ListedCpts[];
  rows: ListRow[];
  /** French sentences, with lines */
  remarks: string[];
}

const postalCodes = ['code_postal', 'cp'];
const steps = ['etape', 'statut', 'etat', 'etat_d_avancement', 'avancement', 'stade', 'phase'];
const days = ['date', 'date_etape', 'date_statut', 'depuis', 'date_de_signature', 'date_signature'];

/**
 * A list as agencies keep them: one row a CPTS and commune, the commune by code or by name, with its
 * department, and the step and day of the CPTS where there is a column for them. Rows of one name
 * however it is written are of one CPTS.
 *
 * @throws DomainError those of `tableOf`, `missing_column`, `too_many_territories`, `no_territory`
 */
export function readListRows(bytes: Uint8Array, file: string): ListContent {
  const { columns, rows } = tableOf(textOf(bytes, file), file);
  const cptsColumn = requireColumn(columns, territoryColumns, {
    file,
    what: 'le nom des CPTS',
    code: 'missing_column',
  });
  const code = findColumn(columns, codeColumns);
  const name = findColumn(columns, listedCommuneColumns);
  const postal = findColumn(columns, postalCodes);
  if (code < 0) {
    requireColumn(columns, name < 0 ? ['code_insee', 'commune'] : listedCommuneColumns, {
      file,
      what: 'le code ou le nom des communes',
      code: 'missing_column',
    });
  }
  if (rows.length > limits.units) throw tooLong(file, `${limits.units} lignes`);
  const department = findColumn(columns, departmentColumns);
  const step = findColumn(columns, steps);
  const day = findColumn(columns, days);

  const remarks: string[] = [];
  const cpts: ListedCpts[] = [];
  const read: ListRow[] = [];
  const placeOf = new Map<string, number>();
  const nameless: number[] = [];
  const empty: number[] = [];
  const repaired: number[] = [];
  const spellings = new Set<string>();
  const told = new Map<number, { steps: Map<string, number>; days: Map<string, number> }>();
  for (const { cells, line } of rows) {
    const at = (column: number) => unquoted(cells[column]?.trim() ?? '');
    const called = at(cptsColumn).slice(0, 120);
    const [written, named] = [at(code), at(name)];
    if (called.length < 2) {
      nameless.push(line);
      continue;
    }
    if (written === '' && named === '') {
      empty.push(line);
      continue;
    }
    const folded = foldName(called);
    let place = placeOf.get(folded);
    if (place === undefined) {
      place = cpts.length;
      placeOf.set(folded, place);
      cpts.push({ name: called, line, status: null, on: null });
    } else if (cpts[place]!.name !== called) spellings.add(cpts[place]!.name);
    const known = readUnitCode(written);
    if (known !== null && known !== written.toUpperCase()) repaired.push(line);
    const said = told.get(place) ?? { steps: new Map(), days: new Map() };
    told.set(place, said);
    if (at(step) !== '' && !said.steps.has(at(step))) said.steps.set(at(step), line);
    if (at(day) !== '' && !said.days.has(at(day))) said.days.set(at(day), line);
    read.push({
      line,
      cpts: place,
      text: [written, named, at(department) && `(${at(department)})`].filter(Boolean).join(' '),
      code: known,
      name: named || null,
      department: readDepartment(at(department)),
      postalCode: /^\d{4,5}$/.test(at(postal)) ? at(postal).padStart(5, '0') : null,
    });
  }
  if (cpts.length === 0) {
    throw new DomainError(
      'no_territory',
      `Le fichier « ${file} » ne donne aucune CPTS : aucune ligne n’a à la fois un nom de CPTS et une commune. Remplissez ces deux colonnes, puis recommencez.`,
      { file },
    );
  }
  if (cpts.length > MOST_CPTS) throw tooLong(file, `${MOST_CPTS} CPTS`);
  if (nameless.length > 0)
    remarks.push(`${atLines(nameless)} : pas de nom de CPTS, laissé de côté.`);
  if (empty.length > 0)
    remarks.push(`${atLines(empty)} : ni code ni nom de commune, laissé de côté.`);
  if (repaired.length > 0) {
    remarks.push(`${atLines(repaired)} : code lu avec le zéro que le tableur avait ôté.`);
  }
  for (const spelling of spellings) {
    remarks.push(`« ${spelling} » est écrit de plusieurs façons : ses lignes sont réunies.`);
  }
  for (const [place, said] of told) tellStep(cpts[place]!, said, remarks);
  return { cpts, rows: read, remarks };
}

/** CPTS of one list: the country has some nine hundred. */
const MOST_CPTS = 1500;

/** The step and day of a CPTS, where all its rows tell the same. */
function tellStep(
  cpts: ListedCpts,
  { steps, days }: { steps: Map<string, number>; days: Map<string, number> },
  remarks: string[],
): void {
  const statuses = new Set([...steps.keys()].map(readStatus));
  const dates = new Set([...days.keys()].map(readDay));
  if (statuses.size === 1) [cpts.status = null] = statuses;
  if (dates.size === 1) [cpts.on = null] = dates;
  for (const [text, line] of steps) {
    if (readStatus(text) === null) {
      remarks.push(
        `Ligne ${line}, « ${cpts.name} » : l’étape « ${text.slice(0, 60)} » n’est pas reconnue, choisissez-la.`,
      );
    }
  }
  for (const [text, line] of days) {
    if (readDay(text) === null) {
      remarks.push(
        `Ligne ${line}, « ${cpts.name} » : la date « ${text.slice(0, 60)} » n’est pas lisible (jj/mm/aaaa attendu), choisissez-la.`,
      );
    }
  }
  if (statuses.size > 1) {
    remarks.push(`« ${cpts.name} » : ses lignes donnent plusieurs étapes, choisissez-la.`);
  }
  if (dates.size > 1) {
    remarks.push(`« ${cpts.name} » : ses lignes donnent plusieurs dates, choisissez-la.`);
  }
}

/** The apostrophe that keeps a spreadsheet from running a text, taken out again. */
const unquoted = (text: string) => text.replace(/^'(?=[=+\-@])/, '').trim();

function atLines(lines: readonly number[]): string {
  const first = lines.slice(0, 10).join(', ');
  if (lines.length === 1) return `Ligne ${first}`;
  return `Lignes ${first}${lines.length > 10 ? ` et ${lines.length - 10} autres` : ''}`;
}

function tooLong(file: string, most: string): DomainError {
  return new DomainError(
    'too_many_territories',
    `Le fichier « ${file} » a plus de ${most} : découpez-le, puis importez chaque partie.`,
    { file },
  );
}
