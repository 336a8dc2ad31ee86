import { computed } from '@preact/signals';
import { careKindLabels } from '../../../../server/core/flows/care-kinds.ts';
import { formatCount, formatShare } from '../../french/numbers.ts';
import { territoryFills } from '../../map/colours.ts';
import { frame } from '../../map/frame.ts';
import { go, selection } from '../../state/address.ts';
import { region } from '../../state/analysis.ts';
import { explanation } from '../../state/explanations.ts';
import {
  keepsLittleCare,
  LITTLE_CARE,
  type Territory,
  type TerritoryMap,
  territoryMap,
} from '../../state/proposals.ts';
import { boundsOf, unitsOf } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import { type Column, widthOf } from '../../table/model.ts';
import type { DrawerTable } from './drawer-table.ts';
import { proposalSource } from './source-columns.ts';

const share = (value: number | null) => (value === null ? '—' : formatShare(value));

export function territoryColumns(
  hueOf: (territory: Territory) => number | undefined,
  /** given for a narrow table, whose columns are as wide as their widest figure */
  narrowRows: readonly Territory[] | null = null,
): Column<Territory>[] {
  const narrow = narrowRows !== null;
  const population = ({ population, inBand }: Territory) =>
    `${inBand ? '' : '⚠ '}${formatCount(population)}`;
  const shareKept = (territory: Territory) =>
    territory.li === null
      ? '—'
      : `${keepsLittleCare(territory) ? '⚠ ' : ''}${formatShare(territory.li)}`;
  const widest = (show: (territory: Territory) => string, least: number) =>
    widthOf((narrowRows ?? []).map(show), least);
  return [
    {
      key: 'name',
      label: 'Territoire',
      value: ({ name }) => name,
      width: 'minmax(90px, 1fr)',
      swatch: (territory) => territoryFills[hueOf(territory) ?? 0] ?? null,
    },
    {
      key: 'communes',
      label: narrow ? 'Com.' : 'Communes',
      title: 'Communes',
      value: ({ units }) => units.length,
      show: ({ units }) => formatCount(units.length),
      width: narrow ? widest(({ units }) => formatCount(units.length), 36) : '100px',
      numeric: true,
    },
    {
      key: 'population',
      label: narrow ? 'Hab.' : 'Habitants',
      title: 'Habitants\u00a0; ⚠ hors de la fourchette',
      value: ({ population }) => population,
      show: population,
      width: narrow ? widest(population, 60) : '130px',
      numeric: true,
    },
    {
      key: 'li',
      label: 'LI',
      title: `Indice de localisation\u00a0: part des soins reçus dans le territoire\u00a0; ⚠ moins de ${formatShare(LITTLE_CARE, 0)}`,
      value: ({ li }) => li,
      show: shareKept,
      width: narrow ? widest(shareKept, 52) : '90px',
      numeric: true,
    },
  ];
}

export const territoryTable = computed<DrawerTable<Territory>>(() => ({
  label: 'Territoires proposés',
  file: 'territoires',
  rows: territoryMap.value?.proposal.territories ?? [],
  columns: [
    ...territoryColumns(hueIn(territoryMap.value)),
    ...careColumns(territoryMap.value),
    {
      key: 'inBand',
      label: 'Fourchette',
      value: ({ inBand }) => (inBand ? 'dans la fourchette' : 'hors fourchette'),
      width: '150px',
    },
  ],
  exported: [
    {
      key: 'codes',
      label: 'Codes INSEE des communes',
      value: ({ units }) => units.join(' '),
      width: '',
    },
    ...proposalSource<Territory>(territoryMap.value),
  ],
  keyOf: ({ id }) => String(id),
  selected: () => (selection.value?.kind === 'territory' ? String(selection.value.id) : null),
  onSelect: selectTerritory,
  sort: { key: 'population', descending: true },
  empty: 'Aucune proposition\u00a0: lancez-en une dans Analyser › Territoires proposés.',
  minWidth: 600 + 170 * careColumns(territoryMap.value).length,
}));

/** What each keeps of each kind of care, once it is told: a file never holds half of it. */
function careColumns(map: TerritoryMap | null): Column<Territory>[] {
  const told = readyValue(explanation.state.value);
  if (!told || told.run !== map?.proposal.id) return [];
  const of = new Map(told.territories.map(({ id, care }) => [id, care]));
  return told.care.map(({ kind }) => {
    const inside = ({ id }: Territory) =>
      of.get(id)?.find((care) => care.kind === kind)?.inside ?? null;
    return {
      key: `li-${kind}`,
      label: `LI ${careKindLabels[kind].toLowerCase()}`,
      title: `${careKindLabels[kind]}\u00a0: part des patients soignés dans le territoire`,
      value: inside,
      show: (territory) => share(inside(territory)),
      width: '170px',
      numeric: true,
    };
  });
}

export function hueIn(map: TerritoryMap | null) {
  const at = new Map(map?.proposal.territories.map(({ id }, index) => [id, index]));
  return ({ id }: Territory) => map?.hues[at.get(id) ?? -1];
}

export function selectTerritory({ id, units }: Territory): void {
  go({ workspace: 'analyse', view: 'territories', selection: { kind: 'territory', id } });
  if (region.value) frame.bounds(boundsOf(region.value, unitsOf(region.value, units)));
}
