/** Which way a straight cut runs. */
export const courses = [
  'north-south',
  'east-west',
  'northeast-southwest',
  'northwest-southeast',
] as const;
export type Course = (typeof courses)[number];

const eastNorth: Record<Course, readonly [number, number]> = {
  'north-south': [0, -1],
  'east-west': [-1, 0],
  'northeast-southwest': [-Math.SQRT1_2, -Math.SQRT1_2],
  'northwest-southeast': [Math.SQRT1_2, -Math.SQRT1_2],
};

/**
 * A straight line across an outline for those who do not draw: `at` is where, from 0 (all of the
 * outline on one hand of the line) to 1 (all on the other), 0.5 halfway across its extent. Angles
 * are true on the ground: degrees of longitude are shortened by the cosine of the latitude.
 *
 * Positions are longitude, latitude in degrees. @throws RangeError without a position.
 */
export function straightLine(
  outline: readonly (readonly number[])[],
  course: Course,
  at: number,
): [[number, number], [number, number]] {
  const first = outline[0];
  if (!first) throw new RangeError('expected an outline of some positions, got none');
  const [lon0 = 0, lat0 = 0] = first;
  const squeeze = Math.cos((lat0 * Math.PI) / 180);
  const [dx, dy] = eastNorth[course];
  let [along0, along1, across0, across1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [lon = 0, lat = 0] of outline) {
    const x = (lon - lon0) * squeeze;
    const y = lat - lat0;
    const along = x * dx + y * dy;
    const across = x * -dy + y * dx;
    along0 = Math.min(along0, along);
    along1 = Math.max(along1, along);
    across0 = Math.min(across0, across);
    across1 = Math.max(across1, across);
  }
  const margin = (along1 - along0) / 10;
  const across = across0 + (across1 - across0) * at;
  const point = (along: number): [number, number] => [
    lon0 + (along * dx - across * dy) / squeeze,
    lat0 + along * dy + across * dx,
  ];
  return [point(along0 - margin), point(along1 + margin)];
}
