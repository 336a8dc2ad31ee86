import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Actor, localActor } from '../../../../server/core/accounts/actor.ts';
import { mayDecide, mayEdit } from '../../../../server/core/accounts/scope.ts';

const someone = (role: Actor['role'], more: Partial<Actor> = {}): Actor => ({
  account: 7,
  name: 'Camille',
  role,
  cpts: [],
  departments: [],
  ...more,
});
const codes = fc.uniqueArray(fc.constantFrom('18', '28', '36', '37', '41', '45'));

describe('who may edit a CPTS', () => {
  test('a reader never, a leader only theirs, the others any', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.nat(20), (cpts, id) => {
        expect(mayEdit(someone('reader', { cpts }), { id })).toBe(false);
        expect(mayEdit(someone('leader', { cpts }), { id })).toBe(cpts.indexOf(id) >= 0);
        for (const role of ['geographer', 'ars', 'administrator'] as const) {
          expect(mayEdit(someone(role), { id })).toBe(true);
        }
      }),
    );
  });

  test('whoever works at the machine may', () => {
    expect(mayEdit(localActor, { id: 1 })).toBe(true);
  });
});

describe('who may decide on a CPTS', () => {
  test('an officer where no department of the CPTS is another’s', () => {
    fc.assert(
      fc.property(codes, codes, (departments, ofCpts) => {
        const outside = new Set(ofCpts);
        for (const code of departments) outside.delete(code);
        expect(mayDecide(someone('ars', { departments }), ofCpts)).toBe(
          ofCpts.length > 0 && outside.size === 0,
        );
        expect(mayDecide(someone('ars', { departments: null }), ofCpts)).toBe(true);
        expect(mayDecide(someone('administrator', { departments }), ofCpts)).toBe(true);
      }),
    );
  });

  test('nobody else, wherever', () => {
    for (const role of ['reader', 'leader', 'geographer'] as const) {
      expect(mayDecide(someone(role, { departments: null, cpts: [1] }), ['45'])).toBe(false);
    }
  });
});
