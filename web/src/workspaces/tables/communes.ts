import { computed } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { formatCount, formatShare } from '../../french/numbers.ts';
import { territoryFills } from '../../map/colours.ts';
import { frame } from '../../map/frame.ts';
import { select, selection, specialty } from '../../state/address.ts';
import { poleMap, region } from '../../state/analysis.ts';
import { openCpts } from '../../state/cpts.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { territoryMap } from '../../state/proposals.ts';
import { type Region, unitsOf } from '../../state/region.ts';
import type { Column } from '../../table/model.ts';
import type { DrawerTable } from './drawer-table.ts';
import { flowSource, proposalSource } from './source-columns.ts';

const rows = computed<number[]>(() => (region.value ? [...region.value.code.keys()] : []));

export const communeTable = computed<DrawerTable<number>>(() => {
  const loaded = region.value;
  return {
    label: 'Communes',
    file: 'communes',
    rows: rows.value,
    columns: loaded ? communeColumns(loaded) : [],
    exported: exportedColumns(),
    keyOf: (unit) => loaded?.code[unit] ?? '',
    selected: () => (selection.value?.kind === 'unit' ? selection.value.code : null),
    onSelect: (unit) => {
      if (!loaded) return;
      select({ kind: 'unit', code: loaded.code[unit]! });
      frame.point(loaded.lon[unit]!, loaded.lat[unit]!);
    },
    sort: { key: 'population', descending: true },
    empty: 'Aucune commune n’est chargée.',
    minWidth: 860,
  };
});

function exportedColumns(): Column<number>[] {
  const poles = poleMap.value;
  return [
    {
      key: 'poleCode',
      label: 'Pôle principal\u00a0: code INSEE',
      value: (u) => poles?.poles[poles.group[u]!]?.code ?? null,
      width: '',
    },
    {
      key: 'secondCode',
      label: 'Second pôle\u00a0: code INSEE',
      value: (u) => poles?.communes[u]?.second ?? null,
      width: '',
    },
    ...flowSource<number>(specialty.value),
    ...proposalSource<number>(territoryMap.value),
  ];
}

function communeColumns(region: Region): Column<number>[] {
  const poles = poleMap.value;
  const territories = territoryMap.value;
  const holders = cptsNames(region, openCpts.value);
  const nameOf = (code: string | null | undefined) => {
    const unit = code ? region.indexOf.get(code) : undefined;
    return unit === undefined ? null : region.name[unit]!;
  };
  return [
    { key: 'code', label: 'Code', value: (u) => region.code[u]!, width: '74px' },
    { key: 'name', label: 'Commune', value: (u) => region.name[u]!, width: 'minmax(140px, 2fr)' },
    {
      key: 'department',
      label: 'Dép.',
      title: 'Département',
      value: (u) => region.department[u]!,
      width: '56px',
    },
    {
      key: 'population',
      label: 'Habitants',
      value: (u) => region.population[u]!,
      show: (u) => formatCount(region.population[u]!),
      width: '88px',
      numeric: true,
    },
    {
      key: 'pole',
      label: 'Pôle principal',
      value: (u) => poles?.poles[poles.group[u]!]?.name ?? null,
      width: 'minmax(110px, 1.4fr)',
      swatch: (u) => poleSwatch(poles, u),
    },
    {
      key: 'rate',
      label: 'Taux',
      title: 'Taux d’attraction',
      value: (u) => (poles && poles.group[u]! >= 0 ? (poles.communes[u]?.rate ?? null) : null),
      show: (u) =>
        poles && poles.group[u]! >= 0 ? formatShare(poles.communes[u]?.rate ?? 0) : '—',
      width: '76px',
      numeric: true,
    },
    {
      key: 'second',
      label: 'Second pôle',
      value: (u) => nameOf(poles?.communes[u]?.second),
      width: 'minmax(110px, 1.2fr)',
    },
    {
      key: 'territory',
      label: 'Territoire proposé',
      value: (u) => territories?.proposal.territories[territories.group[u]!]?.name ?? null,
      width: 'minmax(110px, 1.2fr)',
    },
    {
      key: 'cpts',
      label: 'CPTS',
      value: (u) => holders.get(u) ?? null,
      width: 'minmax(110px, 1.6fr)',
    },
  ];
}

function poleSwatch(poles: PoleMap | null, unit: number): string | null {
  const hue = poles?.hues[poles.group[unit]!];
  return hue === undefined ? null : territoryFills[hue]!;
}

function cptsNames(region: Region, open: readonly Cpts[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const cpts of open) {
    for (const unit of unitsOf(region, cpts.units)) {
      const before = names.get(unit);
      names.set(unit, before ? `${before}, ${cpts.name}` : cpts.name);
    }
  }
  return names;
}
