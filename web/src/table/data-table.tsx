import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Column, nextSort, type Sort, sortRows, windowOf } from './model.ts';

const ROW = 28;

interface Props<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  selected: string | null;
  onSelect(row: Row): void;
  initialSort?: Sort;
  /** said in place of the rows when there are none */
  empty: string;
  /** rows shown before the table scrolls by itself; absent: it fills its container */
  maxRows?: number;
  /** narrowest the columns may get, px; below it the table scrolls sideways */
  minWidth?: number;
}

/** A grid that draws only the rows in view, worked with the arrows or the pointer. */
export function DataTable<Row>(props: Props<Row>) {
  const { rows, columns, keyOf, selected, onSelect } = props;
  const [sort, setSort] = useState<Sort | null>(props.initialSort ?? null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(ROW * 12);
  const [active, setActive] = useState(-1);
  const body = useRef<HTMLDivElement>(null);
  const id = useId();
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const selectedAt = useMemo(
    () => (selected === null ? -1 : sorted.findIndex((row) => keyOf(row) === selected)),
    [sorted, selected, keyOf],
  );
  const { first, last } = windowOf(top, height, ROW, sorted.length);
  const tracks = columns.map(({ width }) => width).join(' ');

  useLayoutEffect(() => {
    const element = body.current!;
    const measure = () => setHeight(element.clientHeight || ROW * 12);
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
    const element = body.current!;
    const y = at * ROW;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + ROW > element.scrollTop + element.clientHeight) {
      element.scrollTop = y + ROW - element.clientHeight;
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    // The sort buttons keep their own keys.
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: sorted.length - 1,
    };
    const target = moves[event.key];
    if (target !== undefined && sorted.length > 0) {
      event.preventDefault();
      const at = Math.max(0, Math.min(sorted.length - 1, target));
      setActive(at);
      reveal(at);
    } else if ((event.key === 'Enter' || event.key === ' ') && sorted[active]) {
      event.preventDefault();
      onSelect(sorted[active]);
    }
  }

  const bodyStyle = props.maxRows
    ? { height: `${Math.max(1, Math.min(props.maxRows, sorted.length)) * ROW}px` }
    : {};
  return (
    // biome-ignore lint/a11y/useSemanticElements: only a part of the rows exists at a time
    <div
      class={props.maxRows ? 'table' : 'table table-fill'}
      role="grid"
      aria-label={props.label}
      aria-rowcount={sorted.length + 1}
      aria-colcount={columns.length}
      tabIndex={0}
      aria-activedescendant={active >= first && active < last ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div class="table-inner" style={props.minWidth ? { minWidth: `${props.minWidth}px` } : {}}>
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: focus goes to the buttons in it */}
        <div
          class="table-head"
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: tracks }}
        >
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: see the grid above
            // biome-ignore lint/a11y/useFocusableInteractive: focus goes to the button in it
            <div
              key={column.key}
              role="columnheader"
              class={column.numeric ? 'numeric' : ''}
              aria-sort={ariaSort(sort, column.key)}
            >
              <button
                type="button"
                title={column.title ?? column.label}
                onClick={() => setSort(nextSort(sort, column))}
              >
                {column.label}
                <span class="sort-sign" aria-hidden="true">
                  {sort?.key === column.key ? (sort.descending ? '▾' : '▴') : ''}
                </span>
              </button>
            </div>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid above */}
        <div
          class="table-body"
          role="rowgroup"
          ref={body}
          style={bodyStyle}
          onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        >
          {sorted.length === 0 && <p class="empty">{props.empty}</p>}
          <div
            role="presentation"
            style={{ height: `${sorted.length * ROW}px`, position: 'relative' }}
          >
            {sorted.slice(first, last).map((row, offset) => {
              const at = first + offset;
              const key = keyOf(row);
              return (
                // biome-ignore lint/a11y/useSemanticElements: see the grid above
                // biome-ignore lint/a11y/useFocusableInteractive: the body has the focus
                // biome-ignore lint/a11y/useKeyWithClickEvents: the body has the keys
                <div
                  key={key}
                  id={`${id}-${at}`}
                  role="row"
                  aria-rowindex={at + 2}
                  aria-selected={key === selected}
                  class={at === active ? 'row active' : 'row'}
                  style={{ gridTemplateColumns: tracks, top: `${at * ROW}px` }}
                  onClick={() => {
                    setActive(at);
                    onSelect(row);
                  }}
                >
                  {columns.map((column) => (
                    <TableCell key={column.key} column={column} row={row} />
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function TableCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const value = column.value(row);
  const text = column.show ? column.show(row) : value === null ? '—' : String(value);
  const swatch = column.swatch?.(row);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the body has the focus
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
