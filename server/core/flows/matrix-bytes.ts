import type { MaskedFlows } from '../poles/masked-flows.ts';

/** Flows of one specialty or over all, with the places that their indexes stand for. */
export interface PlacedFlows extends MaskedFlows {
  /** INSEE codes: the units of the region first, by code, then those outside */
  codes: string[];
}

const MAGIC = 'MFM1';
const HEADER = 20;

/**
 * Reads a matrix as the API sends it. Integers and floats are big-endian, of four bytes each:
 *
 *     'MFM1' · n places · e entries · 1 if cells are masked, else 0 · bytes of codes
 *     offsets       n + 1 integers: entries of place i are offsets[i] … offsets[i + 1] − 1
 *     destinations  e integers, ascending within a place
 *     patients      e floats, patients a year, masked cells not counted
 *     masked        e floats, masked cells (1 to 10 patients each); absent when there are none
 *     codes         the n codes, ASCII, separated by a space
 *
 * Patients have the 7 significant digits of a float: whole counts below 16,777,216 are exact.
 *
 * @throws RangeError when the bytes are no such matrix or stop short
 */
export function readMatrix(buffer: ArrayBuffer): PlacedFlows {
  const view = new DataView(buffer);
  const magic = buffer.byteLength < HEADER ? '' : ascii(buffer, 0, 4);
  if (magic !== MAGIC) throw new RangeError(`expected a matrix (${MAGIC}), got « ${magic} »`);
  const [n, entries, hasMasked, codeBytes] = [4, 8, 12, 16].map((at) => view.getInt32(at));
  const length = HEADER + 4 * (n! + 1) + entries! * (hasMasked ? 12 : 8) + codeBytes!;
  if (buffer.byteLength !== length) {
    throw new RangeError(`expected ${length} bytes, got ${buffer.byteLength}`);
  }
  let at = HEADER;
  const integers = (count: number) => {
    const column = new Int32Array(count);
    for (let i = 0; i < count; i++, at += 4) column[i] = view.getInt32(at);
    return column;
  };
  const floats = (count: number) => {
    const column = new Float64Array(count);
    for (let i = 0; i < count; i++, at += 4) column[i] = view.getFloat32(at);
    return column;
  };
  const offsets = integers(n! + 1);
  const destinations = integers(entries!);
  const patients = floats(entries!);
  const masked = hasMasked ? floats(entries!) : new Float64Array(entries!);
  const codes = codeBytes === 0 ? [] : ascii(buffer, at, codeBytes!).split(' ');
  return { n: n!, offsets, destinations, patients, masked, codes };
}

function ascii(buffer: ArrayBuffer, from: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(buffer, from, length));
}
