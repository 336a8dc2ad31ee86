import { expect, it } from 'vitest';
import type { Role } from '../../web/src/datasets/roles.ts';
import { blanksRemark } from '../../web/src/datasets/sample-blanks.ts';

const roles: Role[] = ['origin', 'destination', 'patients', 'patients', 'ignored'];

it('blank cells of patients are said to be masked ones, other blanks are not spoken of', () => {
  expect(blanksRemark([['45234', '45232', '12', ' ', 'x']], roles)).toMatch(/masquées, de 1 à 10/);
  expect(blanksRemark([['45234', '45232', '12']], roles)).toMatch(/masquées/);
  expect(blanksRemark([['45234', '', '12', 'NS', '']], roles)).toBeNull();
  expect(blanksRemark([], roles)).toBeNull();
});
