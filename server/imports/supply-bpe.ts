import { searchName } from '../core/search-name.ts';
import { DomainError } from '../errors.ts';
import { codeColumns, findColumn, requireColumn } from './columns.ts';
import { repairCode } from './commune-code.ts';
import { openBytes } from './extract/bytes.ts';
import { readHead } from './extract/head.ts';
import { eachRow, type TableRow } from './extract/table-rows.ts';
import { readNumber } from './french-number.ts';
import { readProfessions } from './professions.ts';
import type { OnProgress, Remark, SupplyFile, SupplyRow } from './rows.ts';
import { SupplyTally } from './supply-tally.ts';

/** A column that holds a count: of one profession (wide), or of the row's facility type (long). */
interface CountColumn {
  index: number;
  profession: string;
}

/** A table to be read in pieces: its name, its columns, its rows as often as they are asked for. */
interface Table {
  name: string;
  columns: string[];
  each(take: (row: TableRow) => void): Promise<void>;
}

/**
 * Reads practitioners and facilities per commune from INSEE's BPE, wide (one column a profession)
 * or long (`GEO GEO_OBJECT FACILITY_TYPE OBS_VALUE`, or `DEPCOM TYPEQU NB_EQUIP`), piece by piece: a
 * national long one has millions of rows.
 *
 * @throws DomainError `no_code_column`, `missing_column`, `invalid_code`, `invalid_number` and those
 * of the readers of delimited files
 */
export async function readBpe(file: string, onProgress?: OnProgress): Promise<SupplyFile> {
  const source = await openBytes(file);
  const head = await readHead(source);
  const { columns } = head;
  const each: Table['each'] = (take) => eachRow(source, head, take, onProgress);
  const table = { name: source.name, columns, each };
  const type = findColumn(columns, ['FACILITY_TYPE', 'TYPEQU']);
  const { rows, remarks } = await (type >= 0 ? readLong(table, type) : readWide(table));
  return { source: `Offre de soins lue dans le fichier « ${table.name} » (BPE)`, rows, remarks };
}

async function readWide(table: Table): Promise<{ rows: SupplyRow[]; remarks: Remark[] }> {
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
  await table.each((row) => {
    const unit = readUnit(row, code, table, tally);
    for (const { index, profession } of counted) {
      tally.add(unit, profession, readCount(row, index, table));
    }
  });
  return tally.result();
}

async function readLong(
  table: Table,
  type: number,
): Promise<{ rows: SupplyRow[]; remarks: Remark[] }> {
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
  const isCommune = (row: TableRow) => level < 0 || row.cell(level) === 'COM';
  const tally = new SupplyTally(name);
  const year = await latestPeriod(table, period, isCommune);
  if (year.left > 0) {
    tally.note(
      `Seule l’année ${year.latest} est lue : ${year.left} lignes plus anciennes écartées.`,
    );
  }
  const unknown = new Set<string>();
  await table.each((row) => {
    if (!isCommune(row) || (period >= 0 && row.cell(period) !== year.latest)) return;
    const profession = byCode.get(row.cell(type));
    if (profession === undefined) unknown.add(row.cell(type));
    else tally.add(readUnit(row, code, table, tally), profession, readCount(row, count, table));
  });
  if (unknown.size > 0) {
    tally.note(`Types d’équipement laissés de côté : ${[...unknown].sort().join(', ')}.`);
  }
  const result = tally.result();
  if (result.rows.length === 0) throw noProfession(table);
  return result;
}

/** The table is read once for it: rows of an older year may come first, and may be wrong. */
async function latestPeriod(
  table: Table,
  period: number,
  isCommune: (row: TableRow) => boolean,
): Promise<{ latest: string; left: number }> {
  const rows = new Map<string, number>();
  if (period < 0) return { latest: '', left: 0 };
  await table.each((row) => {
    if (isCommune(row)) rows.set(row.cell(period), (rows.get(row.cell(period)) ?? 0) + 1);
  });
  const latest = [...rows.keys()].sort().at(-1) ?? '';
  const all = [...rows.values()].reduce((sum, count) => sum + count, 0);
  return { latest, left: all - (rows.get(latest) ?? 0) };
}

function readUnit(row: TableRow, column: number, table: Table, tally: SupplyTally): string {
  const raw = row.cell(column);
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
function readCount(row: TableRow, column: number, table: Table): number {
  const raw = row.cell(column);
  const count = readNumber(raw) ?? 0;
  if (Number.isFinite(count) && count >= 0) return count;
  throw new DomainError(
    'invalid_number',
    `Dans « ${table.name} », ligne ${row.line}, la colonne ${table.columns[column]} contient « ${raw} » alors qu’un nombre positif était attendu : corrigez cette valeur.`,
    { file: table.name, line: row.line, column: table.columns[column], value: raw },
  );
}

function noProfession(table: Table): DomainError {
  return new DomainError(
    'missing_column',
    `Le fichier « ${table.name} » ne contient aucune profession connue : une table BPE était attendue (colonnes comme « Spécialiste en cardiologie », ou FACILITY_TYPE avec des codes comme D201), les colonnes lues sont ${table.columns.map((column) => `« ${column} »`).join(', ')} ; choisissez un autre fichier.`,
    { file: table.name, columns: table.columns },
  );
}
