import { fold } from '../../french/fold.ts';
import type { Region } from '../../state/region.ts';

/** What a pasted list gave: each piece of text is matched, ambiguous or unmatched. */
export interface PastedList {
  units: number[];
  /** names that several communes bear, with the communes */
  ambiguous: { text: string; units: number[] }[];
  unmatched: string[];
  /** codes that had lost their leading zero, as they were written */
  repaired: string[];
}

const namesOf = new WeakMap<Region, Map<string, number[]>>();

/**
 * Communes in a pasted list: INSEE codes or names, one a line or apart by `;` `,` `|` or tabs. A
 * line holding a code is that commune, whatever else stands on it: spreadsheets paste both.
 */
export function parsePastedList(region: Region, text: string): PastedList {
  const result: PastedList = { units: [], ambiguous: [], unmatched: [], repaired: [] };
  const found = new Set<number>();
  for (const line of text.split(/[\r\n]+/)) {
    const cells = line.split(/[;,|\t]+/).map((cell) => cell.replace(/^["'\s]+|["'\s]+$/g, ''));
    for (const piece of withCodes(region, cells.filter(Boolean))) {
      readPiece(region, piece, found, result);
    }
  }
  result.units = [...found].sort((a, b) => a - b);
  return result;
}

/** When a cell of a line names a commune by code, the cells that repeat its name go. */
function withCodes(region: Region, cells: string[]): string[] {
  const named = new Set<string>();
  for (const cell of cells) {
    const unit = region.indexOf.get(codeIn(cell)?.code ?? '');
    if (unit !== undefined) named.add(region.folded[unit]!);
  }
  return cells.filter((cell) => codeIn(cell) !== null || !named.has(fold(cell)));
}

function readPiece(region: Region, piece: string, found: Set<number>, result: PastedList): void {
  const code = codeIn(piece);
  if (code) {
    const unit = region.indexOf.get(code.code);
    if (unit === undefined) result.unmatched.push(piece);
    else {
      found.add(unit);
      if (code.repaired) result.repaired.push(piece);
    }
    return;
  }
  const [, name, department] = piece.match(/^(.*?)\s*(?:\((\d[\dAB]\d?)\))?$/) ?? [];
  const named = unitsNamed(region, fold(name ?? piece));
  const units = department ? named.filter((u) => region.department[u] === department) : named;
  if (units.length === 1) found.add(units[0]!);
  else if (units.length > 1) result.ambiguous.push({ text: piece, units });
  else result.unmatched.push(piece);
}

/** The code a piece starts or ends with; four digits are a code without its leading zero. */
function codeIn(piece: string): { code: string; repaired: boolean } | null {
  const match = piece.match(/^(\d[\dABab]\d{3}(?:\d{4})?)\b|\b(\d[\dABab]\d{3}(?:\d{4})?)$/);
  if (match) return { code: (match[1] ?? match[2])!.toUpperCase(), repaired: false };
  return /^\d{4}$/.test(piece) ? { code: `0${piece}`, repaired: true } : null;
}

function unitsNamed(region: Region, name: string): number[] {
  let index = namesOf.get(region);
  if (!index) {
    index = new Map();
    for (const [unit, folded] of region.folded.entries()) {
      index.set(folded, [...(index.get(folded) ?? []), unit]);
    }
    namesOf.set(region, index);
  }
  return index.get(name) ?? [];
}
