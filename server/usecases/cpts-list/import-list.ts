import type { Kysely } from 'kysely';
import type { CptsStep } from '../../contracts/cpts-life.ts';
import type {
  ImportCptsList,
  ImportedCptsList,
  ImportedStatus,
  ListConflict,
} from '../../contracts/cpts-lists.ts';
import { type Actor, roleLabels } from '../../core/accounts/actor.ts';
import { leaderOf, mayDecide } from '../../core/accounts/scope.ts';
import { foldName } from '../../core/fold-name.ts';
import { counted, frenchNumber } from '../../core/french.ts';
import { type Day, parisDay } from '../../core/life/days.ts';
import { isRecognised } from '../../core/life/steps.ts';
import { cptsRepository } from '../../db/repositories/cpts.ts';
import { cptsLifeRepository } from '../../db/repositories/cpts-life.ts';
import { type Place, unitRepository } from '../../db/repositories/units.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { completeSaved } from '../complete-versions.ts';
import { refuseUnknownUnits } from '../create-cpts.ts';
import { createIdeas } from '../create-several-cpts.ts';
import { takeStepIn } from '../life/take-step.ts';
import { leavesOfPlaces } from './leaves-of-places.ts';
import { listConflicts } from './list-conflicts.ts';

/** Steps from the idea to each status. */
const stepsTo: Record<ImportedStatus, CptsStep[]> = {
  idea: [],
  letter_of_intent: ['send_letter'],
  territory_accepted: ['accept_territory'],
  project_submitted: ['accept_territory', 'deposit_project'],
  project_validated: ['accept_territory', 'deposit_project', 'validate_project'],
  aci_signed: ['accept_territory', 'deposit_project', 'validate_project', 'sign_contract'],
};

/**
 * Makes CPTS of a list that a person decided on, each in its step since its day: all or none. Those
 * whose name an open CPTS bears are skipped, unless asked again.
 *
 * @throws DomainError `unknown_units`; `forbidden`, `invalid_day`; `territory_conflict`, whose details
 *   are `ListConflict`s; `divided_meanwhile`
 */
export async function importCptsList(
  db: Kysely<Schema>,
  vintage: string,
  { cpts, file }: ImportCptsList,
  actor: Actor,
  today: Day = parisDay(new Date()),
): Promise<ImportedCptsList> {
  await refuseUnknownUnits(db, vintage, [...new Set(cpts.flatMap(({ units }) => units))]);
  const result = await db.transaction().execute(async (tx): Promise<ImportedCptsList> => {
    // Names and territories are looked at in the turn: a list sent twice is imported once.
    await cptsLifeRepository(tx).takeTurn();
    const places = await unitRepository(tx).places(vintage);
    const open = await cptsRepository(tx).openIn(vintage);
    const named = new Map(open.map(({ id, name }) => [foldName(name), { cpts: id, name }]));
    const known = cpts.map(({ name, again }) => (again ? undefined : named.get(foldName(name))));
    const leaves = leavesOfPlaces(places);
    const wanted = cpts
      .filter((_, k) => known[k] === undefined)
      .map(({ name, units, status, on }) => ({
        name: name.trim(),
        units: leaves(units),
        status,
        on,
      }));
    refuseOthers(actor, wanted, places);
    const recognised = wanted.filter(({ status }) => isRecognised(status));
    refuseListConflicts(listConflicts(recognised, open, places));
    const ids = await createIdeas(
      tx,
      {
        names: wanted.map(({ name }) => name),
        lists: wanted.map(({ units }) => units),
        leader: leaderOf(actor),
        ...(file && { file }),
      },
      { actor: actor.name, on: today },
    );
    for (const [k, { status, on = today }] of wanted.entries()) {
      for (const step of stepsTo[status]) {
        await takeStepIn(tx, ids[k]!, { step, on }, actor, today);
      }
    }
    return {
      created: ids.map((id, k) => ({ cpts: id, name: wanted[k]!.name })),
      skipped: known.filter((one) => one !== undefined),
    };
  });
  await completeSaved(
    db,
    vintage,
    result.created.map(({ cpts: id }) => id),
  );
  return result;
}

/** @throws DomainError `forbidden` where a step is a decision outside the departments of the actor */
function refuseOthers(
  actor: Actor,
  wanted: readonly { name: string; units: string[]; status: ImportedStatus }[],
  places: readonly Place[],
): void {
  const departmentOf = new Map(places.map(({ code, department }) => [code, department]));
  for (const { name, units, status } of wanted) {
    const departments = [...new Set(units.map((code) => departmentOf.get(code)!))];
    if (status === 'idea' || mayDecide(actor, departments)) continue;
    throw new DomainError(
      'forbidden',
      `«\u00a0${name}\u00a0» est dans les départements ${departments.join(', ')}, où votre rôle (${roleLabels[actor.role]}) ne décide pas : importez-la à l’étape Idée, ou laissez-la à leur ARS.`,
      { name, departments },
    );
  }
}

function refuseListConflicts(conflicts: ListConflict[]): void {
  const [first, ...others] = conflicts;
  if (!first) return;
  const { wanted, cpts, units, population } = first;
  const where = cpts.id === null ? 'de la même liste' : 'déjà reconnue';
  const more = others.length > 0 ? ` ${counted(others.length, 'autre conflit')} à régler.` : '';
  throw new DomainError(
    'territory_conflict',
    `«\u00a0${wanted}\u00a0» et «\u00a0${cpts.name}\u00a0», ${where}, tiennent toutes deux ${counted(units.length, 'commune')} (${units
      .slice(0, 3)
      .map(({ name }) => name)
      .join(
        ', ',
      )}${units.length > 3 ? '…' : ''}), ${frenchNumber(population)}\u00a0habitants : rien n’a été importé. Corrigez la liste, ou importez l’une à l’étape Idée.${more}`,
    conflicts,
  );
}
