import type { Cpts } from '../../../../server/contracts/cpts.ts';
import type { CptsStep } from '../../../../server/contracts/cpts-life.ts';
import { acceptVersion, refuseVersion, takeStep } from '../../api/control.ts';
import { decide } from '../cpts.ts';

export interface Said {
  /** when it took effect; today when absent */
  on?: string;
  reason?: string;
}

const named = ({ name }: Cpts) => `CPTS «\u00a0${name}\u00a0»`;

/** What is announced once a step is taken. */
const doneWords: Record<CptsStep, string> = {
  send_letter: 'lettre d’intention notée',
  accept_territory: 'territoire accepté',
  deposit_project: 'projet de santé déposé',
  validate_project: 'projet de santé validé',
  oppose: 'opposition notée',
  sign_contract: 'contrat ACI signé',
  withdraw: 'renvoyée à son porteur',
  close: 'close',
};

export const take = (cpts: Cpts, step: CptsStep, said: Said) =>
  decide(
    cpts,
    () => takeStep(cpts.id, { step, ...said }),
    `${named(cpts)}\u00a0: ${doneWords[step]}.`,
  );

export const accept = (cpts: Cpts, number: number) =>
  decide(
    cpts,
    () => acceptVersion(cpts.id, number),
    `${named(cpts)}\u00a0: version ${number} acceptée.`,
  );

export const refuse = (cpts: Cpts, number: number, reason: string) =>
  decide(
    cpts,
    () => refuseVersion(cpts.id, number, reason),
    `${named(cpts)}\u00a0: version ${number} renvoyée avec son motif.`,
  );
