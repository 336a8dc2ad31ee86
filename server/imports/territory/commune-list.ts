import { DomainError } from '../../errors.ts';
import { codeColumns, findColumn } from '../columns.ts';
import { departmentColumns, listedCommuneColumns } from '../commune-columns.ts';
import { type CsvTable, tableOf } from '../csv-table.ts';
import { readDepartment, readUnitCode, territoryColumn } from './recognise.ts';
import { noTerritory, tooManyUnits } from './refusals.ts';
import { limits, type ReadTerritory, type WantedUnit } from './territory-file.ts';

const names = [...listedCommuneColumns, 'nom'];

/**
 * A table of communes, by code or by name and department: one territory, or one for each value of
 * a column that names the CPTS (one row a CPTS and commune, as agencies list them). A list of codes
 * needs no header.
 *
 * @throws DomainError `missing_column`, `no_territory`, `too_many_territories`, those of `tableOf`
 */
export function readCommuneList(text: string, file: string, title: string): ReadTerritory[] {
  const table = withHeader(tableOf(text, file));
  const { columns, rows } = table;
  const code = findColumn(columns, codeColumns);
  const territory = territoryColumn(columns);
  const named = columns.filter((column) => column !== territory);
  const name = columns.indexOf(named[findColumn(named, names)] ?? '');
  const department = findColumn(columns, departmentColumns);
  if (code < 0 && name < 0) throw noColumn(table);
  if (rows.length > limits.units) throw tooManyUnits(file);

  const groups = new Map<string, ReadTerritory & { units: WantedUnit[] }>();
  const groupColumn = territory === null ? -1 : columns.indexOf(territory);
  for (const { cells } of rows) {
    const unit = readUnit(at(cells, code), at(cells, name), readDepartment(at(cells, department)));
    if (unit === null) continue;
    const called = unquoted(at(cells, groupColumn)).slice(0, 120) || title;
    const group = groups.get(called) ?? { name: called, units: [], outline: null };
    group.units.push(unit);
    groups.set(called, group);
  }
  if (groups.size === 0) throw noTerritory(file, 'aucune ligne n’a de code ni de nom de commune');
  return [...groups.values()];
}

const at = (cells: readonly string[], column: number) => cells[column]?.trim() ?? '';

function readUnit(code: string, name: string, department: string | null): WantedUnit | null {
  const known = readUnitCode(code);
  const called = unquoted(name);
  if (known === null && called === '' && code === '') return null;
  return {
    text: [code, called].filter(Boolean).join(' '),
    code: known,
    name: called || null,
    department,
  };
}

/** The apostrophe that keeps a spreadsheet from running a text, taken out again. */
const unquoted = (text: string) => text.replace(/^'(?=[=+\-@])/, '').trim();

/** A first line that holds a code is no header. */
function withHeader(table: CsvTable): CsvTable {
  const coded = table.columns.findIndex((cell) => readUnitCode(cell) !== null);
  if (coded < 0) return table;
  const columns = table.columns.map((_, index) => (index === coded ? 'code' : `colonne ${index}`));
  return { ...table, columns, rows: [{ line: 1, cells: table.columns }, ...table.rows] };
}

function noColumn({ name, columns }: CsvTable): DomainError {
  const seen = columns.map((column) => `« ${column} »`).join(', ');
  return new DomainError(
    'missing_column',
    `Le fichier « ${name} » n’a de colonne ni pour le code ni pour le nom des communes (colonnes lues : ${seen}) : nommez l’une d’elles « code » ou « commune », puis recommencez.`,
    { file: name, columns },
  );
}
