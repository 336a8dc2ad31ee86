import { searchName } from '../search-name.ts';

/** « Orléans », « Bourgogne » → « Orléans – Bourgogne »; a name that begins with the commune's stays. */
export function nameInCommune(commune: string, own: string): string {
  const name = own.trim().replace(/\s+/g, ' ');
  const starts = ` ${searchName(name)} `.startsWith(` ${searchName(commune)} `);
  return starts ? name : `${commune} – ${name}`;
}

/**
 * Names of the two sides of a cut, by where their middles are: « nord » and « sud » when these are
 * further apart northwards than eastwards, else « ouest » and « est ».
 */
export function sideNames(
  unit: string,
  [one, other]: readonly [readonly [number, number], readonly [number, number]],
): [string, string] {
  const squeeze = Math.cos((one[1] * Math.PI) / 180);
  const east = (one[0] - other[0]) * squeeze;
  const north = one[1] - other[1];
  const words =
    Math.abs(north) >= Math.abs(east)
      ? north >= 0
        ? ['nord', 'sud']
        : ['sud', 'nord']
      : east >= 0
        ? ['est', 'ouest']
        : ['ouest', 'est'];
  return [`${unit} ${words[0]}`, `${unit} ${words[1]}`];
}
