import type { CptsStatus } from '../../contracts/cpts.ts';
import type { CptsStep } from '../../contracts/cpts-life.ts';
import type { Role } from '../accounts/actor.ts';

/**
 * Whose part a step is: a leader's, for the CPTS they lead, or that of whoever decides (the ARS where
 * its departments are, an administrator). What a leader sends, an officer may write down: it often
 * comes on paper.
 */
type Part = 'leads' | 'decides';

interface StepRule {
  /** what the CPTS becomes, from each status that the step may be taken in */
  to: Partial<Record<CptsStatus, CptsStatus>>;
  /** `leads` where a leader may take it in that status; whoever decides always may */
  leader: readonly CptsStatus[];
  /** a sentence must say why */
  reason: boolean;
}

/**
 * Steps of a CPTS (art. L. 1434-12 CSP; ADR 12). An opposition is founded on the territory: the CPTS
 * is back before its acceptance, and no longer recognised.
 */
export const stepRules: Record<CptsStep, StepRule> = {
  send_letter: { to: { idea: 'letter_of_intent' }, leader: ['idea'], reason: false },
  accept_territory: {
    to: { idea: 'territory_accepted', letter_of_intent: 'territory_accepted' },
    leader: [],
    reason: false,
  },
  deposit_project: {
    to: { territory_accepted: 'project_submitted' },
    leader: ['territory_accepted'],
    reason: false,
  },
  validate_project: {
    to: { project_submitted: 'project_validated' },
    leader: [],
    reason: false,
  },
  oppose: { to: { project_submitted: 'letter_of_intent' }, leader: [], reason: true },
  sign_contract: { to: { project_validated: 'aci_signed' }, leader: [], reason: false },
  withdraw: {
    to: { letter_of_intent: 'idea', project_submitted: 'territory_accepted' },
    leader: ['letter_of_intent', 'project_submitted'],
    reason: false,
  },
  close: {
    to: {
      idea: 'closed',
      letter_of_intent: 'closed',
      territory_accepted: 'closed',
      project_submitted: 'closed',
      project_validated: 'closed',
      aci_signed: 'closed',
    },
    leader: ['idea', 'letter_of_intent'],
    reason: false,
  },
};

const steps = Object.keys(stepRules) as CptsStep[];

/** Whose part it is to take a step in a status; null where it cannot be taken. */
export function partIn(step: CptsStep, status: CptsStatus): Part | null {
  const { to, leader } = stepRules[step];
  if (!to[status]) return null;
  return leader.includes(status) ? 'leads' : 'decides';
}

/** Steps that a role may take in a status, where the CPTS is within its reach. */
export function stepsOf(role: Role, status: CptsStatus): CptsStep[] {
  return steps.filter((step) => {
    const part = partIn(step, status);
    if (part === null) return false;
    if (role === 'ars' || role === 'administrator') return true;
    return role === 'leader' && part === 'leads';
  });
}

/** Whether the territory of a CPTS is its own, and nobody else's. */
export function isRecognised(status: CptsStatus): boolean {
  switch (status) {
    case 'territory_accepted':
    case 'project_submitted':
    case 'project_validated':
    case 'aci_signed':
      return true;
    default:
      return false;
  }
}
