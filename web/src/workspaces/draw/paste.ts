import { fold } from '../../french/fold.ts';
import { type Region, unitOf, unitsOf } from '../../state/region.ts';

/** What a pasted list gave: each piece of text is matched, ambiguous or unmatched. */
export interface PastedList {
  units: number[];
  /** names that several communes bear, or a code that its name denies, with the communes */
  ambiguous: { text: string; units: number[] }[];
  unmatched: string[];
  /** codes that had lost their leading zero, as they were written */
  repaired: string[];
  /** lines whose code is not that of the commune they name, as postal codes are */
  byName: { text: string; unit: number }[];
}

/** A code, and the name beside it if any. */
interface Coded {
  code: string;
  name: string;
  repaired: boolean;
}

const namesOf = new WeakMap<Region, Map<string, number[]>>();

/**
 * Communes in a pasted list: INSEE codes or names, one a line or apart by `;` `,` `|` or tabs. A
 * line holding both is the commune of the code when the name agrees; else the name decides, since
 * a postal code looks like an INSEE code.
 */
export function parsePastedList(region: Region, text: string): PastedList {
  const result: PastedList = {
    units: [],
    ambiguous: [],
    unmatched: [],
    repaired: [],
    byName: [],
  };
  const found = new Set<number>();
  for (const line of text.split(/[\r\n]+/)) {
    const cells = line.split(/[;,|\t]+/).map((cell) => cell.replace(/^["'\s]+|["'\s]+$/g, ''));
    for (const piece of pieces(region, cells.filter(Boolean), found, result)) {
      readPiece(region, piece, found, result);
    }
  }
  return onParts(region, found, result);
}

/** Divided communes are numbered after the units while a list is read. */
function placed(region: Region, code: string): number | undefined {
  const unit = region.indexOf.get(code);
  if (unit !== undefined || !region.parts.has(code)) return unit;
  return region.count + region.divisions.findIndex((division) => division.code === code);
}

const divisionAt = (region: Region, unit: number) => region.divisions[unit - region.count];

function foldedName(region: Region, unit: number): string {
  const division = divisionAt(region, unit);
  return division ? fold(division.name) : region.folded[unit]!;
}

/** A divided commune is all its parts. */
function onParts(region: Region, found: Set<number>, result: PastedList): PastedList {
  const parts = (unit: number) => {
    const division = divisionAt(region, unit);
    return division ? unitsOf(region, division.units) : [unit];
  };
  return {
    ...result,
    units: [...new Set([...found].flatMap(parts))].sort((a, b) => a - b),
    ambiguous: result.ambiguous.map(({ text, units }) => ({ text, units: units.flatMap(parts) })),
    byName: result.byName.map(({ text, unit }) => ({
      text,
      unit: unitOf(region, divisionAt(region, unit)?.code ?? region.code[unit]!)!,
    })),
  };
}

/** The cells to read one by one: those that the code of their line settles are taken out. */
function pieces(region: Region, cells: string[], found: Set<number>, result: PastedList): string[] {
  const coded = cells.filter((cell) => codeIn(region, cell));
  const code = coded.length === 1 ? codeIn(region, coded[0]!)! : null;
  const known = cells.filter(
    (cell) => !codeIn(region, cell) && unitsCalled(region, cell).length > 0,
  );
  const unit = placed(region, code?.code ?? '');
  const denied = code?.name === '' && known.every((cell) => !agrees(region, unit, cell));
  if (!denied || known.length === 0) return withoutRepeats(region, cells);
  if (known.length === 1) {
    readByName(region, `${coded[0]} ${known[0]}`, known[0]!, unit, found, result);
    return cells.filter((cell) => cell !== coded[0] && cell !== known[0]);
  }
  // A list of names on one line: the code among them may be a commune or not.
  if (unit === undefined) result.unmatched.push(coded[0]!);
  else result.ambiguous.push({ text: coded[0]!, units: [unit] });
  return cells.filter((cell) => cell !== coded[0]);
}

/** When a cell of a line names a commune by code, the cells that repeat its name go. */
function withoutRepeats(region: Region, cells: string[]): string[] {
  const named = new Set<string>();
  for (const cell of cells) {
    const unit = placed(region, codeIn(region, cell)?.code ?? '');
    if (unit !== undefined) named.add(foldedName(region, unit));
  }
  return cells.filter((cell) => codeIn(region, cell) !== null || !named.has(fold(cell)));
}

function readPiece(region: Region, piece: string, found: Set<number>, result: PastedList): void {
  const coded = codeIn(region, piece);
  if (coded) {
    const unit = placed(region, coded.code);
    if (coded.name !== '' && !agrees(region, unit, coded.name)) {
      readByName(region, piece, coded.name, unit, found, result);
    } else if (unit === undefined) result.unmatched.push(piece);
    else {
      found.add(unit);
      if (coded.repaired) result.repaired.push(piece);
    }
    return;
  }
  const units = unitsCalled(region, piece);
  if (units.length === 1) found.add(units[0]!);
  else if (units.length > 1) result.ambiguous.push({ text: piece, units });
  else result.unmatched.push(piece);
}

/** The name decides, when one commune alone bears it; `unit` is what the code says. */
function readByName(
  region: Region,
  text: string,
  name: string,
  unit: number | undefined,
  found: Set<number>,
  result: PastedList,
): void {
  const named = unitsCalled(region, name);
  if (named.length === 1) {
    found.add(named[0]!);
    result.byName.push({ text, unit: named[0]! });
  } else if (named.length > 1) result.ambiguous.push({ text, units: named });
  else if (unit !== undefined) result.ambiguous.push({ text, units: [unit] });
  else result.unmatched.push(text);
}

/** Whether the unit is called so, or longer or shorter when no commune is called just so. */
function agrees(region: Region, unit: number | undefined, name: string): boolean {
  if (unit === undefined) return false;
  const named = unitsCalled(region, name);
  if (named.length > 0) return named.includes(unit);
  const [written, own] = [` ${fold(name)} `, ` ${foldedName(region, unit)} `];
  return written.includes(own) || own.includes(written);
}

/** The code a piece starts or ends with; four digits are a code without its leading zero. */
function codeIn(region: Region, piece: string): Coded | null {
  const lettered = piece.match(/^(\d[\dAB]\d{3}-[A-Z]{1,2})(?:\s+(.*))?$/);
  if (lettered && region.indexOf.has(lettered[1]!)) {
    return { code: lettered[1]!, name: lettered[2] ?? '', repaired: false };
  }
  const match = piece.match(/^(\d[\dABab]\d{3}(?:\d{4})?)\b|\b(\d[\dABab]\d{3}(?:\d{4})?)$/);
  if (match) {
    const name = piece.replace(match[0], '').replace(/^[\s:–-]+|[\s:–-]+$/g, '');
    const code = (match[1] ?? match[2])!.toUpperCase();
    return { code, name: /\p{L}/u.test(name) ? name : '', repaired: false };
  }
  return /^\d{4}$/.test(piece) ? { code: `0${piece}`, name: '', repaired: true } : null;
}

/** What a piece of text says, empty where it does not. */
export function namedInPiece(region: Region, piece: string) {
  const coded = codeIn(region, piece);
  return { code: coded?.code ?? '', ...inDepartment(coded ? coded.name : piece) };
}

/** A department between brackets tells communes of one name apart. */
function inDepartment(text: string): { name: string; department: string } {
  const [, name, department] = text.match(/^(.*?)\s*(?:\((\d[\dAB]\d?)\))?$/) ?? [];
  return { name: name ?? text, department: department ?? '' };
}

/** Communes of that name, of that department where it says one. */
function unitsCalled(region: Region, text: string): number[] {
  const { name, department } = inDepartment(text);
  const named = unitsNamed(region, fold(name));
  return department ? named.filter((unit) => departmentOf(region, unit) === department) : named;
}

function departmentOf(region: Region, unit: number): string | undefined {
  const division = divisionAt(region, unit);
  return region.department[division ? unitOf(region, division.code)! : unit];
}

function unitsNamed(region: Region, name: string): number[] {
  let index = namesOf.get(region);
  if (!index) {
    index = new Map();
    for (const [unit, folded] of region.folded.entries()) {
      index.set(folded, [...(index.get(folded) ?? []), unit]);
    }
    for (const { code, name: called } of region.divisions) {
      const folded = fold(called);
      index.set(folded, [...(index.get(folded) ?? []), placed(region, code)!]);
    }
    namesOf.set(region, index);
  }
  return index.get(name) ?? [];
}
