import { Type } from 'typebox';
import { CptsStatus } from './cpts.ts';
import { Day } from './cpts-life.ts';
import { FlowsAsked, FlowsUsed, FlowWord } from './flow-words.ts';
import { DepartmentCode, Id, UnitCode } from './names.ts';

export const CoverageQuery = Type.Intersect([
  FlowsAsked,
  Type.Object({
    at: Type.Optional({
      ...Day,
      description: 'territories and steps as they were that day; inhabitants and flows are today’s',
    }),
    department: Type.Optional(
      Type.Intersect([DepartmentCode], {
        description: 'what touches this department; zones and territories are told whole',
      }),
    ),
  }),
]);
export type CoverageQuery = Type.Static<typeof CoverageQuery>;

const Held = Type.Object({
  units: Type.Integer(),
  population: Type.Integer(),
  share: Type.Union([Type.Number(), Type.Null()], {
    description: 'of the inhabitants, 0 to 1; null where nobody lives',
  }),
});
const shares = {
  units: Type.Integer(),
  population: Type.Integer(),
  recognised: Held,
  inProject: Type.Intersect([Held], { description: 'held only by open CPTS not recognised' }),
  uncovered: Type.Intersect([Held], { description: 'held by no open CPTS' }),
};

const CptsName = Type.Object({ id: Id, name: Type.String(), status: CptsStatus });

const Zone = Type.Object({
  units: Type.Array(UnitCode, { description: 'they hang together, by code' }),
  population: Type.Integer(),
  areaKm2: Type.Number(),
  departments: Type.Array(DepartmentCode),
  patients: Type.Number({ description: 'patients a year living in the zone, wherever treated' }),
  inside: Type.Number({ description: 'of them, treated in the zone' }),
  receiver: Type.Union(
    [
      Type.Object({
        cpts: CptsName,
        patients: Type.Number({ description: 'patients of the zone treated in its territory' }),
        share: Type.Number({ description: 'of the patients of the zone, 0 to 1' }),
        tie: Type.Boolean({
          description: 'another open CPTS receives as many; the older is named',
        }),
      }),
      Type.Null(),
    ],
    { description: 'the open CPTS that receives most of the patients of the zone' },
  ),
  flows: FlowWord,
});

const Territory = Type.Object({
  cpts: CptsName,
  population: Type.Integer(),
  departments: Type.Array(DepartmentCode),
  band: Type.Union([Type.Literal('below'), Type.Literal('in'), Type.Literal('above')], {
    description: 'against 30,000 to 100,000 inhabitants',
  }),
  pieces: Type.Integer({ description: 'connected pieces' }),
  encloses: Type.Array(CptsName, {
    description: 'open CPTS whose every unit outside this one lies in its holes',
  }),
  uncoveredInside: Type.Object({
    units: Type.Array(UnitCode, { description: 'in its holes and held by no open CPTS' }),
    population: Type.Integer(),
  }),
});

/** How the region is covered by open CPTS. */
export const Coverage = Type.Object({
  ...FlowsUsed.properties,
  all: Type.Object(shares, { description: 'the sum of `departments`' }),
  departments: Type.Array(Type.Object({ code: DepartmentCode, ...shares })),
  zones: Type.Array(Zone, { description: 'zones blanches, the most populated first' }),
  territories: Type.Array(Territory, {
    description:
      'open CPTS out of the band, in several pieces, or enclosing another or uncovered ground; by number',
  }),
});
export type Coverage = Type.Static<typeof Coverage>;
