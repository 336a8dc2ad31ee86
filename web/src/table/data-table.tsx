import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Column, nextSort, type Sort, sortRows, windowOf } from './model.ts';

/** heights in px, as in table.css */
const ROW = 28;
const TALL_ROW = 40;
const HEAD = 27;

interface Props<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  selected: string | null;
  onSelect(row: Row): void;
  initialSort?: Sort;
  /** told of the order that its head is asked for */
  onSort?(sort: Sort): void;
  /** said in place of the rows when there are none */
  empty: string;
  /** rows of two lines, where the names have no room on one */
  tall?: boolean;
  /** narrowest the columns may get, px; below it the table scrolls sideways */
  minWidth?: number;
}

/** A grid that draws only the rows in view, worked with the arrows or the pointer. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, rows, columns, keyOf, selected, onSelect } = props;
  const [sort, setSort] = useState<Sort | null>(props.initialSort ?? null);
  const [top, setTop] = useState(0);
  const row = props.tall ? TALL_ROW : ROW;
  const [height, setHeight] = useState(row * 12);
  const [active, setActive] = useState(-1);
  const grid = useRef<HTMLDivElement>(null);
  const id = useId();
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const selectedAt = useMemo(
    () => (selected === null ? -1 : sorted.findIndex((row) => keyOf(row) === selected)),
    [sorted, selected, keyOf],
  );
  const { first, last } = windowOf(top, height, row, sorted.length);
  const tracks = columns.map(({ width }) => width).join(' ');

  useLayoutEffect(() => {
    const element = grid.current!;
    const measure = () => setHeight(Math.max(row, element.clientHeight - HEAD));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    setActive(selectedAt);
    if (selectedAt >= 0) reveal(selectedAt);
  }, [selectedAt]);

  function reveal(at: number) {
    const element = grid.current!;
    const y = at * row;
    const inView = element.clientHeight - HEAD;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + row > element.scrollTop + inView) element.scrollTop = y + row - inView;
  }

  function onKeyDown(event: KeyboardEvent) {
    // The sort buttons keep their own keys.
    if (event.target !== event.currentTarget || sorted.length === 0) return;
    const at = moved(event.key, active, Math.floor(height / row) - 1, sorted.length);
    if (at !== null) {
      event.preventDefault();
      setActive(at);
      reveal(at);
    } else if ((event.key === 'Enter' || event.key === ' ') && sorted[active]) {
      event.preventDefault();
      onSelect(sorted[active]);
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: only a part of the rows exists at a time
    <div
      class={props.tall ? 'table tall' : 'table'}
      role="grid"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= first && active < last ? `${id}-${active}` : undefined}
      tabIndex={0}
      ref={grid}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <Head
        columns={columns}
        sort={sort}
        style={{ gridTemplateColumns: tracks, minWidth: `${props.minWidth ?? 0}px` }}
        onSort={(column) => {
          const next = nextSort(sort, column);
          setSort(next);
          props.onSort?.(next);
        }}
      />
      {sorted.length === 0 && <p class="empty">{props.empty}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid above */}
      <div
        class="table-body"
        role="rowgroup"
        style={{ height: `${sorted.length * row}px`, minWidth: `${props.minWidth ?? 0}px` }}
      >
        {sorted.slice(first, last).map((each, offset) => {
          const at = first + offset;
          const key = keyOf(each);
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the grid above
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
            <div
              key={key}
              id={`${id}-${at}`}
              role="row"
              aria-rowindex={at + 2}
              aria-selected={key === selected}
              class={at === active ? 'row active' : 'row'}
              style={{ gridTemplateColumns: tracks, top: `${at * row}px` }}
              onClick={() => {
                setActive(at);
                onSelect(each);
              }}
            >
              {columns.map((column) => (
                <TableCell key={column.key} column={column} row={each} />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Row that a key moves to, or null when it is no key of the grid. */
function moved(key: string, active: number, page: number, count: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + Math.max(1, page),
    PageUp: active - Math.max(1, page),
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? null : Math.max(0, Math.min(count - 1, target));
}

interface HeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | null;
  style: Record<string, string>;
  onSort(column: Column<Row>): void;
}

function Head<Row>({ columns, sort, style, onSort }: HeadProps<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: focus goes to the buttons in it
    <div class="table-head" role="row" aria-rowindex={1} style={style}>
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: see the grid
        // biome-ignore lint/a11y/useFocusableInteractive: focus goes to the button in it
        <div
          key={column.key}
          role="columnheader"
          class={column.numeric ? 'numeric' : ''}
          aria-sort={ariaSort(sort, column.key)}
        >
          <button type="button" title={column.title ?? column.label} onClick={() => onSort(column)}>
            {column.label}
            <span aria-hidden="true">
              {sort?.key === column.key ? (sort.descending ? '▾' : '▴') : ''}
            </span>
          </button>
        </div>
      ))}
    </div>
  );
}

function TableCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const value = column.value(row);
  const text = column.show ? column.show(row) : value === null ? '—' : String(value);
  const swatch = column.swatch?.(row);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="gridcell" class={column.numeric ? 'numeric' : ''} title={text}>
      {swatch && <span class="swatch" style={{ background: swatch }} />}
      {text}
    </div>
  );
}

function ariaSort(sort: Sort | null, key: string) {
  if (sort?.key !== key) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}
