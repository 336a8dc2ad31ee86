import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CptsPage } from '../../server/contracts/cpts.ts';
import { codeAt } from '../support/small-region.ts';
import { seriousViolations } from './axe.ts';
import { findChromium } from './browser.ts';
import { testsOfTheGround } from './draw-ground.ts';
import { testsOfTogether } from './draw-together.ts';
import { codes, everywhere, handOn, middle } from './hand.ts';
import { drawn, lookAt, pixelOf } from './map.ts';
import { newHome, openSession, type Session } from './session.ts';

const executable = findChromium();

describe.skipIf(!executable)('a project leader draws a territory', () => {
  let session: Session;
  let page: Page;

  const { becomes, tool, undo, redo, empty, press, drag } = handOn(() => page);

  beforeAll(async () => {
    session = await openSession(newHome('small'), { data: null });
    page = session.page;
    await page.goto(`${session.program.address}/?espace=dessiner`);
    await drawn(page, 'draft');
    // It lies over communes to draw.
    await page.getByRole('region', { name: 'Légende' }).getByRole('button').click();
  });
  afterAll(() => session?.close());

  test('the brush takes what it crosses, as fast as it goes, at any zoom', async () => {
    await tool('Pinceau');
    await page.getByRole('button', { name: 'Une commune à la fois' }).click();
    const crossed = codes([
      [2, 2],
      [3, 2],
      [4, 2],
      [5, 2],
    ]);
    for (const zoom of [7.5, 9.2]) {
      await lookAt(page, [2.4, 47.25], zoom);
      await drag([middle(2, 2), middle(5, 2)]);
      await becomes(crossed);
      // From the inside over the boundary: it only adds.
      await drag([middle(4, 2), middle(4, 3)]);
      await becomes([...crossed, codeAt(4, 3)].sort());
      await undo();
      await becomes(crossed);
      await empty();
    }
  });

  test('dragging the boundary changes the side of what it crosses, both ways', async () => {
    await lookAt(page, [2.4, 47.25], 9.2);
    await drag([middle(2, 2), middle(3, 2)]);
    await tool('Limite');
    await drag([middle(3, 2), middle(4, 2)]);
    await becomes(
      codes([
        [2, 2],
        [3, 2],
        [4, 2],
      ]),
    );
    await drag([middle(5, 2), middle(3, 2)]);
    await becomes(codes([[2, 2]]));
    await empty();
  });

  test('the lasso takes what it surrounds off screen too', async () => {
    await lookAt(page, [2.4, 47.3], 10);
    await tool('Lasso');
    const canvas = await page.locator('.maplibregl-canvas').first().boundingBox();
    const corners: [number, number][] = [
      [5, 120],
      [1270, 120],
      [1270, 640],
      [5, 640],
    ];
    const inside = [];
    const offScreen = [];
    for (const cell of everywhere) {
      const { x, y } = await pixelOf(page, middle(...cell));
      if (x > 5 && x < 1270 && y > 120 && y < 640) inside.push(cell);
      if (x > 5 && x < (canvas?.x ?? 0)) offScreen.push(cell);
    }
    expect(offScreen.length).toBeGreaterThan(0);
    // It starts on the map and goes on beside it.
    await page.mouse.move(600, 640);
    await page.mouse.down();
    for (const [x, y] of [corners[3]!, ...corners.slice(0, 3)]) {
      await page.mouse.move(x, y, { steps: 3 });
    }
    await page.mouse.up();
    await becomes(codes(inside));
    await undo();
    await becomes([]);
  });

  test('Space moves the map in the middle of a gesture, Escape gives the gesture up', async () => {
    await lookAt(page, [2.4, 47.25], 9.2);
    await tool('Pinceau');
    await press([middle(2, 2), middle(3, 2)]);
    await becomes(
      codes([
        [2, 2],
        [3, 2],
      ]),
    );
    const before = await pixelOf(page, middle(3, 2));
    await page.keyboard.down(' ');
    await page.mouse.move(before.x + 100, before.y + 90);
    await page.keyboard.up(' ');
    const after = await pixelOf(page, middle(3, 2));
    expect(Math.round(after.x - before.x)).toBe(100);
    await becomes(
      codes([
        [2, 2],
        [3, 2],
      ]),
    );
    await page.keyboard.press('Escape');
    await becomes([]);
    await page.mouse.move(after.x + 40, after.y);
    await page.mouse.up();
    await becomes([]);
    expect(await page.getByRole('button', { name: 'Annuler' }).isEnabled()).toBe(true);
  });

  test('twenty gestures are undone one by one, and done again', async () => {
    await lookAt(page, [2.4, 47.25], 9.2);
    const cells = everywhere.filter(([column, row]) => column > 1 && column < 6 && row < 5);
    expect(cells).toHaveLength(20);
    for (const cell of cells) await drag([middle(...cell)]);
    await becomes(codes(cells));
    for (let k = 20; k > 0; k--) {
      await undo();
      await becomes(codes(cells.slice(0, k - 1)));
    }
    for (let k = 0; k < 20; k++) await redo();
    await becomes(codes(cells));
    await page.getByRole('definition').filter({ hasText: /^20$/ }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await session.picture('draw-figures');
    await empty();
  });

  test('a reload in the middle of a gesture loses nothing', async () => {
    await drag([middle(2, 1)]);
    await press([middle(3, 3), middle(5, 3)]);
    const gesture = codes([
      [3, 3],
      [4, 3],
      [5, 3],
    ]);
    await becomes([codeAt(2, 1), ...gesture].sort());
    // The gesture goes on: what it holds is written down as it does.
    await page.waitForTimeout(300);
    const { x, y } = await pixelOf(page, middle(5, 4));
    await page.mouse.move(x, y, { steps: 2 });
    const all = [codeAt(2, 1), ...gesture, codeAt(5, 4)].sort();
    await becomes(all);
    await page.waitForTimeout(100);
    await page.reload();
    await drawn(page, 'draft');
    await page.getByRole('region', { name: 'Légende' }).getByRole('button').click();
    await page.mouse.up();
    await becomes(all);
    await undo();
    await becomes([codeAt(2, 1)]);
  });

  test('two tabs draw one territory', async () => {
    const [other] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(() => void window.open(location.href)),
    ]);
    await drawn(other, 'draft');
    await becomes([codeAt(2, 1)], other);
    await tool('Pinceau');
    await drag([middle(4, 4)]);
    await becomes(
      codes([
        [2, 1],
        [4, 4],
      ]),
      other,
    );
    await other.bringToFront();
    await other.keyboard.press('Control+z');
    await becomes([codeAt(2, 1)]);
    await page.bringToFront();
    await other.close();
    await empty();
  });

  test('a save made off line is sent when the server answers again', async () => {
    await tool('Pinceau');
    await drag([middle(3, 2), middle(4, 2)]);
    await page.getByLabel('Nom de la CPTS').fill('CPTS hors ligne');
    const { length } = session.complaints;
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Enregistrer la CPTS' }).click();
    await page.getByText(/Le dessin est gardé dans ce navigateur/).waitFor();
    await becomes(
      codes([
        [3, 2],
        [4, 2],
      ]),
    );
    await page.context().setOffline(false);
    await becomes([]);
    // The browser itself complains of the network.
    session.complaints.splice(length);
    const { items } = await session.api<CptsPage>('/api/cpts');
    expect(items.map(({ name, units }) => [name, units])).toEqual([
      [
        'CPTS hors ligne',
        codes([
          [3, 2],
          [4, 2],
        ]),
      ],
    ]);
  });

  testsOfTheGround(() => session);
  testsOfTogether(() => session);

  test('all of it from the keyboard, a locked commune left alone', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('45101');
    await page.keyboard.press('Enter');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('a');
    await becomes([codeAt(1, 0)]);
    await page.keyboard.press('k');
    await page.keyboard.press('a');
    await becomes([codeAt(1, 0)]);
    await page.keyboard.press('t');
    const table = page.getByRole('region', { name: 'Tableau' });
    await table.getByLabel('Département').selectOption('41');
    await table.getByRole('button', { name: 'Ajouter au dessin' }).press('Enter');
    const east = everywhere.filter(([column]) => column >= 6);
    await becomes([...codes(east), codeAt(1, 0)].sort());
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Vider' }).press('Enter');
    // « Vider » is asked for by name: a lock does not hold against it.
    await becomes([]);
    expect(session.complaints).toEqual([]);
  });
});
