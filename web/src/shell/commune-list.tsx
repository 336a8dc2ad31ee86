import { useMemo } from 'preact/hooks';
import { formatCount, formatShare } from '../french/numbers.ts';
import { frame } from '../map/frame.ts';
import { select } from '../state/address.ts';
import type { Region } from '../state/region.ts';
import { DataTable } from '../table/data-table.tsx';
import type { Column } from '../table/model.ts';

interface Props {
  region: Region;
  units: readonly number[];
  title: string;
  /** attraction rate of a unit, when it is known */
  rate?: (unit: number) => number;
  empty?: string;
}

/** Communes of what is selected; choosing one selects it. */
export function CommuneList({ region, units, title, rate, empty = 'Aucune commune.' }: Props) {
  const columns = useMemo(() => columnsOf(region, rate), [region, rate]);
  return (
    <section class="list-section">
      <h3>{title}</h3>
      <DataTable
        label={title}
        rows={units}
        columns={columns}
        keyOf={(unit) => region.code[unit]!}
        selected={null}
        onSelect={(unit) => {
          select({ kind: 'unit', code: region.code[unit]! });
          frame.point(region.lon[unit]!, region.lat[unit]!);
        }}
        initialSort={{ key: 'population', descending: true }}
        empty={empty}
      />
    </section>
  );
}

function columnsOf(region: Region, rate: Props['rate']): Column<number>[] {
  const columns: Column<number>[] = [
    {
      key: 'name',
      label: 'Commune',
      value: (unit) => region.name[unit]!,
      width: 'minmax(100px, 1fr)',
    },
    {
      key: 'population',
      label: 'Hab.',
      title: 'Habitants',
      value: (unit) => region.population[unit]!,
      show: (unit) => formatCount(region.population[unit]!),
      width: '76px',
      numeric: true,
    },
  ];
  if (rate) {
    columns.push({
      key: 'rate',
      label: 'Taux',
      title: 'Taux d’attraction',
      value: rate,
      show: (unit) => formatShare(rate(unit)),
      width: '72px',
      numeric: true,
    });
  }
  return columns;
}
