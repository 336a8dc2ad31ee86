import { packageJson } from './package-data.ts';

/** Name of each intercommunalité by SIREN, as in the official list: megabytes, to be read in a thread. */
export const epciNames = () => namesIn('epci');

/** Name of each department by code, as in the official list. */
export const departmentNames = () => namesIn('departements');

function namesIn(file: 'epci' | 'departements'): Map<string, string> {
  const list = packageJson<{ code: string; nom: string }[]>(
    `@etalab/decoupage-administratif/data/${file}.json`,
  );
  return new Map(list.map(({ code, nom }) => [code, nom]));
}
