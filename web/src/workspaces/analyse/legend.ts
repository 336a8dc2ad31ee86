import { counted, formatCount } from '../../french/numbers.ts';
import { circleRadius, circleSteps } from '../../map/circles.ts';
import type { LegendEntry } from '../../shell/legend.tsx';
import { specialty } from '../../state/address.ts';
import { datasetOf, labelOf, maskedCells, otherPoleMap, poleMap } from '../../state/analysis.ts';
import { compared } from '../../state/comparison.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { changedLegend } from './compare/second-map.ts';
import { sidesLegend } from './compare-runs/map.ts';
import { placedLegend } from './placed-marks.ts';
import { largestCircle, toldFlows } from './shown.ts';

/** What the legend of the map of poles says, of the two maps where there are two. */
export function poleLegend() {
  const right = compared.value;
  const maps = [poleMap.value, ...(right ? [otherPoleMap.value] : [])];
  const masked =
    maskedCells(specialty.value) > 0 ||
    (right !== null && maskedCells(right.specialty, datasetOf(right.dataset)) > 0);
  const entries: LegendEntry[] = [
    { sign: 'area', label: 'une couleur par pôle' },
    { sign: 'circle', label: 'pôle, par habitants attirés', sizes: circleSizes() },
    ...arrowEntry(right !== null),
    ...communeEntry('fragile', 'pôle fragile', maps, (one) => one?.fragile === true, masked),
    ...communeEntry('poleless', 'sans pôle', maps, (one) => one?.pole === null),
    ...communeEntry('bare', 'aucun flux', maps, (one) => one === null),
    ...changedLegend(),
  ];
  const note = right ? 'Un pôle a la même couleur sur les deux cartes.' : labelOf(specialty.value);
  return { title: 'Pôle d’attraction principal', note, entries };
}

const circleSizes = () =>
  circleSteps(largestCircle.value).map((residents) => ({
    radius: circleRadius(residents, largestCircle.value),
    label: formatCount(residents),
  }));

/** « dix plus grands flux depuis Blois, dont 1 hors du territoire, sans flèche ». */
function arrowEntry(twoMaps: boolean): LegendEntry[] {
  const flows = toldFlows.value;
  if (!flows) return [];
  const { told, outside, whose } = flows;
  const which = told === 10 ? 'dix plus grands flux' : counted(told, 'flux', 'flux');
  const missing =
    outside > 0 ? `, dont ${formatCount(outside)} hors du territoire, sans flèche` : '';
  const side = twoMaps ? ' (à gauche)' : '';
  return [{ sign: 'arrow', label: `${which} ${whose}${side}${missing}` }];
}

type Commune = PoleMap['communes'][number];

/** A sign that communes bear, and how many do, on each of the maps; none without any. */
function communeEntry(
  sign: LegendEntry['sign'],
  label: string,
  maps: readonly (PoleMap | null)[],
  bears: (commune: Commune) => boolean,
  always = false,
): LegendEntry[] {
  const counts = maps.map((map) => map?.communes.filter(bears).length ?? null);
  if (!always && !counts.some((count) => count !== null && count > 0)) return [];
  // A map on its way has no figure, and that of the other alone would pass for both.
  if (counts.includes(null)) return [{ sign, label }];
  const [left = 0, right] = counts as number[];
  const communes = counted(left, 'commune');
  const said =
    right === undefined ? communes : `${communes} à gauche, ${formatCount(right)} à droite`;
  return [{ sign, label: `${label} (${said})` }];
}

export function territoryLegend() {
  return {
    title: 'Territoires proposés',
    note: 'Les couleurs ne font que séparer les voisins.',
    entries: [
      { sign: 'area' as const, label: 'un territoire' },
      { sign: 'outline' as const, label: 'dans la fourchette' },
      { sign: 'amber' as const, label: 'hors de la fourchette (⚠)' },
      ...placedLegend(),
      ...sidesLegend(),
    ],
  };
}
