import { type OpenStep, openSteps } from '../life/open-steps.ts';

/** What the ARS has said of a territory: nothing yet, asked, accepted. */
export type Standing = 'draft' | 'deposited' | 'recognised';

export const standingOf: Record<OpenStep, Standing> = {
  idea: 'draft',
  letter_of_intent: 'deposited',
  territory_accepted: 'recognised',
  project_submitted: 'recognised',
  project_validated: 'recognised',
  aci_signed: 'recognised',
};

/**
 * How grave it is that two open CPTS share units, the gravest first. Two recognised: impossible, the
 * database refuses it. One recognised and one deposited: the latter cannot be accepted as it is. Two
 * deposited: of both, one will be refused. With a draft, its leaders have time to agree.
 */
export const severities = [
  'two_recognised',
  'recognised_deposited',
  'two_deposited',
  'recognised_draft',
  'deposited_draft',
  'two_drafts',
] as const;
export type Severity = (typeof severities)[number];

/** Severities as they are called in the page. */
export const severityLabels: Record<Severity, string> = {
  two_recognised: 'Deux reconnues',
  recognised_deposited: 'Reconnue et déposée',
  two_deposited: 'Deux déposées',
  recognised_draft: 'Reconnue et brouillon',
  deposited_draft: 'Déposée et brouillon',
  two_drafts: 'Deux brouillons',
};

const between: Record<Standing, Record<Standing, Severity>> = {
  recognised: {
    recognised: 'two_recognised',
    deposited: 'recognised_deposited',
    draft: 'recognised_draft',
  },
  deposited: {
    recognised: 'recognised_deposited',
    deposited: 'two_deposited',
    draft: 'deposited_draft',
  },
  draft: { recognised: 'recognised_draft', deposited: 'deposited_draft', draft: 'two_drafts' },
};

export function severityOf(a: OpenStep, b: OpenStep): Severity {
  return between[standingOf[a]][standingOf[b]];
}

/** Which of two CPTS is further on its way: above 0 for a, below 0 for b, 0 for neither. */
export function furtherStep(a: OpenStep, b: OpenStep): number {
  return openSteps.indexOf(a) - openSteps.indexOf(b);
}

/** The severity of every pair of steps, in columns, with its rank: 0 is the gravest. */
export function severityTable(): { a: string[]; b: string[]; severity: string[]; rank: number[] } {
  const pairs = openSteps.flatMap((a) =>
    openSteps.map((b) => ({ a, b, severity: severityOf(a, b) })),
  );
  return {
    a: pairs.map(({ a }) => a),
    b: pairs.map(({ b }) => b),
    severity: pairs.map(({ severity }) => severity),
    rank: pairs.map(({ severity }) => severities.indexOf(severity)),
  };
}
