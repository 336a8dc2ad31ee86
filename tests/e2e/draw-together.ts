import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { type Cell, codes, handOn, middle } from './hand.ts';
import { drawn, lookAt, pixelOf } from './map.ts';
import type { Session } from './session.ts';

/** Two people on one CPTS, two fingers on one map, and what is taken without drawing it. */
export function testsOfTogether(current: () => Session): void {
  const page = () => current().page;
  const { becomes, becomesShared, tool, drag, empty } = handOn(page);
  /** Round the square of column 2 and row 2; Orléans, on it, is in « CPTS hors ligne » too. */
  const ring: Cell[] = [
    [1, 1],
    [2, 1],
    [3, 1],
    [1, 2],
    [1, 3],
    [2, 3],
    [3, 3],
  ];
  const orleans: Cell = [3, 2];

  test('a hole is filled, and the neighbours cared for here are taken', async () => {
    await lookAt(page(), [2.4, 47.25], 9.2);
    await tool('Pinceau');
    await page().getByRole('button', { name: 'Une commune à la fois' }).click();
    await drag([middle(1, 1), middle(3, 1), middle(3, 3), middle(1, 3), middle(1, 1)]);
    await becomes(codes(ring));
    await becomesShared(codes([orleans]));
    await page().getByRole('button', { name: 'Trou 1', exact: true }).waitFor();
    await current().picture('draw-hole');
    await page().getByText('Compléter, verrouiller').click();
    await page().getByRole('button', { name: 'Combler les trous' }).click();
    const whole: Cell[] = [...ring, [2, 2]];
    await becomes(codes(whole));
    // Orléans, which treats most of those around it, is in: more than the neighbours come.
    await page()
      .getByRole('button', { name: /se soignent surtout ici/ })
      .click();
    const members = page().locator('.figures-dense dd').first();
    await expect.poll(async () => Number(await members.textContent())).toBeGreaterThan(9);
    await current().picture('draw-care');
    await page().getByText('Compléter, verrouiller').click();
    await empty();
  });

  test('two fingers move the map in the middle of a stroke, which they drop', async () => {
    await lookAt(page(), [2.4, 47.25], 9.2);
    const session = await page().context().newCDPSession(page());
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      points: { x: number; y: number }[],
    ) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map((point, id) => ({ ...point, id })),
      });
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
    const before = await pixelOf(page(), middle(3, 3));
    const by = (x: number, y: number) => ({ x: before.x + x, y: before.y + y });
    await touch('touchStart', [by(0, 0)]);
    await becomes(codes([[3, 3]]));
    await touch('touchStart', [by(0, 0), by(60, 0)]);
    await becomes([]);
    for (const k of [1, 2, 3])
      await touch('touchMove', [by(20 * k, 10 * k), by(60 + 20 * k, 10 * k)]);
    await touch('touchEnd', []);
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: false });
    await session.detach();
    await expect
      .poll(async () => {
        const { x, y } = await pixelOf(page(), middle(3, 3));
        return [Math.round(x - before.x), Math.round(y - before.y)];
      })
      .toEqual([60, 30]);
    await becomes([]);
  });

  test('who saves second keeps theirs, goes back to the other’s, or makes another of it', async () => {
    const one: Cell[] = [
      [1, 4],
      [2, 4],
    ];
    const brush = async (on: Page, hand: ReturnType<typeof handOn>) => {
      await lookAt(on, [2.4, 47.25], 9.2);
      await hand.tool('Pinceau');
      await on.getByRole('button', { name: 'Une commune à la fois' }).click();
    };
    const { length } = current().complaints;
    await brush(page(), handOn(page));
    await drag([middle(1, 4), middle(2, 4)]);
    await page().getByLabel('Nom de la CPTS').fill('CPTS à deux');
    await page().getByRole('button', { name: 'Enregistrer la CPTS' }).click();
    await page().getByRole('article', { name: 'CPTS : CPTS à deux' }).waitFor();
    await page().getByRole('button', { name: 'Modifier dans Dessiner' }).click();
    await drawn(page(), 'draft');
    await becomes(codes(one));
    // The page framed the CPTS.
    await lookAt(page(), [2.4, 47.25], 9.2);

    // Another person, in a browser of their own.
    const context = await page().context().browser()!.newContext({ locale: 'fr-FR' });
    const other = await context.newPage();
    await other.goto(page().url());
    await drawn(other, 'draft');
    const theirs = handOn(() => other);
    await other.getByRole('tab', { name: 'Contrôler' }).click();
    await other.getByText('CPTS à deux').first().click();
    await other.getByRole('button', { name: 'Modifier dans Dessiner' }).click();
    await drawn(other, 'draft');
    await brush(other, theirs);
    const saveBy = (who = page()) =>
      who.getByRole('button', { name: 'Enregistrer la version suivante' }).click();
    const way = (name: string) => page().getByRole('button', { name, exact: true });
    const versionIs = (version: number) =>
      page().getByText(`depuis la version ${version}`).first().waitFor();

    // They save first: mine goes over it.
    await theirs.drag([middle(3, 4)]);
    await saveBy(other);
    await other.getByText('depuis la version 2').first().waitFor();
    await drag([middle(1, 3)]);
    await saveBy();
    await page().getByText('La version 2 a été enregistrée entre-temps').waitFor();
    await current().picture('draw-stale');
    await way('Garder la mienne').click();
    await versionIs(3);
    await becomes(codes([...one, [1, 3]]));

    // They are late in turn: I take what they made, mine behind « Annuler ».
    await theirs.drag([middle(4, 4)]);
    await saveBy(other);
    await other.getByRole('button', { name: 'Garder la mienne', exact: true }).click();
    await other.getByText('depuis la version 4').first().waitFor();
    await drag([middle(2, 3)]);
    await saveBy();
    await way('Garder la leur').click();
    await becomes(codes([...one, [3, 4], [4, 4]]));
    await page().keyboard.press('Control+z');
    await becomes(codes([...one, [1, 3], [2, 3]]));

    // And once more: a CPTS of its own.
    await theirs.drag([middle(5, 4)]);
    await saveBy(other);
    await other.getByText('depuis la version 5').first().waitFor();
    await saveBy();
    await way('En faire une autre').click();
    await page()
      .getByRole('heading', { name: /CPTS à deux \(variante\)/ })
      .waitFor();
    await context.close();
    const { items } = await current().api<{ items: Cpts[] }>('/api/cpts');
    const unitsOf = (name: string) => items.find((cpts) => cpts.name === name)?.units;
    expect(unitsOf('CPTS à deux')).toEqual(codes([...one, [3, 4], [4, 4], [5, 4]]));
    expect(unitsOf('CPTS à deux (variante)')).toEqual(codes([...one, [1, 3], [2, 3]]));
    await page().getByLabel('Autres dessins').selectOption({ label: 'Nouvelle CPTS' });
    await becomes([]);
    // The browser says of each 409 that it failed.
    expect(current().complaints.splice(length)).toEqual(
      Array(3).fill(expect.stringContaining('409')),
    );
  });
}
