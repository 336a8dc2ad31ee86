/** Draws a number from 0 included to 1 excluded. */
export type Random = () => number;

/**
 * Seeded generator sfc32 (Chris Doty-Humphrey, PractRand 2010: 128 bits of state, a counter that
 * makes the period at least 2^32). As its author advises, the first draws are thrown away to mix
 * the seed in. Same seed, same draws on every machine.
 *
 * @throws RangeError when the seed is not an integer from 0 to 2^32 − 1.
 */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`expected a seed from 0 to 4294967295, got ${seed}`);
  }
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let k = 0; k < 12; k++) draw();
  return draw;
}
