/** Letters of a sector by its number from 0: A … Z, AA … ZZ; null beyond those 702. */
function sectorLetters(number: number): string | null {
  const letter = (k: number) => String.fromCharCode(65 + k);
  if (number < 26) return letter(number);
  const rest = number - 26;
  return rest < 676 ? letter(Math.floor(rest / 26)) + letter(rest % 26) : null;
}

/** `45234`, 0 → `45234-A`; null when the letters are used up. */
export function sectorCode(commune: string, number: number): string | null {
  const letters = sectorLetters(number);
  return letters === null ? null : `${commune}-${letters}`;
}
