/** What an inhabitant above the ceiling counts for one under the floor: the ceiling is kept first. */
const ABOVE = 4;

/** Inhabitants between a territory's population and the band; those above it count more. */
export function bandExcess(
  { floor, ceiling }: { floor: number; ceiling: number },
  people: number,
): number {
  if (people < floor) return floor - people;
  return people > ceiling ? ABOVE * (people - ceiling) : 0;
}
