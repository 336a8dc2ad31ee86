import type { Kysely } from 'kysely';
import type { ProposalParameters } from '../contracts/proposals.ts';
import { apportion, type Divided } from '../core/flows/apportion.ts';
import { type AsRead, namesWhatChanges, onUnitsOfNow } from '../core/proposal/as-read.ts';
import type { ProposalWishes } from '../core/proposal/wishes.ts';
import { borderRepository } from '../db/repositories/borders.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { divisionRepository } from '../db/repositories/divisions.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { type UnitColumns, unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';

/** What a run is computed from, with the numbers of the CPTS that it keeps. */
export interface ReadWishes {
  wishes: ProposalWishes;
  units: UnitColumns;
  /** number of each CPTS of `wishes.kept`, then of each draft held */
  kept: { cpts: number; units: string[] }[];
  asRead: AsRead;
}

/**
 * Reads what a run is computed from: flows and borders, then its scope, the CPTS and the plan that it
 * begins from as they are now, or as they were `then`.
 */
export async function readWishes(
  db: Kysely<Schema>,
  vintage: string,
  asked: ProposalParameters,
  then: AsRead | null = null,
): Promise<ReadWishes> {
  const units = await unitRepository(db).leaves(vintage);
  const divided = await divisionRepository(db).shares(vintage);
  const meant = leavesMeant(units, divided);
  const parameters = onLeaves(asked, meant);
  const { flowDataset, specialty, specialtyWeights, masked } = parameters;
  const borders = await borderRepository(db).columns(vintage);
  const byCommune = flowDataset
    ? await flowRepository(db).totals(flowDataset, specialty, masked, specialtyWeights)
    : { origin: [], destination: [], patients: [] };
  const flows = apportion(byCommune, divided);
  const loaded = new Set(units.code);
  const poles = await readPoles(db, vintage, parameters);
  const asRead = then ? onUnitsOfNow(then, meant) : await readNow(db, vintage, parameters, units);
  const { scope, kept, held, improved } = asRead;
  return {
    units,
    kept: [...kept, ...held],
    asRead,
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
      improved: improved && {
        label: labelled(improved, units.code),
        drafts: held.map((cpts) => cpts.units),
      },
    },
  };
}

/**
 * What a finished run was computed from, and whether it is what it was asked: a run of before that was
 * kept with it is read anew, from CPTS that may have been drawn otherwise since.
 */
export async function readAsAsked(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  parameters: ProposalParameters,
): Promise<ReadWishes & { asAsked: boolean }> {
  const then = await proposalRepository(db).asRead(id);
  const read = await readWishes(db, vintage, parameters, then);
  return { ...read, asAsked: then !== null || !namesWhatChanges(parameters) };
}

async function readNow(
  db: Kysely<Schema>,
  vintage: string,
  parameters: ProposalParameters,
  units: UnitColumns,
): Promise<AsRead> {
  const { improves } = parameters;
  const recognised = await cptsRepository(db).recognisedUnits(vintage);
  const drafts = improves ? await cptsRepository(db).unitsOf(improves.drafts) : [];
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
  const loaded = new Set(units.code);
  const held = drafts
    .filter(({ id }) => !isKept.has(id))
    .map(({ id, units: codes }) => ({
      cpts: id,
      units: codes.filter((code) => loaded.has(code)),
    }));
  const improved = improves ? await labelOf(db, improves.proposal, units.code) : null;
  return {
    scope,
    kept: kept.map(({ id, units: codes }) => ({ cpts: id, units: codes })),
    held,
    improved: improved?.some((territory) => territory >= 0)
      ? membersOf(improved, units.code)
      : null,
  };
}

function membersOf(label: Int32Array, code: readonly string[]): string[][] {
  const count = label.reduce((most, t) => Math.max(most, t + 1), 0);
  const members = Array.from({ length: count }, (): string[] => []);
  label.forEach((territory, u) => {
    members[territory]?.push(code[u]!);
  });
  return members;
}

function labelled(members: readonly (readonly string[])[], code: readonly string[]): Int32Array {
  const of = new Map(members.flatMap((codes, t) => codes.map((one): [string, number] => [one, t])));
  return Int32Array.from(code, (one) => of.get(one) ?? -1);
}

/**
 * Wishes about a divided commune are about each of its parts; one about a part that is no more is
 * about its commune, where that is whole again, and is dropped where it is not.
 */
function onLeaves(
  parameters: ProposalParameters,
  meant: (unit: string) => string[],
): ProposalParameters {
  const { together, apart, improves } = parameters;
  return {
    ...parameters,
    together: together
      .map((units) => [...new Set(units.flatMap(meant))])
      .filter((units) => units.length > 0),
    apart: apart.flatMap(([a, b]) =>
      meant(a).flatMap((x) =>
        meant(b).flatMap((y): [string, string][] => (x === y ? [] : [[x, y]])),
      ),
    ),
    ...(improves && {
      improves: {
        ...improves,
        locked: [...new Set(improves.locked.flatMap(meant))],
        changes: improves.changes.flatMap(({ unit, territory }) =>
          meant(unit).map((one) => ({ unit: one, territory })),
        ),
      },
    }),
  };
}

/** The units of now that one of then is about. */
function leavesMeant({ code }: UnitColumns, divided: readonly Divided[]) {
  const leaves = new Set(code);
  const parts = new Map(divided.map((one) => [one.commune, one.leaves.map((leaf) => leaf.code)]));
  return (unit: string): string[] => {
    if (leaves.has(unit)) return [unit];
    const commune = unit.slice(0, 5);
    return parts.get(unit) ?? (leaves.has(commune) ? [commune] : []);
  };
}

/** Poles are communes: the most populated part of a divided one stands for it. */
function standIns(poles: readonly string[], divided: readonly Divided[]): string[] {
  const parts = new Map(divided.map((one) => [one.commune, one.leaves]));
  return poles.map(
    (pole) =>
      parts.get(pole)?.reduce((most, leaf) => (leaf.share > most.share ? leaf : most)).code ?? pole,
  );
}

/** The poles of the analysis that a run means. */
export async function readPoles(
  db: Kysely<Schema>,
  vintage: string,
  { poleRun, specialty }: ProposalParameters,
): Promise<string[]> {
  const poles = poleRun ? await poleRepository(db).polesOf(poleRun, specialty) : [];
  return standIns(poles, await divisionRepository(db).shares(vintage));
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
