import { searchName } from '../core/search-name.ts';
import { DomainError } from '../errors.ts';
import { packageJson } from './package-data.ts';
import { slug } from './slug.ts';

/** A region of France, or the whole country (code `france`). */
export interface Region {
  /** INSEE code (`24`), or `france` */
  code: string;
  name: string;
  /** INSEE codes, ascending: `18`, `2A`, `971` */
  departments: string[];
}

interface PackageRegion {
  code: string;
  nom: string;
  zone: string;
}

interface PackageDepartment {
  code: string;
  region: string;
  zone: string;
}

let loaded: Region[] | undefined;

/** The 13 metropolitan regions and the 5 overseas ones, by code. */
export function regions(): readonly Region[] {
  loaded ??= readRegions();
  return loaded;
}

function readRegions(): Region[] {
  const folder = '@etalab/decoupage-administratif/data';
  // `com` (Saint-Barthélemy, Polynésie…) are collectivities without the CPTS of the health code.
  const departments = packageJson<PackageDepartment[]>(`${folder}/departements.json`).filter(
    (department) => department.zone !== 'com',
  );
  return packageJson<PackageRegion[]>(`${folder}/regions.json`)
    .filter((region) => region.zone !== 'com')
    .map((region) => ({
      code: region.code,
      name: region.nom,
      departments: departments
        .filter((department) => department.region === region.code)
        .map((department) => department.code)
        .sort(),
    }));
}

function france(): Region {
  const departments = regions()
    .flatMap((region) => region.departments)
    .sort();
  return { code: 'france', name: 'France', departments };
}

/** Finds a region by INSEE code, by name whatever its accents and case, by slug, or `france`. */
export function findRegion(wanted: string): Region {
  const name = searchName(wanted);
  if (name === 'france') return france();
  const found = regions().find(
    (region) =>
      region.code === wanted.trim() ||
      searchName(region.name) === name ||
      // « Réunion » for « La Réunion ».
      searchName(region.name) === `la ${name}`,
  );
  if (found !== undefined) return found;
  const valid = regions().map((region) => `${region.name} (${region.code})`);
  throw new DomainError(
    'unknown_region',
    `La région « ${wanted} » est inconnue : donnez un code ou un nom parmi ${valid.join(', ')}, ou « france ».`,
    { wanted, regions: regions().map(({ code, name }) => ({ code, name })) },
  );
}

/** `45234` → `45`, `2A004` → `2A`, `97105` → `971`. */
export function departmentOf(communeCode: string): string {
  return communeCode.startsWith('97') || communeCode.startsWith('98')
    ? communeCode.slice(0, 3)
    : communeCode.slice(0, 2);
}

/** INSEE code of the region a department belongs to; null outside the 18 regions. */
export function regionOfDepartment(department: string): string | null {
  regionByDepartment ??= new Map(
    regions().flatMap((region) => region.departments.map((code) => [code, region.code] as const)),
  );
  return regionByDepartment.get(department) ?? null;
}
let regionByDepartment: Map<string, string> | undefined;

/** `Centre-Val de Loire` → `centre-val-de-loire`, the name of its files. */
export function regionSlug(region: Pick<Region, 'name'>): string {
  return slug(region.name);
}
