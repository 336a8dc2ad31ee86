import {
  defaultProposalParameters,
  type ProposalParameters,
  type ProposalSummary,
} from '../../../../server/contracts/proposals.ts';
import { runStatusLabels } from '../../french/labels.ts';
import {
  counted,
  formatCount,
  formatDate,
  formatDecimal,
  formatShare,
} from '../../french/numbers.ts';
import { datasetOf, labelOf, region } from '../../state/analysis.ts';
import { departmentLabel } from '../../state/place-names.ts';
import { nameOf } from '../../state/region.ts';

/** What tells runs apart comes first: a closed choice clips its end, said again below it. */
export function describeRun(run: ProposalSummary): string {
  const { id, status } = run;
  const state = status === 'done' ? resultOf(run) : runStatusLabels[status];
  return `nᵒ ${id} · ${state} · ${askedOf(run)}`;
}

/** « 36 terr. · 68,2 % gardés · 100,0 % en fourchette · 22 nov. 2026, 14:08 ». */
function resultOf({ indicators, createdAt }: ProposalSummary): string {
  if (!indicators) return formatDate(createdAt);
  const { territories, inside, inBandShare, reachablePopulation } = indicators;
  return [
    `${formatCount(territories)}\u00a0terr.`,
    `${formatShare(inside)} gardés`,
    ...(reachablePopulation > 0 ? [`${formatShare(inBandShare)} en fourchette`] : []),
    formatDate(createdAt),
  ].join(' · ');
}

/** The wishes of a run that are not what everyone asks for, after its band. */
export const askedOf = (run: ProposalSummary) => wishesOf(run).join(' · ');

/** The same, one by one. */
export function wishesOf({ parameters }: ProposalSummary): string[] {
  const { floor, ceiling, seed, specialty, territories, target, weights, improves } = parameters;
  const { flowDataset, specialtyWeights } = parameters;
  const { wholeEpci, keepCpts, walls, scope, together, apart, effort } = parameters;
  return [
    ...(improves ? [`améliore la nᵒ\u00a0${improves.proposal}`] : []),
    `graine ${seed}`,
    `${formatCount(floor)} à ${formatCount(ceiling)}\u00a0hab.`,
    flowsOf(flowDataset),
    labelOf(specialty, datasetOf(flowDataset)),
    ...(specialty === 'all' ? weighed(specialtyWeights, flowDataset) : []),
    ...(effort === 'normal' ? [] : [effort === 'quick' ? 'rapide' : 'approfondi']),
    ...(territories === undefined
      ? []
      : [counted(territories, 'territoire imposé', 'territoires imposés')]),
    ...(weights.border === defaultProposalParameters.weights.border
      ? []
      : [weights.border === 0 ? 'sans compacité' : `compacité ${weight(weights.border)}`]),
    ...(weights.epci > 0 ? [`intercommunalités préférées ${weight(weights.epci)}`] : []),
    ...(wholeEpci ? ['intercommunalités tenues entières'] : []),
    ...(weights.target > 0
      ? [
          `vise ${formatCount(target ?? Math.round((floor + ceiling) / 2))}\u00a0hab. ${weight(weights.target)}`,
        ]
      : []),
    ...(weights.poles > 0 ? [`pôles séparés ${weight(weights.poles)}`] : []),
    ...(walls === 'none' ? [] : [`murs\u00a0: ${walls === 'region' ? 'régions' : 'départements'}`]),
    ...(scope.kind === 'departments' ? [scope.codes.map(departmentLabel).join(', ')] : []),
    ...(scope.kind === 'uncovered' ? ['hors CPTS reconnues'] : []),
    ...(keepCpts ? ['CPTS reconnues fixes'] : []),
    ...tied('ensemble', together),
    ...tied('séparées', apart),
  ];
}

/** Most ties of a kind that are named. */
const MOST = 2;

/** « ensemble : Bourges et Vierzon », and how many more. */
function tied(how: string, groups: readonly (readonly string[])[]): string[] {
  const named = groups
    .slice(0, MOST)
    .map((codes) => `${how}\u00a0: ${codes.map(communeName).join(' et ')}`);
  const more = groups.length - named.length;
  return more > 0
    ? [
        ...named,
        counted(more, `autre lien «\u00a0${how}\u00a0»`, `autres liens «\u00a0${how}\u00a0»`),
      ]
    : named;
}

/** The name of a commune of the region; its code before the region is there. */
export const communeName = (code: string) => (region.value && nameOf(region.value, code)) ?? code;

const weight = (value: number) => `(poids\u00a0${formatDecimal(value)})`;

/** The specialties that count otherwise than once. */
function weighed(weights: ProposalParameters['specialtyWeights'], dataset: number | undefined) {
  const changed = Object.entries(weights).filter(([, weight]) => weight !== 1);
  const named = changed
    .slice(0, 3)
    .map(([key, weight]) => `${labelOf(key, datasetOf(dataset))} ×\u00a0${formatDecimal(weight)}`);
  const more = changed.length - named.length;
  return more > 0 ? [...named, counted(more, 'autre poids', 'autres poids')] : named;
}

/** The flows that a run kept inside, by number and name. */
function flowsOf(id: number | undefined): string {
  if (id === undefined) return 'sans flux';
  const name = datasetOf(id)?.name;
  return name ? `flux nᵒ\u00a0${id} ${name}` : `flux nᵒ\u00a0${id}`;
}
