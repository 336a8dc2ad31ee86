import type { Cpts } from '../../../../server/contracts/cpts.ts';
import type { CptsStep } from '../../../../server/contracts/cpts-life.ts';
import { partIn, stepsOf } from '../../../../server/core/life/steps.ts';
import { actor, can, mayDecide, mayEdit } from '../people.ts';

/** Whether whoever works here decides on a CPTS: what they may not do is not offered. */
export const decidesOn = ({ departments }: Pick<Cpts, 'departments'>): boolean =>
  can('decide') && mayDecide(departments);

export const edits = (cpts: Cpts): boolean => can('draw') && mayEdit(cpts);

/** Steps that they may take with a CPTS as it is. */
export function stepsFor(cpts: Cpts): CptsStep[] {
  return stepsOf(actor.value.role, cpts.status).filter(
    (step) => decidesOn(cpts) || (partIn(step, cpts.status) === 'leads' && edits(cpts)),
  );
}
