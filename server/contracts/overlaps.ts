import { Type } from 'typebox';
import { CptsStatus } from './cpts.ts';
import { Id, UnitCode } from './names.ts';
import { Page } from './paging.ts';

const Side = Type.Object({
  id: Id,
  name: Type.String(),
  status: CptsStatus,
  population: Type.Integer(),
});

/** Two open CPTS that share units; `a.id` < `b.id`. Largest shared population first. */
export const Overlap = Type.Object({
  a: Side,
  b: Side,
  units: Type.Array(
    Type.Object({ code: UnitCode, name: Type.String(), population: Type.Integer() }),
  ),
  population: Type.Integer({ description: 'inhabitants of the shared units' }),
  areaKm2: Type.Number(),
});
export type Overlap = Type.Static<typeof Overlap>;
export const OverlapPage = Page(Overlap);
export type OverlapPage = Type.Static<typeof OverlapPage>;
