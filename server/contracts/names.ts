import { Type } from 'typebox';

/**
 * INSEE code of a commune (2A004, 97105), or of what it is divided into: an IRIS has nine
 * characters, a sector of ours letters after a dash (45234-A).
 */
export const UnitCode = Type.String({
  pattern: '^[0-9][0-9AB][0-9]{3}([0-9]{4}|-[A-Z]{1,2})?$',
});

/** Code of a department: 45, 2A, 974. */
export const DepartmentCode = Type.String({ pattern: '^[0-9][0-9AB][0-9]?$' });

/** `all`, or the key of a specialty such as `cardiologie`. */
export const SpecialtyKey = Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' });

/** Identifier of a dataset, run or CPTS. */
export const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** One specialty, or every one. */
export const SpecialtyChoice = Type.Union([Type.Literal('all'), SpecialtyKey], { default: 'all' });

/** Patients that a masked cell, which holds 1 to 10, counts as. */
export const MaskedCount = Type.Union([Type.Literal(0), Type.Literal(5), Type.Literal(10)], {
  default: 5,
  description: 'patients a masked cell (1 to 10 patients) counts as',
});
export type MaskedCount = Type.Static<typeof MaskedCount>;
