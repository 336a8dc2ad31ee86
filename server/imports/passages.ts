import { frenchNumber } from '../core/french.ts';
import { DomainError } from '../errors.ts';
import { requireColumn } from './columns.ts';
import { communeOfArrondissement, repairCode } from './commune-code.ts';
import { readTable } from './csv-table.ts';
import { type CodeYears, passTo, type Share } from './follow-passages.ts';
import { readNumber } from './french-number.ts';
import type { Remark, SupplyRow } from './rows.ts';
import { SupplyTally } from './supply-tally.ts';

/** Part of a commune that became another one between two years. */
export interface Passage {
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
 * Supply of another year, moved to the loaded communes; the rest of the country is left out. The
 * rules are those of `followPassages`.
 */
export function applyPassages(
  rows: readonly SupplyRow[],
  passages: Passages,
  known: ReadonlySet<string>,
  years?: CodeYears,
): { rows: SupplyRow[]; remarks: Remark[] } {
  const tally = new SupplyTally('');
  const remarks: Remark[] = [];
  const landings = new Map<string, Share[]>();
  let outside = 0;
  for (const { unit, profession, count } of rows) {
    let shares = landings.get(unit);
    if (shares === undefined) {
      shares = passTo(passages, known, unit, years);
      landings.set(unit, shares);
      if (shares.length === 0) outside += 1;
      else if (shares.length > 1 || shares[0]?.code !== unit)
        remarks.push(moved(unit, shares, known));
    }
    for (const share of shares) tally.add(share.code, profession, count * share.ratio);
  }
  if (outside > 0) {
    const message =
      outside === 1
        ? 'Une commune de la table d’offre n’est pas parmi les communes chargées : ses chiffres sont laissés de côté.'
        : `${frenchNumber(outside)} communes de la table d’offre ne sont pas parmi les communes chargées : leurs chiffres sont laissés de côté.`;
    remarks.push({ kind: 'note', message });
  }
  return { rows: tally.result().rows, remarks };
}

function moved(unit: string, shares: Share[], known: ReadonlySet<string>): Remark {
  const where = shares
    .map(({ code, ratio }) => (shares.length > 1 ? `${code} (${Math.round(ratio * 100)} %)` : code))
    .join(', ');
  const what = known.has(unit)
    ? `La commune ${unit} a changé depuis l’année de la table`
    : communeOfArrondissement(unit) === null
      ? `La commune ${unit} n’est pas dans le découpage chargé`
      : `L’arrondissement ${unit} fait partie d’une commune chargée entière`;
  return { kind: 'changed', message: `${what} : son offre est comptée à ${where}.`, where: unit };
}
