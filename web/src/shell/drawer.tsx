import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { counted } from '../french/numbers.ts';
import { compared } from '../state/comparison.ts';
import { drawerHeight, drawerOpen, drawerTable, isPhone, showDetail } from '../state/panels.ts';
import { comparedRun } from '../state/run-comparison.ts';
import { download, toCsv } from '../table/csv.ts';
import { DataTable } from '../table/data-table.tsx';
import { filterRows, sortRows } from '../table/model.ts';
import type { DrawerFilter, DrawerTable } from '../workspaces/tables/drawer-table.ts';
import { drawerTables, type TableName } from '../workspaces/tables/registry.ts';
import { runRows } from '../workspaces/tables/runs.ts';
import { type Asked, DrawerFilters, narrowed } from './drawer-filters.tsx';

const names: [TableName, string][] = [
  ['communes', 'Communes'],
  ['poles', 'Pôles'],
  ['territories', 'Territoires'],
  ['runs', 'Propositions'],
  ['cpts', 'CPTS'],
  ['changes', 'Changements'],
  ['sides', 'Changements'],
];

/** The table under the map: it does everything the map does. */
export function Drawer() {
  const offered = names.filter(
    ([key]) =>
      (key !== 'runs' || runRows.value.length > 0) &&
      (key !== 'changes' || compared.value) &&
      (key !== 'sides' || comparedRun.value !== null),
  );
  const name = offered.find(([key]) => key === drawerTable.value)?.[0] ?? 'communes';
  const table = drawerTables[name].value;
  return (
    <section
      class="drawer"
      aria-label="Tableau"
      style={isPhone.value ? {} : { height: `${drawerHeight.value}px` }}
    >
      {!isPhone.value && <Grip />}
      <DrawerContent
        key={name}
        table={table}
        tabs={
          <fieldset class="segmented" aria-label="Lignes du tableau">
            {offered.map(([key, label]) => (
              <button
                key={key}
                type="button"
                aria-pressed={key === name}
                onClick={() => {
                  drawerTable.value = key;
                }}
              >
                {label}
              </button>
            ))}
          </fieldset>
        }
      />
    </section>
  );
}

const none: readonly DrawerFilter<never>[] = [];

interface ContentProps<Row> {
  table: DrawerTable<Row>;
  tabs: ComponentChildren;
}

function DrawerContent<Row>({ table, tabs }: ContentProps<Row>) {
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState(table.sort);
  const [asked, setAsked] = useState<Asked>({});
  const { filters = none } = table;
  const rows = useMemo(
    () => filterRows(narrowed(table.rows, filters, asked), table.columns, typed),
    [table.rows, table.columns, filters, asked, typed],
  );
  const filtered = typed !== '' || Object.values(asked).some(Boolean);
  return (
    <>
      <div class="drawer-tools">
        {tabs}
        <input
          type="search"
          class="input"
          placeholder="Filtrer"
          aria-label={`Filtrer\u00a0: ${table.label}`}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <DrawerFilters
          rows={table.rows}
          filters={filters}
          asked={asked}
          set={(key, wanted) => setAsked((before) => ({ ...before, [key]: wanted }))}
        />
        <span class="quiet figure" role="status">
          {counted(rows.length, 'ligne')}
        </span>
        <span class="spacer" />
        {table.acts?.map(({ label, run }) => (
          <button
            key={label}
            type="button"
            class="button small"
            disabled={rows.length === 0}
            onClick={() => run(rows)}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          class="button small"
          disabled={rows.length === 0}
          onClick={() => {
            const ordered = sortRows(rows, table.columns, sort);
            const columns = [...table.columns, ...table.exported];
            download(`maillage-${table.file}.csv`, toCsv(ordered, columns));
          }}
        >
          Exporter en CSV
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Fermer le tableau"
          onClick={() => {
            drawerOpen.value = false;
          }}
        >
          ✕
        </button>
      </div>
      <DataTable
        label={table.label}
        rows={rows}
        columns={table.columns}
        keyOf={table.keyOf}
        selected={table.selected()}
        onSelect={(row) => {
          table.onSelect(row);
          showDetail('drawer');
        }}
        initialSort={table.sort}
        onSort={setSort}
        empty={
          filtered
            ? 'Aucune ligne ne correspond au filtre\u00a0: effacez-le pour tout revoir.'
            : table.empty
        }
        minWidth={table.minWidth}
      />
    </>
  );
}

/** Drags the top edge; the arrows do it from the keyboard. */
function Grip() {
  const set = (height: number) => {
    drawerHeight.value = Math.round(Math.max(120, Math.min(innerHeight - 220, height)));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>
    <div
      class="grip"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Hauteur du tableau"
      aria-valuenow={drawerHeight.value}
      aria-valuemin={120}
      aria-valuemax={Math.max(120, innerHeight - 220)}
      tabIndex={0}
      onKeyDown={(event) => {
        const step = { ArrowUp: 24, ArrowDown: -24 }[event.key];
        if (!step) return;
        event.preventDefault();
        set(drawerHeight.value + step);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) {
          set(drawerHeight.value - event.movementY);
        }
      }}
    />
  );
}
