import { createHash } from 'node:crypto';
import { searchName } from '../../core/search-name.ts';
import { readProfessions } from '../professions.ts';
import { slug } from '../slug.ts';

export interface SpecialtyName {
  /** key of `data/professions.csv`, or made from the name */
  key: string;
  /** French */
  label: string;
  /** whether `data/professions.csv` has it */
  known: boolean;
}

/** Longest name kept, characters. */
const LONGEST_NAME = 120;
const LONGEST_KEY = 60;

let byName: Map<string, SpecialtyName> | undefined;

function knownNames(): Map<string, SpecialtyName> {
  if (byName) return byName;
  byName = new Map();
  for (const { key, label, bpeLabel, bpeCodes, short } of readProfessions()) {
    const bare = bpeLabel.replace(/^Spécialiste en /, '');
    for (const name of [key, label, bpeLabel, bare, ...bpeCodes, ...short]) {
      const folded = searchName(name);
      if (folded !== '' && !byName.has(folded)) byName.set(folded, { key, label, known: true });
    }
  }
  return byName;
}

/** Finds a profession by key, label, abbreviation, BPE wording or code, whatever accents and case. */
export function knownSpecialty(written: string): SpecialtyName | null {
  return knownNames().get(searchName(written)) ?? null;
}

/**
 * The specialty a name of the file stands for; one that Maillage does not know keeps its label
 * under a key made from it. Null when there is no name.
 */
export function specialtyNamed(
  written: string,
  chosen: Readonly<Record<string, string>> = {},
): SpecialtyName | null {
  const read = written.trim().slice(0, LONGEST_NAME);
  const label = (Object.hasOwn(chosen, read) ? chosen[read] : undefined) ?? read;
  const found = knownSpecialty(label);
  if (found) return found;
  const key = slug(label);
  return key === '' ? null : { key: wellFormed(key), label, known: false };
}

/** A key starts with a letter and is short; `all` names every specialty together. */
function wellFormed(key: string): string {
  const named = key === 'all' || !/^[a-z]/.test(key) ? `specialite-${key}` : key;
  if (named.length <= LONGEST_KEY) return named;
  // Two long names that start alike stay two.
  const rest = createHash('sha256').update(named).digest('hex').slice(0, 8);
  return `${named.slice(0, LONGEST_KEY - 9)}-${rest}`;
}
