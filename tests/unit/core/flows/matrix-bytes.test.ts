import { expect, test } from 'vitest';
import { readMatrix } from '../../../../server/core/flows/matrix-bytes.ts';
import { matrixBytes } from '../../../web/matrix-bytes.ts';

const bytes = matrixBytes(
  ['01001', '2A004', '75056'],
  [
    [0, 1, 12.5, 0],
    [0, 2, 0, 3],
    [2, 0, 7, 1],
  ],
);

test('a matrix is read as it was written', () => {
  const read = readMatrix(bytes.slice().buffer);
  expect(read.codes).toEqual(['01001', '2A004', '75056']);
  expect([...read.offsets]).toEqual([0, 2, 2, 3]);
  expect([...read.destinations]).toEqual([1, 2, 0]);
  expect([...read.patients]).toEqual([12.5, 0, 7]);
  expect([...read.masked]).toEqual([0, 3, 1]);
});

test('what is cut, longer or something else is refused', () => {
  for (const other of [
    new Uint8Array(),
    bytes.slice(0, 30),
    new Uint8Array([...bytes, 0]),
    new TextEncoder().encode('{"error": "a page instead of a matrix"}'),
  ]) {
    expect(() => readMatrix(other.slice().buffer)).toThrow(RangeError);
  }
});
