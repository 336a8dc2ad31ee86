import { frenchNumber } from '../core/french.ts';
import { DomainError } from '../errors.ts';
import { requireColumn } from './columns.ts';
import { communeOfArrondissement, repairCode } from './commune-code.ts';
import { readTable } from './csv-table.ts';
import { readNumber } from './french-number.ts';
import type { Remark, SupplyRow } from './rows.ts';
import { SupplyTally } from './supply-tally.ts';

/** Part of a commune that became another one between two years. */
interface Passage {
  before: string;
  after: string;
  /** year of the official geographic code it starts from */
  year: number;
  /** share of the population of `before`, 0 to 1 */
  ratio: number;
}

/** Code changes over the years, by the code before and by the code after. */
export interface Passages {
  forward: Map<string, Passage[]>;
  backward: Map<string, Passage[]>;
}

/** Where a share of a commune is today. */
export interface Share {
  code: string;
  ratio: number;
}

/** Reads tables `annee_avant, annee_apres, code_avant, code_apres, ratio` into one. */
export function readPassages(files: string | readonly string[]): Passages {
  const passages: Passages = { forward: new Map(), backward: new Map() };
  for (const file of [files].flat()) {
    const { name, columns, rows } = readTable(file);
    const at = (column: string, what: string) =>
      requireColumn(columns, [column], { file: name, what, code: 'missing_column' });
    const year = at('annee_avant', 'l’année de départ');
    const before = at('code_avant', 'le code de départ');
    const after = at('code_apres', 'le code d’arrivée');
    const ratio = at('ratio', 'la part de la population');
    const where = { file: name, ratio: columns[ratio] ?? 'ratio' };
    for (const { cells, line } of rows) {
      const passage: Passage = {
        before: repairCode(cells[before] ?? '')?.code ?? '',
        after: repairCode(cells[after] ?? '')?.code ?? '',
        year: Number(cells[year]),
        ratio: readRatio(cells[ratio], { ...where, line }),
      };
      push(passages.forward, passage.before, passage);
      push(passages.backward, passage.after, passage);
    }
  }
  for (const list of passages.forward.values()) list.sort((a, b) => a.year - b.year);
  return passages;
}

/** A part of a population, above 0 and at most 1; a blank is the whole. */
function readRatio(
  text: string | undefined,
  { file, ratio: column, line }: { file: string; ratio: string; line: number },
): number {
  const ratio = readNumber(text) ?? 1;
  if (ratio > 0 && ratio <= 1) return ratio;
  throw new DomainError(
    'invalid_number',
    `Dans « ${file} », ligne ${line}, colonne « ${column} » : une part de population entre 0 et 1 était attendue, « ${text} » a été lu. Corrigez cette valeur, puis recommencez.`,
    { line },
  );
}

function push(index: Map<string, Passage[]>, code: string, passage: Passage): void {
  const list = index.get(code);
  if (list === undefined) index.set(code, [passage]);
  else list.push(passage);
}

/**
 * Where the commune `code`, of whatever year, is among the loaded communes: itself when it is
 * loaded; else what it became, year after year, shared by population where it was split; else what
 * it came from; empty when none of these is loaded (another region).
 */
export function passTo(passages: Passages, known: ReadonlySet<string>, code: string): Share[] {
  if (known.has(code)) return [{ code, ratio: 1 }];
  const whole = communeOfArrondissement(code);
  if (whole !== null && known.has(whole)) return [{ code: whole, ratio: 1 }];
  const shares = new Map<string, number>();
  follow(passages, known, code, 1, Number.NEGATIVE_INFINITY, shares);
  if (shares.size === 0) {
    const origin = originOf(passages, known, code);
    if (origin !== null) shares.set(origin, 1);
  }
  return [...shares].map(([landed, ratio]) => ({ code: landed, ratio }));
}

function follow(
  passages: Passages,
  known: ReadonlySet<string>,
  code: string,
  ratio: number,
  since: number,
  shares: Map<string, number>,
): void {
  if (known.has(code)) {
    shares.set(code, (shares.get(code) ?? 0) + ratio);
    return;
  }
  const later = passages.forward.get(code)?.filter((passage) => passage.year > since) ?? [];
  const year = later[0]?.year;
  for (const passage of later) {
    if (passage.year !== year) break;
    follow(passages, known, passage.after, ratio * passage.ratio, passage.year, shares);
  }
}

/** For communes older than the table: the one that gave most of its people to `code`. */
function originOf(passages: Passages, known: ReadonlySet<string>, code: string): string | null {
  const visited = new Set<string>();
  let current = code;
  while (!known.has(current)) {
    visited.add(current);
    const origins = (passages.backward.get(current) ?? []).filter(
      (passage) => !visited.has(passage.before),
    );
    const origin = origins.sort((a, b) => b.year - a.year || b.ratio - a.ratio)[0];
    if (origin === undefined) return null;
    current = origin.before;
  }
  return current;
}

/** Supply of another year, moved to the loaded communes; the rest of the country is left out. */
export function applyPassages(
  rows: readonly SupplyRow[],
  passages: Passages,
  known: ReadonlySet<string>,
): { rows: SupplyRow[]; remarks: Remark[] } {
  const tally = new SupplyTally('');
  const remarks: Remark[] = [];
  const landings = new Map<string, Share[]>();
  let outside = 0;
  for (const { unit, profession, count } of rows) {
    let shares = landings.get(unit);
    if (shares === undefined) {
      shares = passTo(passages, known, unit);
      landings.set(unit, shares);
      if (shares.length === 0) outside += 1;
      else if (!known.has(unit)) remarks.push(moved(unit, shares));
    }
    for (const share of shares) tally.add(share.code, profession, count * share.ratio);
  }
  if (outside > 0) {
    const message = `${frenchNumber(outside)} communes de la table d’offre ne sont pas parmi les communes chargées : leurs chiffres sont laissés de côté.`;
    remarks.push({ kind: 'note', message });
  }
  return { rows: tally.result().rows, remarks };
}

function moved(unit: string, shares: Share[]): Remark {
  const where = shares
    .map(({ code, ratio }) => (shares.length > 1 ? `${code} (${Math.round(ratio * 100)} %)` : code))
    .join(', ');
  const what =
    communeOfArrondissement(unit) === null
      ? `La commune ${unit} n’est pas dans le découpage chargé`
      : `L’arrondissement ${unit} fait partie d’une commune chargée entière`;
  return { kind: 'changed', message: `${what} : son offre est comptée à ${where}.`, where: unit };
}
