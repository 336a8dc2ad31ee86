import { Type } from 'typebox';
import { CptsStatus } from './cpts.ts';
import { CptsStep, Day } from './cpts-life.ts';
import { VersionNumber } from './cpts-versions.ts';
import { Id, UnitCode } from './names.ts';

const Until = Type.Union([Day, Type.Null()], {
  description: 'first day when it was no longer so; null where it still is',
});

/** The life of a CPTS: its steps, and what it was and held from a day until another. */
export const CptsHistory = Type.Object({
  cpts: Type.Object({ id: Id, name: Type.String() }),
  steps: Type.Array(
    Type.Object({
      step: Type.Union([Type.Literal('create'), CptsStep]),
      status: CptsStatus,
      since: Day,
      by: Type.String(),
      at: Type.String({ description: 'when it was written down' }),
      reason: Type.String(),
    }),
    { description: 'the first step first' },
  ),
  phases: Type.Array(
    Type.Object({
      since: Day,
      until: Until,
      status: CptsStatus,
      recognised: Type.Boolean(),
      version: VersionNumber,
      units: Type.Integer({ description: 'how many it held' }),
    }),
    { description: 'the first first, each lasting a day at least' },
  ),
});
export type CptsHistory = Type.Static<typeof CptsHistory>;

/** Who held a unit, or parts of it, and since when; the latest first. */
export const UnitHistory = Type.Object({
  unit: Type.Object({ code: UnitCode, name: Type.String() }),
  holders: Type.Array(
    Type.Object({
      cpts: Type.Object({ id: Id, name: Type.String() }),
      since: Day,
      until: Until,
      status: CptsStatus,
      recognised: Type.Boolean(),
      units: Type.Array(UnitCode, {
        description: 'the unit; of a divided commune, those of its parts that were held',
      }),
    }),
  ),
});
export type UnitHistory = Type.Static<typeof UnitHistory>;
