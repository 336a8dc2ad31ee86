import { computed } from '@preact/signals';
import type { ProposalComparison } from '../../../../../server/contracts/proposal-comparisons.ts';
import { selection } from '../../../state/address.ts';
import { readyValue } from '../../../state/resource.ts';
import { runComparison } from '../../../state/run-comparison.ts';
import type { Column } from '../../../table/model.ts';
import type { DrawerTable } from '../../tables/drawer-table.ts';
import { communeColumns } from '../compare/commune-columns.ts';
import { selectChange } from '../compare/table.ts';
import { sideNames } from './side-names.ts';

type SideChange = ProposalComparison['communes'][number];

/** The communes that change side: their territory in the run shown, and in the other one. */
export function sideColumns(narrow = false): Column<SideChange>[] {
  const { here, there } = sideNames.value;
  const { run, with: other } = readyValue(runComparison.state.value) ?? { run: '', with: '' };
  const side = narrow ? 'minmax(66px, 1fr)' : 'minmax(140px, 1fr)';
  return [
    ...communeColumns(narrow),
    {
      key: 'territory',
      label: `nᵒ ${run}`,
      title: `Territoire de la proposition nᵒ ${run}`,
      value: ({ territory }) => (territory === null ? null : here(territory) || null),
      width: side,
    },
    {
      key: 'other',
      label: `nᵒ ${other}`,
      title: `Territoire de la proposition nᵒ ${other}`,
      value: ({ other: at }) => (at === null ? null : there(at) || null),
      width: side,
    },
  ];
}

export const sideTable = computed<DrawerTable<SideChange>>(() => ({
  label: 'Communes qui changent de côté',
  file: 'changements-de-territoire',
  rows: readyValue(runComparison.state.value)?.communes ?? [],
  columns: [
    { key: 'code', label: 'Code', value: ({ code }) => code, width: '74px' },
    ...sideColumns(),
  ],
  exported: [],
  keyOf: ({ code }) => code,
  selected: () => (selection.value?.kind === 'unit' ? selection.value.code : null),
  onSelect: selectChange,
  sort: { key: 'population', descending: true },
  empty: 'Aucune commune ne change de côté d’une proposition à l’autre.',
  minWidth: 620,
}));
