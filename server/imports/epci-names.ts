import { packageJson } from './package-data.ts';

/** Name of each intercommunalité by SIREN, as in the official list: megabytes, to be read in a thread. */
export function epciNames(): Map<string, string> {
  const list = packageJson<{ code: string; nom: string }[]>(
    '@etalab/decoupage-administratif/data/epci.json',
  );
  return new Map(list.map(({ code, nom }) => [code, nom]));
}
