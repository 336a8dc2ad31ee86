/** A matrix as the database writes it, from `[origin, destination, patients, masked]` in order. */
export function matrixBytes(
  codes: readonly string[],
  cells: readonly (readonly [number, number, number, number])[],
): Uint8Array {
  const text = new TextEncoder().encode(codes.join(' '));
  const starts = Array.from(
    { length: codes.length + 1 },
    (_, place) => cells.filter(([origin]) => origin < place).length,
  );
  const integers = [codes.length, cells.length, 1, text.length, ...starts].concat(
    cells.map(([, destination]) => destination),
  );
  const floats = [...cells.map((cell) => cell[2]), ...cells.map((cell) => cell[3])];
  const bytes = new Uint8Array(4 + 4 * (integers.length + floats.length) + text.length);
  bytes.set(new TextEncoder().encode('MFM1'));
  const view = new DataView(bytes.buffer);
  integers.forEach((value, k) => {
    view.setInt32(4 + 4 * k, value);
  });
  floats.forEach((value, k) => {
    view.setFloat32(4 + 4 * (integers.length + k), value);
  });
  bytes.set(text, bytes.length - text.length);
  return bytes;
}
