import { readNumber } from '../french-number.ts';

/** What a cell of patients is when it is not a count. */
export const MASKED = -1;
export const NEGATIVE = -2;
export const FRACTIONAL = -3;
export const NOT_A_NUMBER = -4;
/** Not said by its bytes alone. */
export const NOT_SCANNED = -5;

/** More than one year of reimbursed care of the whole country can count. */
const MOST = 1e9;

/** How exports write a count below 11 that they may not show, spaces aside. */
const maskedSigns = new Set(['', 'ns', 'n.s.', 's', '<11']);

/** Reads a cell: whole patients from 0, else one of the negative signs above. */
export function readPatients(text: string): number {
  const sign = text.replace(/[\s\u00a0\u202f]/g, '').toLowerCase();
  if (maskedSigns.has(sign)) return MASKED;
  const value = readNumber(sign);
  if (value === null || !Number.isFinite(value) || value >= MOST) return NOT_A_NUMBER;
  if (!Number.isInteger(value)) return value < 0 ? NEGATIVE : FRACTIONAL;
  return value < 0 ? NEGATIVE : Math.abs(value);
}

/**
 * The same from bytes, of plain digits and of the signs `NS` and `s`, nearly every cell, without
 * making a string; NOT_SCANNED of the others.
 */
export function scanPatients(buffer: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return MASKED;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = buffer[i]! - 0x30;
    if (digit < 0 || digit > 9) return isMaskedSign(buffer, start, end) ? MASKED : NOT_SCANNED;
    value = value * 10 + digit;
  }
  return length > 9 ? NOT_SCANNED : value;
}

/** `NS` and `s` in either case: a third of the cells of a real extract. */
function isMaskedSign(buffer: Buffer, start: number, end: number): boolean {
  const length = end - start;
  if (length === 1) return (buffer[start]! | 0x20) === 0x73;
  return length === 2 && (buffer[start]! | 0x20) === 0x6e && (buffer[start + 1]! | 0x20) === 0x73;
}
