import { computed } from '@preact/signals';
import type { PoleRank } from '../../../../server/contracts/poles.ts';
import { formatCount, formatDecimal, formatShare } from '../../french/numbers.ts';
import { territoryFills } from '../../map/colours.ts';
import { frame } from '../../map/frame.ts';
import { go, selection, specialty } from '../../state/address.ts';
import { poleMap, region } from '../../state/analysis.ts';
import { catchment, type PoleMap } from '../../state/pole-map.ts';
import { boundsOf, nameOf } from '../../state/region.ts';
import { type Column, widthOf } from '../../table/model.ts';
import type { DrawerTable } from './drawer-table.ts';
import { flowSource } from './source-columns.ts';

type Pole = PoleMap['poles'][number];

export function poleColumns(map: PoleMap | null, narrow = false): Column<Pole>[] {
  const widest = (figure: (pole: Pole) => number) =>
    (map?.poles ?? []).map((pole) => formatCount(figure(pole)));
  return [
    {
      key: 'name',
      label: 'Pôle',
      value: (pole) => pole.name,
      ...(narrow ? { show: shortName } : {}),
      width: 'minmax(90px, 1fr)',
      swatch: (pole) => territoryFills[map?.hues[map.groupOf.get(pole.code)!] ?? 0] ?? null,
    },
    {
      key: 'communes',
      label: narrow ? 'Com.' : 'Communes',
      title: 'Communes attirées',
      value: (pole) => pole.communes,
      show: (pole) => formatCount(pole.communes),
      width: narrow
        ? widthOf(
            widest(({ communes }) => communes),
            36,
          )
        : '100px',
      numeric: true,
    },
    {
      key: 'population',
      label: narrow ? 'Hab.' : 'Habitants',
      title: 'Habitants de ces communes',
      value: (pole) => pole.population,
      show: (pole) => formatCount(pole.population),
      width: narrow
        ? widthOf(
            widest(({ population }) => population),
            60,
          )
        : '120px',
      numeric: true,
    },
    {
      key: 'li',
      label: 'LI',
      title: 'Indice de localisation\u00a0: part des soins reçus dans ces communes',
      value: (pole) => pole.li,
      show: (pole) => formatShare(pole.li),
      width: narrow ? '52px' : '90px',
      numeric: true,
    },
    ...(narrow ? [] : wideColumns),
  ];
}

/** Where a name is cut, the code of what is outside comes first: it is all that tells one from another. */
function shortName({ code, name }: Pole): string {
  const inside = !region.value || nameOf(region.value, code) !== null;
  return inside ? name : `${code} (hors du territoire)`;
}

/** What a drawer has room for beside. */
const wideColumns: Column<Pole>[] = [
  {
    key: 'msi',
    label: 'MSI',
    title: 'Indice de part de marché\u00a0: part de ces communes dans les soins donnés chez elles',
    value: (pole) => pole.msi,
    show: (pole) => formatShare(pole.msi),
    width: '90px',
    numeric: true,
  },
  {
    key: 'net',
    label: 'Solde',
    title: 'Patients entrés pour un sorti',
    value: (pole) => pole.net,
    show: (pole) => netText(pole.net),
    width: '80px',
    numeric: true,
  },
  {
    key: 'patients',
    label: 'Patients',
    title: 'Patients soignés au pôle, par an',
    value: (pole) => pole.patients,
    show: (pole) => formatCount(pole.patients),
    width: '100px',
    numeric: true,
  },
  {
    key: 'rank',
    label: 'Rang',
    title: 'Rang dans la hiérarchie des flux dominants',
    value: (pole) => rankLabels[pole.rank],
    width: '130px',
  },
];

export const rankLabels: Record<PoleRank, string> = {
  dominant: 'dominant',
  intermediate: 'intermédiaire',
  dominated: 'dominé',
};

/** Entries for one exit; a region without any exit has no such figure. */
export const netText = (net: number | null) => (net === null ? '—' : formatDecimal(net));

export const poleTable = computed<DrawerTable<Pole>>(() => ({
  label: 'Pôles d’attraction',
  file: 'poles',
  rows: poleMap.value?.poles ?? [],
  columns: poleColumns(poleMap.value),
  exported: [
    { key: 'code', label: 'Code INSEE du pôle', value: (pole) => pole.code, width: '' },
    ...flowSource<Pole>(specialty.value, poleMap.value),
  ],
  keyOf: (pole) => pole.code,
  selected: () => (selection.value?.kind === 'pole' ? selection.value.code : null),
  onSelect: (pole) => selectPole(pole.code),
  sort: { key: 'population', descending: true },
  filters: [
    {
      kind: 'choice',
      key: 'rank',
      label: 'Rang',
      any: 'Rang',
      of: (pole) => rankLabels[pole.rank],
    },
    {
      kind: 'least',
      key: 'communes',
      label: 'Communes, au moins',
      short: 'Com. min.',
      of: (pole) => pole.communes,
    },
  ],
  empty: 'Aucun pôle\u00a0: choisissez un jeu de flux dans l’espace Analyser.',
  minWidth: 800,
}));

export function selectPole(code: string): void {
  go({ workspace: 'analyse', view: 'poles', selection: { kind: 'pole', code } });
  const map = poleMap.value;
  if (map && region.value) frame.bounds(boundsOf(region.value, catchment(map, code)));
}
