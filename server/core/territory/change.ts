/** What turns one set of units into another. */
export interface UnitChange {
  added: string[];
  removed: string[];
}

/** Units that are in `after` alone and in `before` alone, each once, in the order of their codes. */
export function changeBetween(before: readonly string[], after: readonly string[]): UnitChange {
  const [old, young] = [new Set(before), new Set(after)];
  return {
    added: [...young].filter((code) => !old.has(code)).sort(),
    removed: [...old].filter((code) => !young.has(code)).sort(),
  };
}

/**
 * The units after a change, each once, in the order of their codes. Adding one that is there, or
 * removing one that is not, changes nothing.
 *
 * @throws RangeError when a unit is both added and removed
 */
export function applyChange(
  units: readonly string[],
  { added, removed }: { added: readonly string[]; removed: readonly string[] },
): string[] {
  const gone = new Set(removed);
  const both = added.find((code) => gone.has(code));
  if (both !== undefined) throw new RangeError(`unit ${both} is both added and removed`);
  const after = new Set(units.filter((code) => !gone.has(code)));
  for (const code of added) after.add(code);
  return [...after].sort();
}
