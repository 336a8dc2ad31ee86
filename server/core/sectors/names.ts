import { searchName } from '../search-name.ts';

/** « Orléans », « Bourgogne » → « Orléans – Bourgogne »; a name that begins with the commune's stays. */
export function nameInCommune(commune: string, own: string): string {
  const name = own.trim().replace(/\s+/g, ' ');
  const starts = ` ${searchName(name)} `.startsWith(` ${searchName(commune)} `);
  return starts ? name : `${commune} – ${name}`;
}

/**
 * Names of the two sides of a cut, the left one first, by where they are of the straight way from the
 * line's first point to its last: « nord » and « sud » where that runs rather eastwards or westwards,
 * else « ouest » and « est ».
 */
export function sideNames(unit: string, line: readonly (readonly number[])[]): [string, string] {
  const [lon1 = 0, lat1 = 0] = line[0] ?? [];
  const [lon2 = 0, lat2 = 0] = line.at(-1) ?? [];
  const east = (lon2 - lon1) * Math.cos((lat1 * Math.PI) / 180);
  const north = lat2 - lat1;
  const [left, right] =
    Math.abs(east) >= Math.abs(north)
      ? east >= 0
        ? ['nord', 'sud']
        : ['sud', 'nord']
      : north >= 0
        ? ['ouest', 'est']
        : ['est', 'ouest'];
  return [`${unit} ${left}`, `${unit} ${right}`];
}
