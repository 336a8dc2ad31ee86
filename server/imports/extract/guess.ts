import type { ExtractMapping } from '../../contracts/flow-imports.ts';
import { searchName } from '../../core/search-name.ts';
import { repairCode } from '../commune-code.ts';
import { FRACTIONAL, NOT_A_NUMBER, readPatients } from './patients.ts';
import { knownSpecialty } from './specialties.ts';

/** Words of headers, folded: extracts have no fixed ones. */
const words = {
  origin: /\b(orig\w*|resid\w*|res|ben|domicile|dom|depart|from|habitat|i)\b/,
  destination:
    /\b(dest\w*|soins?|exe|exercice|exec\w*|lieu|ps|cabinet|praticien|arrivee|to|offre|j)\b/,
  specialty: /\b(spe|spec|special\w*|profession|discipline|pse|psp|act)\b/,
  patients:
    /\b(nb\w*|nombre|effectifs?|eff|patients?|patientele|beneficiaires|count|n|flux|total)\b/,
};

/** Words of headers of numbers that are no patients of a specialty. */
const otherNumbers =
  /\b(codes?|cod|insee|siren|cp|postal\w*|id\w*|num\w*|rang|nom|lib\w*|pop\w*|hab\w*|annee|an|year|millesime|periode|mois|date|dep|dept|departement\w*|reg|regions?|epci|dist\w*|km|temps|min|minutes?|duree|age|sexe|superf\w*|surf\w*|lat|latitude|lon|longitude|montant\w*|taux|pct)\b/;
/** Words that make a total: alone, since « total kiné » is of a specialty. */
const totals =
  /\b(nb\w*|nombre|effectifs?|eff|patients?|patientele|beneficiaires|count|n|flux|totaux|total\w*|ensemble|tous|toutes?|tout|somme|sum|all|general\w*|global\w*|specialites?|confondue?s?|de|des|la|les|par)\b/g;

/** Whether a folded header can be the name of a specialty that Maillage does not know. */
function mayName(header: string): boolean {
  return !otherNumbers.test(header) && header.replace(totals, '').trim() !== '';
}

/**
 * Proposes which column is what, from the names of the header and from the first rows. `named`
 * tells, beside the specialties that Maillage knows, those that the user says the file has.
 */
export function guessMapping(
  columns: string[],
  sample: string[][],
  named: Readonly<Record<string, string>> = {},
): Partial<ExtractMapping> {
  const isSpecialty = (name: string) => Object.hasOwn(named, name) || knownSpecialty(name) !== null;
  const folded = columns.map((column) => searchName(column.replace(/([a-z])([A-Z])/g, '$1 $2')));
  const cells = columns.map((_, c) => sample.map((row) => row[c] ?? ''));
  const isCode = cells.map((column) => mostly(column, (cell) => repairCode(cell) !== null));
  const isCount = cells.map((column) =>
    column.every((cell) => readPatients(cell) !== NOT_A_NUMBER),
  );
  const free = new Set(columns.keys());
  const take = (test: (column: number) => boolean): number | undefined => {
    const found = [...free].find(test);
    if (found !== undefined) free.delete(found);
    return found;
  };
  const tells = (role: keyof typeof words) => (c: number) => words[role].test(folded[c] ?? '');

  // A name that tells and codes below it, then a name, then codes alone from left to right.
  const origin = take((c) => tells('origin')(c) && isCode[c] === true) ?? take(tells('origin'));
  const destination =
    take((c) => tells('destination')(c) && isCode[c] === true) ?? take(tells('destination'));
  const codes = (c: number) => isCode[c] === true && !tells('patients')(c);
  const from = origin ?? take(codes);
  const to = destination ?? take(codes);

  const known = [...free].filter((c) => isSpecialty(columns[c] ?? '') && isCount[c] === true);
  // Beside them, the user leaves out what is none: patients left out unseen would be worse.
  const others = [...free].filter((c) => !known.includes(c) && mayCount(c));
  const ends = { ...entry('origin', from), ...entry('destination', to) };
  if (known.length > 1) return { ...ends, wide: inOrder([...known, ...others]) };
  const specialty =
    take((c) => tells('specialty')(c) && !tells('patients')(c)) ??
    take((c) => mostly(cells[c] ?? [], isSpecialty)) ??
    take((c) => isCount[c] !== true);
  const patients =
    take((c) => tells('patients')(c) && isCount[c] === true) ??
    take((c) => isCount[c] === true) ??
    take(tells('patients'));
  const counted = [...known, ...others];
  if (specialty === undefined && counted.length > 1) return { ...ends, wide: inOrder(counted) };
  return { ...ends, ...entry('specialty', specialty), ...entry('patients', patients) };

  function mayCount(column: number): boolean {
    const filled = cells[column]!.filter((cell) => cell !== '');
    const whole = isCount[column]! && filled.every((cell) => readPatients(cell) !== FRACTIONAL);
    return mayName(folded[column]!) && filled.length > 0 && whole;
  }
  function inOrder(some: number[]): string[] {
    return some.sort((a, b) => a - b).map(nameOf);
  }
  function nameOf(column: number): string {
    return columns[column] ?? '';
  }
  function entry(role: string, column: number | undefined): Record<string, string> {
    return column === undefined ? {} : { [role]: nameOf(column) };
  }
}

/** Of the cells that hold something. */
function mostly(cells: string[], test: (cell: string) => boolean): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 0 && filled.filter(test).length > 0.6 * filled.length;
}
