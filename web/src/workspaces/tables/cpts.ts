import { computed } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import type { Overlap } from '../../../../server/contracts/overlaps.ts';
import { statusLabels } from '../../french/labels.ts';
import { formatCount, formatKm2 } from '../../french/numbers.ts';
import { frame } from '../../map/frame.ts';
import { go, selection, workspace } from '../../state/address.ts';
import { region } from '../../state/analysis.ts';
import { commentCounts } from '../../state/control/comment-counts.ts';
import { keptCpts } from '../../state/control/shown.ts';
import { allCpts, allOverlaps } from '../../state/cpts.ts';
import { departmentLabel } from '../../state/place-names.ts';
import { boundsOf, unitsOf } from '../../state/region.ts';
import type { Column } from '../../table/model.ts';
import type { DrawerTable } from './drawer-table.ts';

export const cptsTable = computed<DrawerTable<Cpts>>(() => ({
  label: 'CPTS',
  file: 'cpts',
  rows: workspace.value === 'control' ? keptCpts.value : allCpts.value,
  columns: cptsColumns(allOverlaps.value),
  filters: [
    {
      kind: 'choice',
      key: 'status',
      label: 'Étape',
      any: 'Toutes les étapes',
      of: ({ status }) => statusLabels[status],
    },
    {
      kind: 'check',
      key: 'open',
      label: 'avec des avis ouverts',
      keep: ({ id }) => (commentCounts.value.get(id)?.open ?? 0) > 0,
    },
  ],
  exported: [
    {
      key: 'deemed',
      label: 'Réputée validée après le',
      value: ({ deemedValidatedOn }) => deemedValidatedOn,
      width: '',
    },
    { key: 'proposed', label: 'Version proposée', value: ({ proposed }) => proposed, width: '' },
    {
      key: 'comments',
      label: 'Avis',
      value: ({ id }) => commentCounts.value.get(id)?.total ?? 0,
      width: '',
      numeric: true,
    },
    {
      key: 'codes',
      label: 'Codes INSEE des communes',
      value: ({ units }) => units.join(' '),
      width: '',
    },
  ],
  keyOf: ({ id }) => String(id),
  selected: () => (selection.value?.kind === 'cpts' ? String(selection.value.id) : null),
  onSelect: selectCpts,
  sort: { key: 'name', descending: false },
  empty: 'Aucune CPTS\u00a0: dessinez-en une, ou créez-la d’un territoire proposé.',
  minWidth: 1180,
}));

function cptsColumns(pairs: readonly Overlap[]): Column<Cpts>[] {
  const overlapsOf = (cpts: Cpts) =>
    pairs.filter(({ a, b }) => a.id === cpts.id || b.id === cpts.id).length;
  return [
    { key: 'name', label: 'CPTS', value: ({ name }) => name, width: 'minmax(140px, 2fr)' },
    { key: 'status', label: 'Statut', value: ({ status }) => statusLabels[status], width: '170px' },
    {
      key: 'recognised',
      label: 'Reconnue',
      value: ({ recognised }) => (recognised ? 'oui' : 'non'),
      width: '90px',
    },
    { key: 'since', label: 'Depuis le', value: ({ since }) => since, width: '96px' },
    {
      key: 'departments',
      label: 'Départements',
      value: ({ departments }) => departments.map(departmentLabel).join(', '),
      width: 'minmax(110px, 1fr)',
    },
    {
      key: 'communes',
      label: 'Communes',
      value: ({ units }) => units.length,
      show: ({ units }) => formatCount(units.length),
      width: '96px',
      numeric: true,
    },
    {
      key: 'population',
      label: 'Habitants',
      value: ({ population }) => population,
      show: ({ population }) => formatCount(population),
      width: '100px',
      numeric: true,
    },
    {
      key: 'area',
      label: 'Surface',
      title: 'Surface, km²',
      value: ({ areaKm2 }) => Math.round(areaKm2 * 100) / 100,
      show: ({ areaKm2 }) => formatKm2(areaKm2),
      width: '100px',
      numeric: true,
    },
    {
      key: 'overlaps',
      label: 'Chevauchements',
      value: overlapsOf,
      width: '130px',
      numeric: true,
    },
    {
      key: 'open',
      label: 'Avis ouverts',
      value: ({ id }) => commentCounts.value.get(id)?.open ?? 0,
      width: '100px',
      numeric: true,
    },
  ];
}

export function selectCpts({ id, units }: Cpts): void {
  go({ workspace: 'control', selection: { kind: 'cpts', id } });
  if (region.value) frame.bounds(boundsOf(region.value, unitsOf(region.value, units)));
}

export function selectOverlap(pair: Overlap): void {
  go({ workspace: 'control', selection: { kind: 'overlap', a: pair.a.id, b: pair.b.id } });
  if (!region.value) return;
  const codes = pair.units.map(({ code }) => code);
  frame.bounds(boundsOf(region.value, unitsOf(region.value, codes), 0.12));
}
