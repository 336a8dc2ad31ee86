import { computed } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { formatCount, formatDecimal, formatShare } from '../../french/numbers.ts';
import { territoryFills } from '../../map/colours.ts';
import { frame } from '../../map/frame.ts';
import { select, selection, specialty, workspace } from '../../state/address.ts';
import { maskedCells, poleMap, region } from '../../state/analysis.ts';
import { openCpts } from '../../state/cpts.ts';
import { settledUnits } from '../../state/draft.ts';
import { held } from '../../state/drawing/locks.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { territoryMap } from '../../state/proposals.ts';
import { placeLabel, type Region, unitsOf } from '../../state/region.ts';
import type { Column } from '../../table/model.ts';
import { change } from '../draw/selected.ts';
import type { DrawerFilter, DrawerTable } from './drawer-table.ts';
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
    filters: loaded ? communeFilters(loaded) : [],
    keyOf: (unit) => loaded?.code[unit] ?? '',
    selected: () => (selection.value?.kind === 'unit' ? selection.value.code : null),
    onSelect: (unit) => {
      if (!loaded) return;
      select({ kind: 'unit', code: loaded.code[unit]! });
      frame.point(loaded.lon[unit]!, loaded.lat[unit]!);
    },
    ...(workspace.value === 'draw' ? { acts: drawingActs } : {}),
    sort: { key: 'population', descending: true },
    empty: 'Aucune commune n’est chargée.',
    minWidth: 1320,
  };
});

/** What a sweep over the map does, to the communes that the filters leave. */
const drawingActs: NonNullable<DrawerTable<number>['acts']> = [
  { label: 'Ajouter au dessin', run: (units) => changeAll(units, true) },
  { label: 'Retirer du dessin', run: (units) => changeAll(units, false) },
];

function changeAll(units: readonly number[], adds: boolean): void {
  change(
    units.filter((unit) => !held.peek().has(unit)),
    adds,
    'table',
  );
}

function drawingColumn(): Column<number> {
  const [drawn, locked] = [settledUnits.value, held.value];
  return {
    key: 'drawn',
    label: 'Dessin',
    title: 'Dans le dessin, ou tenue par un verrou',
    value: (u) => [drawn.has(u) ? 'oui' : 'non', ...(locked.has(u) ? ['verrou'] : [])].join(', '),
    width: '96px',
  };
}

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
    ...flowSource<number>(specialty.value, poles),
    ...proposalSource<number>(territoryMap.value),
  ];
}

function communeColumns(region: Region): Column<number>[] {
  const poles = poleMap.value;
  const territories = territoryMap.value;
  const masked = maskedCells(specialty.value) > 0;
  const holders = cptsNames(region, openCpts.value);
  return [
    { key: 'code', label: 'Code', value: (u) => region.code[u]!, width: '74px' },
    { key: 'name', label: 'Commune', value: (u) => region.name[u]!, width: 'minmax(140px, 2fr)' },
    ...(region.divisions.length > 0
      ? [
          {
            key: 'whole',
            label: 'Partie de',
            title: 'Commune divisée dont c’est une partie',
            value: (u: number) => region.wholeOf.get(u)?.name ?? null,
            width: 'minmax(90px, 1fr)',
          },
        ]
      : []),
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
    ...(workspace.value === 'draw' ? [drawingColumn()] : []),
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
      title: 'Taux d’attraction de la première destination',
      value: (u) => poles?.communes[u]?.rate ?? null,
      show: (u) => share(poles?.communes[u]?.rate),
      width: '76px',
      numeric: true,
    },
    {
      key: 'second',
      label: 'Second pôle',
      value: (u) => {
        const second = poles?.communes[u]?.second;
        return second ? placeLabel(region, second) : null;
      },
      width: 'minmax(110px, 1.2fr)',
    },
    {
      key: 'gap',
      label: 'Écart',
      title: 'Écart au second pôle, part des patients',
      value: (u) => poles?.communes[u]?.gap ?? null,
      show: (u) => share(poles?.communes[u]?.gap),
      width: '70px',
      numeric: true,
    },
    {
      key: 'entropy',
      label: 'Entropie',
      title: 'Entropie des destinations, bits',
      value: (u) => poles?.communes[u]?.entropy ?? null,
      show: (u) => decimal(poles?.communes[u]?.entropy),
      width: '76px',
      numeric: true,
    },
    {
      key: 'agreement',
      label: 'Accord',
      title: 'Part des spécialités de même pôle (toutes spécialités)',
      value: (u) => poles?.communes[u]?.agreement ?? null,
      show: (u) => share(poles?.communes[u]?.agreement),
      width: '72px',
      numeric: true,
    },
    {
      key: 'patients',
      label: 'Patients',
      title: 'Patients par an, toutes destinations',
      value: (u) => poles?.communes[u]?.patients ?? null,
      show: (u) => count(poles?.communes[u]?.patients),
      width: '84px',
      numeric: true,
    },
    ...(masked
      ? [
          {
            key: 'fragile',
            label: 'Solidité',
            title: 'Fragile\u00a0: des cellules masquées pourraient changer le pôle',
            value: (u: number) => fragility(poles, u),
            width: '72px',
          },
        ]
      : []),
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

const share = (figure: number | null | undefined) => (figure == null ? '—' : formatShare(figure));
const decimal = (figure: number | undefined) =>
  figure === undefined ? '—' : formatDecimal(figure);
const count = (figure: number | undefined) => (figure === undefined ? '—' : formatCount(figure));

function fragility(poles: PoleMap | null, unit: number): string | null {
  const commune = poles?.communes[unit];
  if (!commune) return null;
  return commune.fragile ? 'fragile' : 'solide';
}

/** What the communes can be narrowed to. */
function communeFilters(region: Region): DrawerFilter<number>[] {
  const poles = poleMap.value;
  const filters: DrawerFilter<number>[] = [
    {
      kind: 'choice',
      key: 'department',
      label: 'Département',
      any: 'Département',
      of: (u) => region.department[u]!,
    },
    {
      kind: 'choice',
      key: 'pole',
      label: 'Pôle',
      any: 'Pôle',
      of: (u) => poles?.poles[poles.group[u]!]?.name ?? (poles ? 'sans pôle' : null),
    },
    {
      kind: 'least',
      key: 'population',
      label: 'Habitants, au moins',
      short: 'Hab. min.',
      of: (u) => region.population[u]!,
    },
  ];
  if (workspace.value === 'draw') {
    const drawn = settledUnits.value;
    filters.push({
      kind: 'check',
      key: 'drawn',
      label: 'Du dessin seulement',
      keep: (u) => drawn.has(u),
    });
  }
  if (maskedCells(specialty.value) > 0) {
    filters.push({
      kind: 'check',
      key: 'fragile',
      label: 'Fragiles seulement',
      keep: (u) => poles?.communes[u]?.fragile === true,
    });
  }
  return filters;
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
