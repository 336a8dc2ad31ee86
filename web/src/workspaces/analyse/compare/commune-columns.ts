import { formatCount } from '../../../french/numbers.ts';
import type { Column } from '../../../table/model.ts';

interface ChangedCommune {
  name: string;
  population: number;
}

/** What a list of communes that change starts with, in the panel (`narrow`) or the drawer. */
export function communeColumns<T extends ChangedCommune>(narrow: boolean): Column<T>[] {
  return [
    {
      key: 'name',
      label: 'Commune',
      value: ({ name }) => name,
      width: narrow ? 'minmax(66px, 1.15fr)' : 'minmax(140px, 1.4fr)',
    },
    {
      key: 'population',
      label: narrow ? 'Hab.' : 'Habitants',
      title: 'Habitants',
      value: ({ population }) => population,
      show: ({ population }) => formatCount(population),
      width: narrow ? '50px' : '100px',
      numeric: true,
    },
  ];
}
