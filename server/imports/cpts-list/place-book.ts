import { foldName } from '../../core/fold-name.ts';
import { communeOfArrondissement } from '../commune-code.ts';
import { passTo } from '../follow-passages.ts';
import type { Passages } from '../passages.ts';
import { areClose } from './close-names.ts';
import { communeKey } from './commune-key.ts';
import type { ListRow } from './list-rows.ts';
import type { OfficialCommune } from './official-communes.ts';

/** A loaded commune, or a part of a divided one. */
export interface LoadedPlace {
  code: string;
  name: string;
  department: string;
}

/** Why a row waits for a person. */
export type Doubt =
  | 'homonym'
  | 'unknown_name'
  | 'unknown_code'
  | 'code_and_name'
  | 'arrondissement'
  | 'split_commune';

export type Found =
  | { kind: 'place'; code: string; passed: boolean }
  | { kind: 'doubt'; why: Doubt; candidates: string[] }
  | { kind: 'outside' };

/** What a row is asked by. */
export type Asked = Pick<ListRow, 'code' | 'name' | 'department' | 'postalCode'>;

/** Candidates that a person is offered at most. */
const MOST = 8;

/**
 * Finds the loaded commune that a row means, by what the row says and nothing else: whatever fits
 * several, here or elsewhere in the country, is left to a person, with the candidates that are loaded.
 */
export function placeBook(
  loaded: readonly LoadedPlace[],
  official: readonly OfficialCommune[],
  passages: Passages,
): (asked: Asked) => Found {
  const byCode = new Map(loaded.map((place) => [place.code, place]));
  const known = new Set(byCode.keys());
  const departments = new Set(loaded.map(({ department }) => department));
  const loadedByKey = grouped(loaded, ({ name }) => communeKey(name));
  const officialByCode = new Map<string, OfficialCommune>();
  // A merged commune may have the code of the one that it is part of: that one is meant.
  for (const one of official) {
    if (one.partOf === null || !officialByCode.has(one.code)) officialByCode.set(one.code, one);
  }
  const officialByKey = grouped(official, ({ name }) => communeKey(name));

  const doubt = (why: Doubt, candidates: Iterable<string>): Found => ({
    kind: 'doubt',
    why,
    candidates: [...new Set(candidates)].filter((code) => known.has(code)).slice(0, MOST),
  });
  const place = (code: string, passed = false): Found => ({ kind: 'place', code, passed });
  const outside: Found = { kind: 'outside' };

  function coded(code: string): Found {
    if (known.has(code)) return place(code);
    const whole = communeOfArrondissement(code);
    if (whole !== null) return known.has(whole) ? doubt('arrondissement', [whole]) : outside;
    if (passages.forward.has(code)) {
      const landed = passTo(passages, known, code).map((share) => share.code);
      if (landed.length === 1) return place(landed[0]!, true);
      if (landed.length > 1) return doubt('split_commune', landed);
    }
    const before = (passages.backward.get(code) ?? []).map((passage) => passage.before);
    if (before.some((one) => known.has(one))) return doubt('split_commune', before);
    const one = officialByCode.get(code);
    if (one?.partOf && known.has(one.partOf)) return place(one.partOf, true);
    const department = one?.department ?? departmentOf(code);
    return departments.has(department) ? doubt('unknown_code', []) : outside;
  }

  function called(name: string, department: string | null, postalCode: string | null): Found {
    const key = communeKey(name);
    const here = (loadedByKey.get(key) ?? []).filter(
      (one) => department === null || one.department === department,
    );
    const listed = (officialByKey.get(key) ?? []).filter(
      (one) => department === null || one.department === department,
    );
    // The post says which of those of one name it is.
    const posted = postalCode === null ? [] : listed.filter(postedAt(postalCode));
    if (posted.length === 1 && (known.has(posted[0]!.code) || here.length === 0)) {
      return coded(posted[0]!.code);
    }
    const elsewhere = listed.filter(
      (one) =>
        one.partOf === null &&
        !known.has(one.code) &&
        here.every((other) => other.department !== one.department),
    );
    if (here.length > 1) return narrowed(name, department, here);
    if (here.length === 1) {
      return elsewhere.length === 0 ? place(here[0]!.code) : doubt('homonym', [here[0]!.code]);
    }
    if (elsewhere.length > 0) {
      const near = elsewhere.filter((one) => departments.has(one.department));
      if (near.length === 0) return outside;
      return near.length === 1 && elsewhere.length === 1
        ? coded(near[0]!.code)
        : doubt('homonym', []);
    }
    const merged = listed.filter(({ partOf }) => partOf !== null);
    if (merged.length > 0) return became(merged);
    if (department !== null && !departments.has(department)) return outside;
    return doubt('unknown_name', closeTo(key, department));
  }

  /** Several of one key in one department: the one that is spelt so, article and all. */
  function narrowed(name: string, department: string | null, here: readonly LoadedPlace[]): Found {
    const spelt = here.filter((one) => foldName(one.name) === foldName(name));
    const codes = here.map(({ code }) => code);
    return department !== null && spelt.length === 1
      ? place(spelt[0]!.code)
      : doubt('homonym', codes);
  }

  function became(merged: readonly OfficialCommune[]): Found {
    const parts = new Set(merged.map(({ partOf }) => partOf!));
    if (merged.every(({ arrondissement }) => arrondissement) && merged.length === 1) {
      return coded(merged[0]!.code);
    }
    const [first] = parts;
    if (parts.size > 1) {
      return [...parts].some((code) => known.has(code)) ? doubt('homonym', parts) : outside;
    }
    return known.has(first!) ? place(first!, true) : outside;
  }

  function closeTo(key: string, department: string | null): string[] {
    const near: LoadedPlace[] = [];
    for (const [other, places] of loadedByKey) {
      if (!areClose(key, other)) continue;
      near.push(...places);
    }
    const first = (one: LoadedPlace) => (one.department === department ? 0 : 1);
    const same = (one: LoadedPlace) => (communeKey(one.name) === key ? 0 : 1);
    return near
      .filter((one) => department === null || first(one) === 0 || same(one) === 0)
      .sort((a, b) => first(a) - first(b) || same(a) - same(b) || (a.code < b.code ? -1 : 1))
      .map(({ code }) => code);
  }

  /** Whether a unit may be called so: by its name, or by that of a commune merged into it. */
  function bears(code: string, name: string): boolean {
    const key = communeKey(name);
    if (communeKey(byCode.get(code)!.name) === key) return true;
    return (officialByKey.get(key) ?? []).some((one) => one.code === code || one.partOf === code);
  }

  return ({ code, name, department, postalCode }) => {
    if (code === null) {
      return name === null ? doubt('unknown_code', []) : called(name, department, postalCode);
    }
    const byItsCode = coded(code);
    if (name === null) return byItsCode;
    if (byItsCode.kind === 'place' && bears(byItsCode.code, name)) return byItsCode;
    const byItsName = called(name, department, postalCode ?? code);
    if (byItsName.kind === 'doubt' && byItsName.why === 'unknown_name') {
      // A name that nothing bears denies no code.
      return byItsCode.kind === 'doubt' && byItsCode.candidates.length === 0
        ? byItsName
        : byItsCode;
    }
    if (byItsCode.kind === 'outside' && byItsName.kind === 'outside') return outside;
    // What is said to be a code is often the post's.
    const isPostal = (officialByKey.get(communeKey(name)) ?? []).some(postedAt(code));
    if (isPostal && byItsName.kind === 'place') return byItsName;
    if (byItsCode.kind === 'place' && byItsName.kind === 'place') {
      if (byItsCode.code === byItsName.code) return byItsCode;
    }
    return doubt('code_and_name', [...codesOf(byItsCode), ...codesOf(byItsName)]);
  };
}

const postedAt = (postalCode: string) => (one: OfficialCommune) =>
  one.postalCodes.includes(postalCode);

function codesOf(found: Found): string[] {
  if (found.kind === 'place') return [found.code];
  return found.kind === 'doubt' ? found.candidates : [];
}

const departmentOf = (code: string) => code.slice(0, code.startsWith('97') ? 3 : 2);

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
