import { searchName } from '../core/search-name.ts';
import { DomainError } from '../errors.ts';
import { codeColumns, findColumn, requireColumn } from './columns.ts';
import { repairCode } from './commune-code.ts';
import { type CsvRow, type CsvTable, readTable } from './csv-table.ts';
import { readNumber } from './french-number.ts';
import { readProfessions } from './professions.ts';
import type { Remark, SupplyFile, SupplyRow } from './rows.ts';
import { SupplyTally } from './supply-tally.ts';

/** A column that holds a count: of one profession (wide), or of the row's facility type (long). */
interface CountColumn {
  index: number;
  profession: string;
}

/**
 * Reads practitioners and facilities per commune from INSEE's BPE, wide (one column a profession)
 * or long (`GEO GEO_OBJECT FACILITY_TYPE OBS_VALUE`, or `DEPCOM TYPEQU NB_EQUIP`).
 */
export function readBpe(file: string): SupplyFile {
  const table = readTable(file);
  const type = findColumn(table.columns, ['FACILITY_TYPE', 'TYPEQU']);
  const { rows, remarks } = type >= 0 ? readLong(table, type) : readWide(table);
  return { source: `Offre de soins lue dans le fichier « ${table.name} » (BPE)`, rows, remarks };
}

function readWide(table: CsvTable): { rows: SupplyRow[]; remarks: Remark[] } {
  const code = requireColumn(table.columns, codeColumns, {
    file: table.name,
    what: 'le code INSEE des communes',
    code: 'no_code_column',
  });
  const byLabel = new Map(
    readProfessions().map(({ bpeLabel, key }) => [searchName(bpeLabel), key]),
  );
  const counted: CountColumn[] = [];
  const unknown: string[] = [];
  for (const [index, column] of table.columns.entries()) {
    const profession = byLabel.get(searchName(column));
    if (profession !== undefined) counted.push({ index, profession });
    else if (index !== code && column !== '') unknown.push(column);
  }
  if (counted.length === 0) throw noProfession(table);
  const tally = new SupplyTally(table.name);
  if (unknown.length > 0) tally.note(`Colonnes laissées de côté : ${unknown.join(', ')}.`);
  for (const row of table.rows) {
    const unit = readUnit(row, code, table, tally);
    for (const { index, profession } of counted) {
      tally.add(unit, profession, readCount(row, index, table));
    }
  }
  return tally.result();
}

function readLong(table: CsvTable, type: number): { rows: SupplyRow[]; remarks: Remark[] } {
  const { columns, name } = table;
  const code = requireColumn(columns, ['GEO', ...codeColumns], {
    file: name,
    what: 'le code INSEE des communes',
    code: 'no_code_column',
  });
  const count = requireColumn(columns, ['OBS_VALUE', 'NB_EQUIP'], {
    file: name,
    what: 'le nombre d’équipements',
    code: 'missing_column',
  });
  const level = findColumn(columns, ['GEO_OBJECT']);
  const period = findColumn(columns, ['TIME_PERIOD', 'AN']);
  const byCode = new Map(
    readProfessions().flatMap(({ bpeCodes, key }) => bpeCodes.map((bpe) => [bpe, key] as const)),
  );
  const communes =
    level < 0 ? table.rows : table.rows.filter(({ cells }) => cells[level] === 'COM');
  const tally = new SupplyTally(name);
  const year = latestPeriod(communes, period);
  if (year.left > 0) {
    tally.note(
      `Seule l’année ${year.latest} est lue : ${year.left} lignes plus anciennes écartées.`,
    );
  }
  const unknown = new Set<string>();
  for (const row of communes) {
    if (period >= 0 && row.cells[period] !== year.latest) continue;
    const profession = byCode.get(row.cells[type] ?? '');
    if (profession === undefined) unknown.add(row.cells[type] ?? '');
    else tally.add(readUnit(row, code, table, tally), profession, readCount(row, count, table));
  }
  if (unknown.size > 0) {
    tally.note(`Types d’équipement laissés de côté : ${[...unknown].sort().join(', ')}.`);
  }
  const result = tally.result();
  if (result.rows.length === 0) throw noProfession(table);
  return result;
}

function latestPeriod(rows: CsvRow[], period: number): { latest: string; left: number } {
  if (period < 0) return { latest: '', left: 0 };
  const years = rows.map(({ cells }) => cells[period] ?? '');
  const latest = [...years].sort().at(-1) ?? '';
  return { latest, left: years.filter((year) => year !== latest).length };
}

function readUnit(row: CsvRow, column: number, table: CsvTable, tally: SupplyTally): string {
  const raw = row.cells[column] ?? '';
  const repaired = repairCode(raw);
  if (repaired === null) {
    throw new DomainError(
      'invalid_code',
      `Dans « ${table.name} », ligne ${row.line}, « ${raw} » a été lu dans la colonne ${table.columns[column]} alors qu’un code INSEE de commune était attendu : corrigez-le ou retirez la ligne.`,
      { file: table.name, line: row.line, code: raw },
    );
  }
  if (repaired.remark !== null) tally.repaired(repaired.code, repaired.remark);
  return repaired.code;
}

/** A blank is none. Recoded tables hold fractions where a commune was split. */
function readCount(row: CsvRow, column: number, table: CsvTable): number {
  const raw = row.cells[column] ?? '';
  const count = readNumber(raw) ?? 0;
  if (Number.isFinite(count) && count >= 0) return count;
  throw new DomainError(
    'invalid_number',
    `Dans « ${table.name} », ligne ${row.line}, la colonne ${table.columns[column]} contient « ${raw} » alors qu’un nombre positif était attendu : corrigez cette valeur.`,
    { file: table.name, line: row.line, column: table.columns[column], value: raw },
  );
}

function noProfession(table: CsvTable): DomainError {
  return new DomainError(
    'missing_column',
    `Le fichier « ${table.name} » ne contient aucune profession connue : une table BPE était attendue (colonnes comme « Spécialiste en cardiologie », ou FACILITY_TYPE avec des codes comme D201), les colonnes lues sont ${table.columns.map((column) => `« ${column} »`).join(', ')} ; choisissez un autre fichier.`,
    { file: table.name, columns: table.columns },
  );
}
