import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { codeAt } from '../support/small-region.ts';
import { pixelOf } from './map.ts';

/** A square of `small-region.ts`: its column and row, from the south-west. */
export type Cell = readonly [number, number];
/** Longitude, latitude. */
export type Place = readonly [number, number];

export const everywhere: readonly Cell[] = Array.from(
  { length: 48 },
  (_, at) => [at % 8, Math.floor(at / 8)] as const,
);
export const codes = (cells: readonly Cell[]) =>
  cells.map(([column, row]) => codeAt(column, row)).sort();

/** Where a point of the grid is, in squares from its south-west corner. */
export const placeOf = (column: number, row: number): [number, number] => [
  2 + 0.1 * column,
  47 + 0.1 * row,
];
export const middle = (column: number, row: number) => placeOf(column + 0.5, row + 0.5);

/** Draws on the map of a page as a hand does, and reads what is drawn. */
export function handOn(current: () => Page) {
  /** Codes of the communes that the map shows in the drawing alone, or in a CPTS too. */
  const members = (on: Page, shared: boolean) =>
    on.evaluate(
      ([all, shared]) =>
        all.filter((id) => {
          const unit = { source: 'units', sourceLayer: 'units', id };
          const state = window.maillageMap?.getFeatureState(unit);
          return shared ? state?.conflict === true : state?.fill === '#9dbcf0';
        }),
      [codes(everywhere), shared] as const,
    );
  const become = (expected: readonly string[], on: Page, shared: boolean) =>
    expect.poll(() => members(on, shared), { timeout: 15_000 }).toEqual(expected);
  const becomes = (expected: readonly string[], on = current()) => become(expected, on, false);
  /** Presses on the first place and moves through the others, few and far apart. */
  async function press(places: readonly Place[]) {
    const page = current();
    for (const [at, place] of places.entries()) {
      const { x, y } = await pixelOf(page, [...place]);
      await page.mouse.move(x, y, { steps: at === 0 ? 1 : 2 });
      if (at === 0) await page.mouse.down();
    }
  }
  return {
    becomes,
    /** The same of the communes that a CPTS holds besides, which are hatched. */
    becomesShared: (expected: readonly string[]) => become(expected, current(), true),
    press,
    tool: (name: string) => current().getByRole('button', { name, exact: true }).click(),
    undo: () => current().keyboard.press('Control+z'),
    redo: () => current().keyboard.press('Control+Shift+z'),
    async drag(places: readonly Place[]) {
      await press(places);
      await current().mouse.up();
    },
    async empty() {
      await current().getByRole('button', { name: 'Vider' }).click();
      await becomes([]);
    },
  };
}
