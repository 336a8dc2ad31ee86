import type { Kysely } from 'kysely';
import type { ProposalParameters } from '../contracts/proposals.ts';
import type { ProposalWishes } from '../core/proposal/wishes.ts';
import { borderRepository } from '../db/repositories/borders.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { type UnitColumns, unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';

/** What a run is computed from, read anew, with the numbers of the CPTS that it keeps. */
export interface ReadWishes {
  wishes: ProposalWishes;
  units: UnitColumns;
  /** number of each CPTS of `wishes.kept`, then of each draft held */
  kept: { cpts: number; units: string[] }[];
}

export async function readWishes(
  db: Kysely<Schema>,
  vintage: string,
  parameters: ProposalParameters,
): Promise<ReadWishes> {
  const { flowDataset, specialty, specialtyWeights, masked, improves, poleRun } = parameters;
  const units = await unitRepository(db).columns(vintage);
  const borders = await borderRepository(db).columns(vintage);
  const flows = flowDataset
    ? await flowRepository(db).totals(flowDataset, specialty, masked, specialtyWeights)
    : { origin: [], destination: [], patients: [] };
  const recognised = await cptsRepository(db).recognisedUnits(vintage);
  const loaded = new Set(units.code);
  const drafts = improves ? await cptsRepository(db).unitsOf(improves.drafts) : [];
  const poles = poleRun ? await poleRepository(db).polesOf(poleRun, specialty) : [];
  const scope = scopeOf(
    parameters,
    units,
    recognised.flatMap((cpts) => cpts.units),
  );
  const within = new Set(scope ?? units.code);
  // « Compléter la carte » shows the CPTS that are kept beside what completes them.
  const everyCpts = parameters.scope.kind !== 'departments';
  const kept = parameters.keepCpts
    ? recognised.filter((cpts) => everyCpts || cpts.units.some((code) => within.has(code)))
    : [];
  const isKept = new Set(kept.map(({ id }) => id));
  const held = drafts
    .filter(({ id }) => !isKept.has(id))
    .map(({ id, units: codes }) => ({ id, units: codes.filter((code) => loaded.has(code)) }));
  const improved = improves ? await labelOf(db, improves.proposal, units.code) : null;
  return {
    units,
    kept: [...kept, ...held].map(({ id, units: codes }) => ({ cpts: id, units: codes })),
    wishes: {
      columns: {
        code: units.code,
        population: units.population,
        epci: units.epci,
        borders,
        flows,
      },
      parameters,
      walls: parameters.walls === 'none' ? null : units[parameters.walls],
      scope,
      kept: kept.map((cpts) => cpts.units),
      poles: poles.filter((code) => loaded.has(code)),
      improved: improved?.some((territory) => territory >= 0)
        ? { label: improved, drafts: held.map((cpts) => cpts.units) }
        : null,
    },
  };
}

/** The territory of each unit in a finished run, -1 where it is in none. */
export async function labelOf(
  db: Kysely<Schema>,
  run: number,
  code: readonly string[],
): Promise<Int32Array> {
  const { unit, territory } = await proposalRepository(db).members(run);
  const of = new Map(unit.map((one, k) => [one, territory[k]!]));
  return Int32Array.from(code, (one) => of.get(one) ?? -1);
}

function scopeOf(
  { scope }: ProposalParameters,
  { code, department }: UnitColumns,
  covered: readonly string[],
): string[] | null {
  if (scope.kind === 'all') return null;
  if (scope.kind === 'departments') {
    const wanted = new Set(scope.codes);
    return code.filter((_, u) => wanted.has(department[u]!));
  }
  const taken = new Set(covered);
  return code.filter((one) => !taken.has(one));
}
