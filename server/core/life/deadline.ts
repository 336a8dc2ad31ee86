import type { CptsStatus } from '../../contracts/cpts.ts';
import { type Day, monthsAfter } from './days.ts';

/** Months that the ARS has to oppose, from the day the project was deposited (art. L. 1434-12 CSP). */
const MONTHS_TO_OPPOSE = 2;

/**
 * The last day to oppose a deposited project: it is deemed validated when that day has passed, with
 * effect from it.
 */
export function lastDayToOppose(deposited: Day): Day {
  return monthsAfter(deposited, MONTHS_TO_OPPOSE);
}

/** When a CPTS will be deemed validated, null where no project of it waits. */
export function deemedValidatedOn(status: CptsStatus, since: Day): Day | null {
  return status === 'project_submitted' ? lastDayToOppose(since) : null;
}
