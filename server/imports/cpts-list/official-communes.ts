import { packageJson } from '../package-data.ts';

/** A commune of the official geographic code, of today or merged into one of today. */
export interface OfficialCommune {
  code: string;
  name: string;
  department: string;
  postalCodes: readonly string[];
  /** commune that it is part of today; null when it is one itself */
  partOf: string | null;
  arrondissement: boolean;
  /** codes of communes that are gone and part of it, of whatever year */
  formerCodes: readonly string[];
}

interface Entry {
  code: string;
  nom: string;
  departement?: string;
  type: string;
  codesPostaux?: string[];
  chefLieu?: string;
  commune?: string;
  anciensCodes?: string[];
}

/** Every commune of the country, with those that were merged: megabytes, to be read in a thread. */
export function officialCommunes(): OfficialCommune[] {
  return packageJson<Entry[]>('@etalab/decoupage-administratif/data/communes.json').map(
    (entry) => ({
      code: entry.code,
      name: entry.nom,
      department: entry.departement ?? entry.code.slice(0, entry.code.startsWith('97') ? 3 : 2),
      postalCodes: entry.codesPostaux ?? [],
      partOf: entry.chefLieu ?? entry.commune ?? null,
      arrondissement: entry.type === 'arrondissement-municipal',
      formerCodes: entry.anciensCodes ?? [],
    }),
  );
}

/**
 * Every code that a commune has or had, with the commune that it is part of today; null for those
 * of today's communes.
 */
export function officialCodes(
  communes: readonly OfficialCommune[] = officialCommunes(),
): Map<string, string | null> {
  const codes = new Map<string, string | null>();
  // A merged commune may have the code of the one that it is part of.
  for (const { code, partOf } of communes) {
    if (partOf === null || !codes.has(code)) codes.set(code, partOf);
  }
  for (const { code, partOf, formerCodes } of communes) {
    for (const former of formerCodes) if (!codes.has(former)) codes.set(former, partOf ?? code);
  }
  return codes;
}
