// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataTable } from '../../web/src/table/data-table.tsx';
import type { Column } from '../../web/src/table/model.ts';

const columns: Column<number>[] = [
  { key: 'name', label: 'Nom', value: (n) => `<b>${n}</b>`, width: '1fr' },
  { key: 'rank', label: 'Rang', value: (n) => n, width: '1fr', numeric: true },
];
const many = Array.from({ length: 35_000 }, (_, n) => n);

let host: HTMLElement;
beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(() => {
  render(null, host);
  host.remove();
});

async function show(rows: readonly number[], onSelect = vi.fn(), selected: string | null = null) {
  await act(() =>
    render(
      <DataTable
        label="Essai"
        rows={rows}
        columns={columns}
        keyOf={String}
        selected={selected}
        onSelect={onSelect}
        empty="Rien à montrer."
      />,
      host,
    ),
  );
  return onSelect;
}
const grid = () => host.querySelector<HTMLElement>('[role=grid]')!;
const drawn = () => [...host.querySelectorAll<HTMLElement>('.row')];
const press = (key: string) =>
  act(() => {
    grid().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });

describe('DataTable', () => {
  it('draws a screenful of 35 000 rows and says how many there are', async () => {
    await show(many);
    expect(drawn().length).toBeLessThan(60);
    expect(grid().getAttribute('aria-rowcount')).toBe('35001');
  });

  it('shows text as text', async () => {
    await show([1]);
    expect(host.querySelector('b')).toBeNull();
    expect(drawn()[0]!.textContent).toContain('<b>1</b>');
  });

  it('moves with the arrows and selects with Enter', async () => {
    const onSelect = await show(many);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) await press(key);
    expect(onSelect).toHaveBeenCalledWith(1);
    const active = grid().getAttribute('aria-activedescendant')!;
    expect(document.getElementById(active)?.textContent).toContain('<b>1</b>');
  });

  it('sorts from its head, and tells the order', async () => {
    await show([1, 3, 2]);
    await act(() => host.querySelectorAll<HTMLElement>('.table-head button')[1]!.click());
    expect(drawn().map((row) => row.textContent)).toEqual(['<b>3</b>3', '<b>2</b>2', '<b>1</b>1']);
    const head = host.querySelectorAll('[role=columnheader]')[1]!;
    expect(head.getAttribute('aria-sort')).toBe('descending');
  });

  it('marks the row that is selected', async () => {
    await show([1, 2], vi.fn(), '2');
    expect(drawn().map((row) => row.getAttribute('aria-selected'))).toEqual(['false', 'true']);
  });

  it('says when it is empty', async () => {
    await show([]);
    expect(host.textContent).toContain('Rien à montrer.');
  });
});
