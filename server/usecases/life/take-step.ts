import type { Kysely } from 'kysely';
import type { Cpts } from '../../contracts/cpts.ts';
import type { CptsStep, TakeStep } from '../../contracts/cpts-life.ts';
import { type Actor, roleLabels } from '../../core/accounts/actor.ts';
import { mayDecide, mayEdit } from '../../core/accounts/scope.ts';
import { cptsStatusLabels } from '../../core/cpts-status-labels.ts';
import { type Day, frenchDay, isDay, parisDay } from '../../core/life/days.ts';
import { lastDayToOppose } from '../../core/life/deadline.ts';
import { stepLabels } from '../../core/life/step-labels.ts';
import { isRecognised, partIn, stepRules, stepsOf } from '../../core/life/steps.ts';
import { cptsLifeRepository, type HeldCpts } from '../../db/repositories/cpts-life.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { knownCpts, unknownCpts } from '../known-cpts.ts';
import { dropPending } from './drop-version.ts';
import { refuseConflicts, refusePastConflicts, underTheIndex } from './territory-conflict.ts';

/**
 * Takes a step in the life of a CPTS. Who may take which, and what it becomes, is in
 * `core/life/steps.ts`; the day is not in the future, nor before the present step's.
 *
 * @throws DomainError `unknown_cpts`; `step_not_allowed`, whose details name the steps that are;
 *   `forbidden`, `invalid_day`, `reason_required`, `territory_conflict`
 */
export async function takeStep(
  db: Kysely<Schema>,
  id: number,
  wanted: TakeStep,
  actor: Actor,
  today: Day = parisDay(new Date()),
): Promise<Cpts> {
  return db.transaction().execute(async (tx) => {
    await takeStepIn(tx, id, wanted, actor, today);
    return knownCpts(tx, id);
  });
}

/** The same inside a transaction that does more. */
export async function takeStepIn(
  tx: Kysely<Schema>,
  id: number,
  { step, on, reason = '' }: TakeStep,
  actor: Actor,
  today: Day,
): Promise<void> {
  const life = cptsLifeRepository(tx);
  await life.takeTurn();
  const [held] = await life.hold([id]);
  if (!held) throw unknownCpts(id);
  await refuseStep(tx, held, step, actor);
  const said = reason.trim();
  if (stepRules[step].reason && said.length < 2) throw reasonRequired(stepLabels[step]);
  const since = await effectiveDay(tx, held, step, on ?? today, today);
  await enterStep(tx, held, { step, since, reason: said }, actor.name);
}

interface Entered {
  step: CptsStep;
  since: Day;
  reason: string;
}

/** Writes a step that may be taken, with what follows from it. Belongs in the turn to decide. */
export async function enterStep(
  tx: Kysely<Schema>,
  held: HeldCpts,
  { step, since, reason }: Entered,
  actor: string,
): Promise<void> {
  const { id, status: before, version, units } = held;
  const life = cptsLifeRepository(tx);
  const status = stepRules[step].to[before]!;
  const ends = status === 'closed' || (isRecognised(before) && !isRecognised(status));
  if (ends) await dropPending(tx, id, 'withdrawn', stepLabels[step], actor);
  if (isRecognised(status) && !isRecognised(before)) {
    refuseConflicts(await life.conflicts(id, units));
    refusePastConflicts(await life.pastConflicts(id, units, since));
  }
  if (!isRecognised(before)) await life.countFrom(id, since);
  await underTheIndex(life.enter(id, { step, status, since, actor, reason }));
  if (step === 'oppose') await life.setOpposition(id, { reason, on: since, by: actor });
  if (step === 'accept_territory') await life.setOpposition(id, null);
  await eventRepository(tx).record({
    actor,
    verb: step,
    subject: `cpts/${id}`,
    before: { status: before, since: held.since },
    after: { status, since, version, ...(reason && { reason }) },
  });
}

/** @throws DomainError `step_not_allowed`, `forbidden` */
async function refuseStep(
  tx: Kysely<Schema>,
  { id, name, status, units }: HeldCpts,
  step: CptsStep,
  actor: Actor,
): Promise<void> {
  const part = partIn(step, status);
  if (part === null) {
    const allowed = stepsOf(actor.role, status);
    const labels = allowed.map((one) => `«\u00a0${stepLabels[one]}\u00a0»`);
    throw new DomainError(
      'step_not_allowed',
      `La CPTS «\u00a0${name}\u00a0» est à l’étape «\u00a0${cptsStatusLabels[status]}\u00a0» : «\u00a0${stepLabels[step]}\u00a0» n’y est pas possible. ${labels.length > 0 ? `Vous pouvez : ${labels.join(', ')}.` : 'Elle n’attend rien de vous.'}`,
      { status, allowed },
    );
  }
  if (mayDecide(actor, await cptsLifeRepository(tx).departmentsOf(units))) return;
  if (part === 'leads' && actor.role === 'leader' && mayEdit(actor, { id })) return;
  throw new DomainError(
    'forbidden',
    `«\u00a0${stepLabels[step]}\u00a0» revient ${part === 'leads' ? 'au porteur de cette CPTS ou ' : ''}à l’ARS de ses départements : votre rôle (${roleLabels[actor.role]}) ne le permet pas ici.`,
  );
}

/** @throws DomainError `invalid_day` */
async function effectiveDay(
  tx: Kysely<Schema>,
  { id, name, status, since }: HeldCpts,
  step: CptsStep,
  on: Day,
  today: Day,
): Promise<Day> {
  // What is drawn today may have been sent or accepted long ago: a creation has no day of its own.
  const isFirst = (await cptsLifeRepository(tx).stepsTaken(id)) === 1;
  const earliest = isFirst ? null : since;
  const latest =
    step === 'oppose' && lastDayToOppose(since) < today ? lastDayToOppose(since) : today;
  if (isDay(on) && on <= latest && (earliest === null || on >= earliest)) return on;
  const from = earliest ? `du ${frenchDay(earliest)} (étape précédente) ` : '';
  const reason = latest < today ? ' (le délai pour s’opposer s’y termine)' : '';
  throw new DomainError(
    'invalid_day',
    `«\u00a0${stepLabels[step]}\u00a0» pour «\u00a0${name}\u00a0» (${cptsStatusLabels[status].toLowerCase()}) ne peut pas être daté du ${isDay(on) ? frenchDay(on) : `«\u00a0${on}\u00a0»`} : indiquez un jour ${from}${from ? 'au' : 'jusqu’au'} ${frenchDay(latest)}${reason}.`,
    { on, earliest, latest },
  );
}

export function reasonRequired(what: string): DomainError {
  return new DomainError(
    'reason_required',
    `«\u00a0${what}\u00a0» demande un motif, que le porteur lira : écrivez-le en quelques mots.`,
  );
}
