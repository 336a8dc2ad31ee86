import type { ComponentChildren } from 'preact';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import type { CptsStep } from '../../../../../server/contracts/cpts-life.ts';
import { frenchDay } from '../../../../../server/core/life/days.ts';
import { lastDayToOppose } from '../../../../../server/core/life/deadline.ts';
import { stepLabels } from '../../../../../server/core/life/step-labels.ts';
import { isRecognised, stepRules } from '../../../../../server/core/life/steps.ts';
import { statusLabels } from '../../../french/labels.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { type Said, take } from '../../../state/control/decisions.ts';
import { decidesOn, stepsFor } from '../../../state/control/rights.ts';
import { today } from '../../../state/control/then.ts';
import { openCpts, sharedWith } from '../../../state/cpts.ts';
import { type Region, unitsOf } from '../../../state/region.ts';

/** A decision that may be taken, and what is said of it before it is. */
export interface Choice {
  key: string;
  label: string;
  confirm: string;
  question: string;
  /** what changes and for whom, a sentence each */
  effects: ComponentChildren[];
  reason: 'required' | null;
  /** whether the day it took effect may be another than today */
  dated: boolean;
  /** the one that is likely wanted */
  primary?: boolean;
  act(said: Said): Promise<boolean>;
}

const confirms: Record<CptsStep, string> = {
  send_letter: 'Confirmer la lettre d’intention',
  accept_territory: 'Confirmer l’acceptation',
  deposit_project: 'Confirmer le dépôt',
  validate_project: 'Confirmer la validation',
  oppose: 'Confirmer l’opposition',
  sign_contract: 'Confirmer la signature',
  withdraw: 'Confirmer le renvoi',
  close: 'Confirmer la clôture',
};

const primary: readonly CptsStep[] = [
  'accept_territory',
  'deposit_project',
  'validate_project',
  'sign_contract',
];

/** The steps that whoever works here may take with a CPTS, as decisions. */
export function stepChoices(region: Region, cpts: Cpts): Choice[] {
  return stepsFor(cpts).map((step) => {
    const label = labelOf(step, cpts);
    return {
      key: step,
      label,
      confirm: confirms[step],
      question: `${label}\u00a0: «\u00a0${cpts.name}\u00a0»\u00a0?`,
      effects: effectsOf(region, cpts, step),
      reason:
        stepRules[step].reason || (step === 'withdraw' && decidesOn(cpts)) ? 'required' : null,
      dated: true,
      ...(primary.includes(step) && { primary: true }),
      act: (said) => take(cpts, step, said),
    };
  });
}

/** What a leader takes back, whoever decides sends back. */
function labelOf(step: CptsStep, cpts: Cpts): string {
  return step === 'withdraw' && decidesOn(cpts) ? 'Demander des changements' : stepLabels[step];
}

function effectsOf(region: Region, cpts: Cpts, step: CptsStep): ComponentChildren[] {
  const { status, units, population } = cpts;
  const becomes = stepRules[step].to[status]!;
  const held = `${counted(units.length, 'commune')} et ${formatInhabitants(population)}`;
  const next = `Son étape devient «\u00a0${statusLabels[becomes]}\u00a0».`;
  if (step === 'close') {
    return [
      `${held}\u00a0: ce qu’elle tient redevient libre\u00a0; elle disparaît de la carte et des chevauchements.`,
      'Elle reste dans la liste, à l’étape «\u00a0Close\u00a0»\u00a0; rien ne la rouvre.',
    ];
  }
  if (isRecognised(becomes) && !isRecognised(status)) {
    return [
      `${held} lui reviennent\u00a0: aucune autre CPTS ne pourra être reconnue sur elles.`,
      next,
      ...others(region, cpts, units),
      ...bandEffect(cpts.inBand),
    ];
  }
  if (!isRecognised(becomes) && isRecognised(status)) {
    return [
      `Son territoire n’est plus reconnu\u00a0: ${held} peuvent être demandés par d’autres.`,
      next,
      'Son porteur lira le motif, et peut la présenter de nouveau.',
    ];
  }
  if (step === 'deposit_project') {
    return [
      next,
      `L’ARS a deux mois pour s’opposer\u00a0: déposé aujourd’hui, le projet est réputé validé après le ${frenchDay(lastDayToOppose(today()))}.`,
    ];
  }
  if (step === 'withdraw') {
    return [next, 'Son porteur lira le motif\u00a0; son territoire ne change pas.'];
  }
  return [next, `Son territoire ne change pas\u00a0: ${held}.`];
}

export function bandEffect(inBand: boolean): string[] {
  if (inBand) return [];
  return ['⚠ Sa population sort de la fourchette\u00a0: une orientation, pas une obligation.'];
}

/** What a recognition of these units means for the other CPTS that hold some of them. */
export function others(region: Region, cpts: Cpts, units: readonly string[]): ComponentChildren[] {
  const shared = sharedWith(
    region,
    new Set(unitsOf(region, units)),
    openCpts.value.filter(({ id }) => id !== cpts.id),
  );
  return shared.map((other) =>
    other.cpts.recognised ? (
      <span class="conflict-text">
        ⚠ «&nbsp;{other.cpts.name}&nbsp;» est reconnue et tient déjà{' '}
        {counted(other.units.length, 'de ces communes', 'de ces communes')} (
        {formatInhabitants(other.population)})&nbsp;: la décision sera refusée.
      </span>
    ) : (
      <>
        «&nbsp;{other.cpts.name}&nbsp;», pas encore reconnue, devra céder{' '}
        {counted(other.units.length, 'commune')} ({formatInhabitants(other.population)}) pour
        l’être.
      </>
    ),
  );
}
