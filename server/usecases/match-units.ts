import { foldName } from '../core/fold-name.ts';
import { searchName } from '../core/search-name.ts';
import { communeOfArrondissement } from '../imports/commune-code.ts';
import type { WantedUnit } from '../imports/territory/territory-file.ts';

/** A loaded unit, as far as matching needs it. */
export interface KnownUnit {
  code: string;
  name: string;
  department: string;
}

export interface MatchedUnits {
  /** codes of loaded units, each once, ascending */
  codes: string[];
  /** that fit no loaded unit */
  unmatched: WantedUnit[];
  /** names that several units bear */
  ambiguous: { text: string; codes: string[] }[];
  /** whose code is another commune's than the one named, as postal codes are */
  byName: { text: string; code: string }[];
}

/** Codes and names to look up for `matchUnits`. */
export function keysOf(wanted: readonly WantedUnit[]): { codes: string[]; names: string[] } {
  const codes = new Set<string>();
  const names = new Set<string>();
  for (const { code, name } of wanted) {
    if (code !== null) codes.add(code).add(communeOfArrondissement(code) ?? code);
    if (name !== null) names.add(foldName(name)).add(searchName(name));
  }
  return { codes: [...codes], names: [...names] };
}

/**
 * The unit of each line: that of the code when the name beside it does not deny it; else the one
 * that bears the name, in the department where one is given. What fits no unit, or several, is told.
 */
export function matchUnits(
  wanted: readonly WantedUnit[],
  known: readonly KnownUnit[],
): MatchedUnits {
  const byCode = new Map(known.map((unit) => [unit.code, unit]));
  const named = new Map<string, KnownUnit[]>();
  for (const unit of known) {
    const name = foldName(unit.name);
    const same = named.get(name);
    if (same) same.push(unit);
    else named.set(name, [unit]);
  }
  const codes = new Set<string>();
  const result: MatchedUnits = { codes: [], unmatched: [], ambiguous: [], byName: [] };
  for (const one of wanted) {
    const coded = one.code === null ? undefined : unitOf(one.code, byCode);
    const called = unitsCalled(one, named);
    if (coded && (called.length === 0 || called.includes(coded))) codes.add(coded.code);
    else if (called.length === 1) {
      codes.add(called[0]!.code);
      if (one.code !== null) result.byName.push({ text: one.text, code: called[0]!.code });
    } else if (called.length > 1) {
      result.ambiguous.push({ text: one.text, codes: called.map(({ code }) => code) });
    } else result.unmatched.push(one);
  }
  result.codes = [...codes].sort();
  return result;
}

function unitOf(code: string, byCode: ReadonlyMap<string, KnownUnit>): KnownUnit | undefined {
  return byCode.get(code) ?? byCode.get(communeOfArrondissement(code) ?? '');
}

function unitsCalled({ name, department }: WantedUnit, named: ReadonlyMap<string, KnownUnit[]>) {
  const same = (name === null ? undefined : named.get(foldName(name))) ?? [];
  return department === null ? same : same.filter((unit) => unit.department === department);
}
