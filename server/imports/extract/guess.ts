import type { ExtractMapping } from '../../contracts/flow-imports.ts';
import { searchName } from '../../core/search-name.ts';
import { repairCode } from '../commune-code.ts';
import { NOT_A_NUMBER, readPatients } from './patients.ts';
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

  const wide = [...free].filter((c) => isSpecialty(columns[c] ?? '') && isCount[c] === true);
  const ends = { ...entry('origin', from), ...entry('destination', to) };
  if (wide.length > 1) return { ...ends, wide: wide.map(nameOf) };
  const specialty =
    take((c) => tells('specialty')(c) && !tells('patients')(c)) ??
    take((c) => mostly(cells[c] ?? [], isSpecialty)) ??
    take((c) => isCount[c] !== true);
  const patients =
    take((c) => tells('patients')(c) && isCount[c] === true) ??
    take((c) => isCount[c] === true) ??
    take(tells('patients'));
  const counts = [...free].filter((c) => isCount[c] === true);
  if (specialty === undefined && patients !== undefined && counts.length > 0) {
    return { ...ends, wide: [...counts, patients].sort((a, b) => a - b).map(nameOf) };
  }
  return { ...ends, ...entry('specialty', specialty), ...entry('patients', patients) };

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
