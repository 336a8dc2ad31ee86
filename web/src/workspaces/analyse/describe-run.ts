import type { ProposalSummary } from '../../../../server/contracts/proposals.ts';
import { runStatusLabels } from '../../french/labels.ts';
import { counted, formatCount, formatDate } from '../../french/numbers.ts';
import { datasetOf, labelOf } from '../../state/analysis.ts';
import { departmentLabel } from '../../state/place-names.ts';

/** What tells runs apart comes first: a closed choice clips its end, said again below it. */
export function describeRun(run: ProposalSummary): string {
  const { id, status, createdAt } = run;
  const state = status === 'done' ? formatDate(createdAt) : runStatusLabels[status];
  return `nᵒ ${id} · ${state} · ${askedOf(run)}`;
}

/** The wishes of a run that are not what everyone asks for, after its band. */
export function askedOf({ parameters }: ProposalSummary): string {
  const { floor, ceiling, seed, specialty, territories, weights, improves } = parameters;
  const { flowDataset, specialtyWeights } = parameters;
  const { wholeEpci, keepCpts, walls, scope, together, apart, effort } = parameters;
  return [
    ...(improves ? [`améliore la nᵒ\u00a0${improves.proposal}`] : []),
    `graine ${seed}`,
    `${formatCount(floor)} à ${formatCount(ceiling)}\u00a0hab.`,
    flowsOf(flowDataset),
    labelOf(specialty, datasetOf(flowDataset)),
    ...(Object.values(specialtyWeights).some((weight) => weight !== 1)
      ? ['spécialités pondérées']
      : []),
    ...(effort === 'normal' ? [] : [effort === 'quick' ? 'rapide' : 'approfondi']),
    ...(territories === undefined
      ? []
      : [counted(territories, 'territoire imposé', 'territoires imposés')]),
    ...(weights.epci > 0 || wholeEpci ? ['intercommunalités entières'] : []),
    ...(weights.target > 0 ? ['population visée'] : []),
    ...(weights.poles > 0 ? ['pôles séparés'] : []),
    ...(walls === 'none' ? [] : [`murs\u00a0: ${walls === 'region' ? 'régions' : 'départements'}`]),
    ...(scope.kind === 'departments' ? [scope.codes.map(departmentLabel).join(', ')] : []),
    ...(scope.kind === 'uncovered' ? ['hors CPTS reconnues'] : []),
    ...(keepCpts ? ['CPTS reconnues fixes'] : []),
    ...(together.length + apart.length > 0
      ? [counted(together.length + apart.length, 'lien imposé', 'liens imposés')]
      : []),
  ].join(' · ');
}

/** The flows that a run kept inside, by number and name. */
function flowsOf(id: number | undefined): string {
  if (id === undefined) return 'sans flux';
  const name = datasetOf(id)?.name;
  return name ? `flux nᵒ\u00a0${id} ${name}` : `flux nᵒ\u00a0${id}`;
}
