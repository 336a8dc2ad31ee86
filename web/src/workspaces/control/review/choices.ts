import type { ComponentChildren } from 'preact';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { bandSide, ministryBand } from '../../../../../server/core/indicators/band.ts';
import { counted, formatCount, formatInhabitants } from '../../../french/numbers.ts';
import { accept, refuse } from '../../../state/control/decisions.ts';
import type { Reviewed } from '../../../state/control/review.ts';
import { decidesOn } from '../../../state/control/rights.ts';
import type { Region } from '../../../state/region.ts';
import { bandEffect, type Choice, others, stepChoices } from '../decision/choices.tsx';

/** Steps that answer a territory that waits, the likeliest first. */
const answers = ['accept_territory', 'validate_project', 'withdraw', 'oppose'];

/** How a review may end: accepted, sent back with what is to change, opposed. */
export function reviewChoices(region: Region, cpts: Cpts, told: Reviewed): Choice[] {
  if (cpts.proposed === null) {
    const choices = stepChoices(region, cpts);
    return answers.flatMap((key) => choices.filter((choice) => choice.key === key));
  }
  if (!decidesOn(cpts)) return [];
  const { number } = told.version;
  return [
    {
      key: 'accept',
      label: 'Accepter la version',
      confirm: 'Confirmer l’acceptation',
      question: `Accepter la version ${number} de «\u00a0${cpts.name}\u00a0»\u00a0?`,
      effects: versionEffects(region, cpts, told),
      reason: null,
      dated: false,
      primary: true,
      act: () => accept(cpts, number),
    },
    {
      key: 'refuse',
      label: 'Demander des changements',
      confirm: 'Confirmer le renvoi',
      question: `Renvoyer la version ${number} de «\u00a0${cpts.name}\u00a0»\u00a0?`,
      effects: [
        `La version ${cpts.version} reste en vigueur\u00a0; son porteur lira le motif et peut en proposer une autre.`,
        ...(told.version.agreement
          ? ['Les versions qui lui sont liées sont renvoyées avec elle.']
          : []),
      ],
      reason: 'required',
      dated: false,
      act: ({ reason = '' }) => refuse(cpts, number, reason),
    },
  ];
}

function versionEffects(
  region: Region,
  cpts: Cpts,
  { told, after, version }: Reviewed,
): ComponentChildren[] {
  const people = (units: { population: number }[]) =>
    formatInhabitants(units.reduce((sum, { population }) => sum + population, 0));
  const { population } = version.figures;
  const waiting = version.agreement?.parts.filter(
    ({ cpts: part, acceptedBy, state }) =>
      part.id !== cpts.id && state === 'proposed' && acceptedBy === null,
  );
  return [
    ...(told && told.added.length > 0
      ? [
          `${counted(told.added.length, 'commune entre', 'communes entrent')}\u00a0: ${people(told.added)}.`,
        ]
      : []),
    ...(told && told.removed.length > 0
      ? [
          `${counted(told.removed.length, 'commune sort', 'communes sortent')}\u00a0: ${people(told.removed)}.`,
        ]
      : []),
    `Sa population passe de ${formatCount(cpts.population)} à ${formatInhabitants(population)}.`,
    waiting && waiting.length > 0
      ? `Prend effet quand ${waiting.map(({ cpts: part }) => `«\u00a0${part.name}\u00a0»`).join(', ')} aura accepté sa part.`
      : `Remplace la version ${cpts.version} aussitôt.`,
    ...(cpts.recognised ? others(region, cpts, after) : []),
    ...bandEffect(bandSide(population, ministryBand) === 'in'),
  ];
}
