import { useMemo } from 'preact/hooks';
import type { DrawerFilter } from '../workspaces/tables/drawer-table.ts';

/** What is asked of each filter, by its key: '' and absent ask nothing, 'on' is a box ticked. */
export type Asked = Readonly<Record<string, string>>;

/** Rows that every filter keeps. */
export function narrowed<Row>(
  rows: readonly Row[],
  filters: readonly DrawerFilter<Row>[],
  asked: Asked,
): readonly Row[] {
  const active = filters.filter(({ key }) => asked[key]);
  if (active.length === 0) return rows;
  return rows.filter((row) => active.every((filter) => keeps(filter, asked[filter.key]!, row)));
}

function keeps<Row>(filter: DrawerFilter<Row>, wanted: string, row: Row): boolean {
  switch (filter.kind) {
    case 'check':
      return filter.keep(row);
    case 'choice':
      return filter.of(row) === wanted;
    case 'least':
      return filter.of(row) >= Number(wanted);
  }
}

interface Props<Row> {
  rows: readonly Row[];
  filters: readonly DrawerFilter<Row>[];
  asked: Asked;
  set(key: string, wanted: string): void;
}

export function DrawerFilters<Row>({ rows, filters, asked, set }: Props<Row>) {
  return (
    <>
      {filters.map((filter) => (
        <Filter
          key={filter.key}
          rows={rows}
          filter={filter}
          wanted={asked[filter.key] ?? ''}
          set={(wanted) => set(filter.key, wanted)}
        />
      ))}
    </>
  );
}

interface FilterProps<Row, F = DrawerFilter<Row>> {
  rows: readonly Row[];
  filter: F;
  wanted: string;
  set(wanted: string): void;
}

function Filter<Row>({ rows, filter, wanted, set }: FilterProps<Row>) {
  if (filter.kind === 'choice') return <Choice {...{ rows, filter, wanted, set }} />;
  if (filter.kind === 'check') {
    return (
      <label class="drawer-check">
        <input
          type="checkbox"
          checked={wanted !== ''}
          onChange={(event) => set(event.currentTarget.checked ? 'on' : '')}
        />
        {filter.label}
      </label>
    );
  }
  return (
    <input
      type="number"
      inputMode="numeric"
      class="input drawer-least"
      min={0}
      aria-label={filter.label}
      title={filter.label}
      placeholder={filter.short}
      value={wanted}
      onInput={(event) => set(event.currentTarget.value)}
    />
  );
}

type ChoiceFilter<Row> = Extract<DrawerFilter<Row>, { kind: 'choice' }>;

function Choice<Row>({ rows, filter, wanted, set }: FilterProps<Row, ChoiceFilter<Row>>) {
  const values = useMemo(() => {
    const found = new Set(rows.map((row) => filter.of(row)).filter((value) => value !== null));
    // What was chosen stays offered when another analysis has none of it.
    if (wanted) found.add(wanted);
    return [...found].sort((a, b) => a.localeCompare(b, 'fr', { numeric: true }));
  }, [rows, filter, wanted]);
  return (
    <select
      class="input drawer-choice"
      aria-label={filter.label}
      value={wanted}
      onChange={(event) => set(event.currentTarget.value)}
    >
      <option value="">{filter.any}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </select>
  );
}
