import { DomainError } from '../server/errors.ts';

/**
 * Takes the options of one command out of its arguments: `--name value`, `--name=value`, or a bare
 * `--flag`. The rest is for `readConfig`.
 */
export function takeOptions<Name extends string, Flag extends string>(
  argv: readonly string[],
  names: readonly Name[],
  flags: readonly Flag[],
): { values: Partial<Record<Name, string>>; set: Set<Flag>; rest: string[] } {
  const values: Partial<Record<Name, string>> = {};
  const set = new Set<Flag>();
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] ?? '';
    const [, option = '', given] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const name = names.find((known) => known === option);
    const flag = flags.find((known) => known === option);
    if (name !== undefined) {
      const value = given ?? argv[++i];
      if (value === undefined || value === '') {
        throw new DomainError(
          'invalid_configuration',
          `L’option --${name} attend une valeur : ajoutez-la après l’option.`,
        );
      }
      values[name] = value;
    } else if (flag !== undefined && given === undefined) set.add(flag);
    else rest.push(argument);
  }
  return { values, set, rest };
}
