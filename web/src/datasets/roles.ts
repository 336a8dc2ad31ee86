import type { ExtractMapping } from '../../../server/contracts/flow-imports.ts';

/** What a column of an extract holds, as the user says. */
export type Role = 'origin' | 'destination' | 'specialty' | 'patients' | 'ignored';

/** Roles that one column at the most may have; patients have several in the wide form. */
const single: readonly Role[] = ['origin', 'destination', 'specialty'];

export function rolesOf(columns: readonly string[], mapping: Partial<ExtractMapping>): Role[] {
  return columns.map((column) => {
    if (column === mapping.origin) return 'origin';
    if (column === mapping.destination) return 'destination';
    if (column === mapping.specialty) return 'specialty';
    if (column === mapping.patients || mapping.wide?.includes(column)) return 'patients';
    return 'ignored';
  });
}

/** Gives a column a role; the column that had it, where there can be one only, is ignored. */
export function withRole(roles: readonly Role[], column: number, role: Role): Role[] {
  return roles.map((before, at) => {
    if (at === column) return role;
    return before === role && single.includes(role) ? 'ignored' : before;
  });
}

/** Without a column of specialties, each column of patients is that of the specialty it names. */
export const isWide = (roles: readonly Role[]) => !roles.includes('specialty');

/** The mapping that the roles make, or a French sentence that says what is still to choose. */
export function mappingOf(
  columns: readonly string[],
  roles: readonly Role[],
): { mapping: ExtractMapping } | { problem: string } {
  const named = (role: Role) => columns.filter((_, at) => roles[at] === role);
  const [origin] = named('origin');
  const [destination] = named('destination');
  const [specialty] = named('specialty');
  const patients = named('patients');
  const [first] = patients;
  if (origin === undefined) return { problem: 'Dites quelle colonne est la commune de résidence.' };
  if (destination === undefined) {
    return { problem: 'Dites quelle colonne est la commune de soins.' };
  }
  if (first === undefined) return { problem: 'Dites quelle colonne compte les patients.' };
  if (specialty === undefined) return { mapping: { origin, destination, wide: patients } };
  if (patients.length > 1) {
    return {
      problem:
        'Une colonne donne la spécialité\u00a0: une seule peut compter les patients, ignorez les autres.',
    };
  }
  return { mapping: { origin, destination, specialty, patients: first } };
}
