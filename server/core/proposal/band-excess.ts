/** What an inhabitant above the ceiling counts for one under the floor: the ceiling is kept first. */
const ABOVE = 4;

interface Band {
  floor: number;
  ceiling: number;
  /** see `Ground.fewShort` */
  fewShort?: boolean;
}

/**
 * How far a territory's population is from the band: inhabitants, those above it counting more.
 *
 * Where some territory must be short whatever is done, `fewShort`, the square root of that: one far
 * from the band then costs less than several that are near, so that the floor gives way for as few as
 * can be. The square root grows fastest at the edge of the band, and draws into it what is near.
 */
export function bandExcess({ floor, ceiling, fewShort }: Band, people: number): number {
  const excess =
    people < floor ? floor - people : people > ceiling ? ABOVE * (people - ceiling) : 0;
  return fewShort && excess > 0 ? Math.sqrt(excess * ceiling) : excess;
}
