import type { PlaceNames, UnitGraph } from '../contracts/units.ts';
import type { OfficialNames } from '../workers/official-names.ts';
import { runTask } from '../workers/task.ts';
import type { KeptAnswers } from './kept-answers.ts';

/** Read once: the official lists are megabytes, and never change while the program runs. */
let official: Promise<OfficialNames> | null = null;

/** `PlaceNames` of a region as gzipped JSON: they never change for it. */
export const keptPlaceNames = (answers: KeptAnswers, graph: UnitGraph): Promise<Buffer> =>
  answers.gzipped('place-names', () => placeNames(graph));

/** Postal codes, names of EPCI and of departments from the official lists; empty where those don't know a code. */
async function placeNames({ vintage, units }: UnitGraph): Promise<PlaceNames> {
  official ??= runTask<null, OfficialNames>(
    new URL('../workers/official-names.ts', import.meta.url),
    null,
  );
  const { postalOf, epciOf, departmentOf } = await official.catch((error) => {
    official = null;
    throw error;
  });
  const codes = [...new Set(units.epci)].filter((code) => code !== null).sort();
  const departments = [...new Set(units.department)].sort();
  return {
    vintage,
    postal: units.code.map((code) => postalOf.get(code) ?? ''),
    epci: { code: codes, name: codes.map((code) => epciOf.get(code) ?? '') },
    department: {
      code: departments,
      name: departments.map((code) => departmentOf.get(code) ?? ''),
    },
  };
}
