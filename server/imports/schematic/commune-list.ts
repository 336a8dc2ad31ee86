import { packageJson } from '../package-data.ts';
import { regionOfDepartment } from '../regions.ts';

/** A commune as @etalab/decoupage-administratif has it: everything but where it is. */
export interface ListedCommune {
  code: string;
  name: string;
  department: string;
  region: string;
  epci: string | null;
  /** inhabitants */
  population: number;
  postalCodes: string[];
}

/** Year of the official geographic code in version 6 of the package (its README tells). */
export const listYear = 2026;

interface PackageCommune {
  code: string;
  nom: string;
  type: string;
  departement: string;
  region: string;
  population?: number;
  codesPostaux?: string[];
}

interface PackageEpci {
  code: string;
  membres: { code: string }[];
}

/** The communes of the 18 regions, by code. */
export function listCommunes(): ListedCommune[] {
  const folder = '@etalab/decoupage-administratif/data';
  const epciOf = new Map<string, string>();
  for (const { code, membres } of packageJson<PackageEpci[]>(`${folder}/epci.json`)) {
    for (const member of membres) epciOf.set(member.code, code);
  }
  return packageJson<PackageCommune[]>(`${folder}/communes.json`)
    .filter(
      ({ type, departement }) =>
        type === 'commune-actuelle' && regionOfDepartment(departement) !== null,
    )
    .map((commune) => ({
      code: commune.code,
      name: commune.nom,
      department: commune.departement,
      region: commune.region,
      epci: epciOf.get(commune.code) ?? null,
      population: commune.population ?? 0,
      postalCodes: commune.codesPostaux ?? [],
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
