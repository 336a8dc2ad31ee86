import { computed } from '@preact/signals';
import type { PoleComparison } from '../../../../../server/contracts/poles.ts';
import { territoryFills } from '../../../map/colours.ts';
import { frame } from '../../../map/frame.ts';
import { select, selection } from '../../../state/address.ts';
import { otherPoleMap, poleChoice, poleMap, region } from '../../../state/analysis.ts';
import { compared, comparison, sideLabel } from '../../../state/comparison.ts';
import type { PoleMap } from '../../../state/pole-map.ts';
import { placeLabel, unitOf } from '../../../state/region.ts';
import { readyValue } from '../../../state/resource.ts';
import type { Column } from '../../../table/model.ts';
import type { DrawerTable } from '../../tables/drawer-table.ts';
import { communeColumns } from './commune-columns.ts';

export type Change = PoleComparison['communes'][number];

/** The communes that change pole: where they went, where they go. */
export function changeColumns(narrow = false): Column<Change>[] {
  const [left, right] = [poleMap.value, otherPoleMap.value];
  return [
    ...communeColumns(narrow),
    {
      key: 'left',
      label: narrow ? 'Gauche' : 'Pôle à gauche',
      title: 'Pôle à gauche',
      value: ({ pole }) => nameOf(pole),
      width: narrow ? 'minmax(66px, 1fr)' : 'minmax(140px, 1fr)',
      // The names need the room that a panel has.
      ...(narrow ? {} : { swatch: ({ pole }: Change) => swatchOf(left, pole) }),
    },
    {
      key: 'right',
      label: narrow ? 'Droite' : 'Pôle à droite',
      title: 'Pôle à droite',
      value: ({ otherPole }) => nameOf(otherPole),
      width: narrow ? 'minmax(66px, 1fr)' : 'minmax(140px, 1fr)',
      ...(narrow ? {} : { swatch: ({ otherPole }: Change) => swatchOf(right, otherPole) }),
    },
  ];
}

export const changeTable = computed<DrawerTable<Change>>(() => ({
  label: 'Communes qui changent de pôle',
  file: 'changements-de-pole',
  rows: readyValue(comparison.state.value)?.communes ?? [],
  columns: [
    { key: 'code', label: 'Code', value: ({ code }) => code, width: '74px' },
    ...changeColumns(),
  ],
  exported: exportedColumns(),
  keyOf: ({ code }) => code,
  selected: () => (selection.value?.kind === 'unit' ? selection.value.code : null),
  onSelect: selectChange,
  sort: { key: 'population', descending: true },
  empty: 'Aucune commune ne change de pôle d’une carte à l’autre.',
  minWidth: 620,
}));

export function selectChange({ code }: { code: string }): void {
  const loaded = region.peek();
  const unit = loaded ? unitOf(loaded, code) : undefined;
  // Of a divided commune, one of its parts: poles and flows are those of the commune.
  select({ kind: 'unit', code: unit === undefined ? code : loaded!.code[unit]! });
  if (loaded && unit !== undefined) frame.point(loaded.lon[unit]!, loaded.lat[unit]!);
}

function exportedColumns(): Column<Change>[] {
  const [left, right] = [poleChoice.value, compared.value];
  const side = (key: string, label: string, value: string | number | null): Column<Change> => ({
    key,
    label,
    value: () => value,
    width: '',
  });
  return [
    { key: 'pole', label: 'Pôle à gauche\u00a0: code INSEE', value: ({ pole }) => pole, width: '' },
    {
      key: 'otherPole',
      label: 'Pôle à droite\u00a0: code INSEE',
      value: ({ otherPole }) => otherPole,
      width: '',
    },
    side('leftSide', 'Carte de gauche', left && sideLabel(left, null)),
    side('rightSide', 'Carte de droite', right && sideLabel(right, null)),
  ];
}

function nameOf(code: string | null): string | null {
  if (code === null) return null;
  return region.value ? placeLabel(region.value, code) : code;
}

function swatchOf(map: PoleMap | null, code: string | null): string | null {
  const group = code === null ? undefined : map?.groupOf.get(code);
  return group === undefined ? null : territoryFills[map!.hues[group]!]!;
}
