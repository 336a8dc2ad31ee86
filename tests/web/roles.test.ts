import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mappingOf, type Role, rolesOf, withRole } from '../../web/src/datasets/roles.ts';

const columns = ['res', 'soins', 'spe', 'nb', 'libelle'];
const long = { origin: 'res', destination: 'soins', specialty: 'spe', patients: 'nb' };

describe('the roles of the columns of an extract', () => {
  it('are those of a mapping, and make it again', () => {
    const roles = rolesOf(columns, long);
    expect(roles).toEqual(['origin', 'destination', 'specialty', 'patients', 'ignored']);
    expect(mappingOf(columns, roles)).toEqual({ mapping: long });
    const wide = { origin: 'res', destination: 'soins', wide: ['spe', 'nb'] };
    expect(mappingOf(columns, rolesOf(columns, wide))).toEqual({ mapping: wide });
  });

  it('move from one column to another where there can be one only', () => {
    const roles = withRole(rolesOf(columns, long), 4, 'origin');
    expect(roles).toEqual(['ignored', 'destination', 'specialty', 'patients', 'origin']);
    expect(withRole(roles, 0, 'patients').filter((role) => role === 'patients')).toHaveLength(2);
  });

  it.each<[Role, number, string]>([
    ['ignored', 0, 'commune de résidence'],
    ['ignored', 1, 'commune de soins'],
    ['ignored', 3, 'compte les patients'],
    ['patients', 4, 'une seule'],
  ])('say what is still to choose: %s for column %i', (role, column, piece) => {
    const made = mappingOf(columns, withRole(rolesOf(columns, long), column, role));
    expect(made).toEqual({ problem: expect.stringContaining(piece) });
  });

  it('whatever one chooses, make a mapping of different columns or a sentence', () => {
    const role = fc.constantFrom<Role>('origin', 'destination', 'specialty', 'patients', 'ignored');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), role), { maxLength: 12 }), (choices) => {
        const start = columns.map((): Role => 'ignored');
        const roles = choices.reduce((now, [at, given]) => withRole(now, at, given), start);
        const made = mappingOf(columns, roles);
        if ('problem' in made) {
          expect(made.problem).toMatch(/\.$/);
          return;
        }
        const { origin, destination, specialty, patients, wide } = made.mapping;
        const used = [origin, destination, specialty, patients, ...(wide ?? [])].filter(Boolean);
        expect(new Set(used).size).toBe(used.length);
        expect(rolesOf(columns, made.mapping)).toEqual(roles);
      }),
      { seed: 4 },
    );
  });
});
