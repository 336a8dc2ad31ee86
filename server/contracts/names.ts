import { Type } from 'typebox';

/** INSEE code of a commune (2A004, 97105) or of a sub-commune unit (IRIS: nine characters). */
export const UnitCode = Type.String({ pattern: '^[0-9][0-9AB][0-9]{3}([0-9]{4})?$' });

/** `all`, or the key of a specialty such as `cardiologie`. */
export const SpecialtyKey = Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' });

/** Identifier of a dataset, run or CPTS. */
export const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
