import { expect, test } from 'vitest';
import { codeAt } from '../support/small-region.ts';
import { seriousViolations } from './axe.ts';
import { type Cell, codes, handOn, middle, placeOf } from './hand.ts';
import { clickCommune, lookAt } from './map.ts';
import type { Session } from './session.ts';

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 720 };

/** Gestures of the project leader that draw on an outline, or on the ground itself: import, cut. */
export function testsOfTheGround(current: () => Session): void {
  const page = () => current().page;
  const { becomes, becomesShared, tool, undo, redo, empty } = handOn(page);

  /** Codes that the map hatches as a preview. */
  const previewed = (among: readonly Cell[]) =>
    page().evaluate((all) => {
      const stateOf = (id: string) =>
        window.maillageMap?.getFeatureState({ source: 'units', sourceLayer: 'units', id });
      return all.filter((code) => stateOf(code)?.preview === true);
    }, codes(among));
  const previews = (expected: readonly Cell[]) =>
    expect.poll(() => previewed(around), { timeout: 15_000 }).toEqual(codes(expected));
  const around: Cell[] = [0, 1, 2, 3, 4, 5].flatMap((c) => [0, 1, 2, 3].map((r): Cell => [c, r]));

  /** The same at the desk and on a phone, then back at the desk. */
  async function pictures(name: string, sheet = 'Dessin') {
    await current().picture(name);
    await page().setViewportSize(phone);
    await page().waitForTimeout(300);
    await current().picture(`${name}-phone-map`);
    await page().getByRole('button', { name: sheet, exact: true }).click();
    await current().picture(`${name}-phone`);
    await page().getByRole('button', { name: sheet, exact: true }).click();
    await page().setViewportSize(desk);
    await page().waitForTimeout(300);
  }

  test('an outline is previewed, its share of area chosen, then drawn', async () => {
    await lookAt(page(), [2.4, 47.25], 9.2);
    await tool('Main');
    await page().getByText('Importer un contour ou une liste…').click();
    const corners: [number, number][] = [
      [1, 1],
      [3.7, 1],
      [3.7, 2],
      [3.15, 2],
      [3.15, 2.35],
      [1, 2.35],
      [1, 1],
    ];
    const outline = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { nom: 'Pays du Milieu' },
          geometry: { type: 'Polygon', coordinates: [corners.map((at) => placeOf(...at))] },
        },
      ],
    };
    await page()
      .getByLabel('Fichier de contours ou liste de communes')
      .setInputFiles({
        name: 'pays.geojson',
        mimeType: 'application/geo+json',
        buffer: Buffer.from(JSON.stringify(outline)),
      });
    const preview = page().getByRole('region', { name: /^Aperçu/ });
    await preview.getByText('3 communes').waitFor();
    const most: Cell[] = [
      [1, 1],
      [2, 1],
      [3, 1],
    ];
    await previews(most);
    await becomes([]);
    expect(await seriousViolations(page())).toEqual([]);
    await pictures('draw-import');

    const share = preview.getByRole('slider');
    await share.focus();
    // From half of the area to a third, of which two squares have 35 %.
    for (let percent = 50; percent > 33; percent--) await share.press('ArrowLeft');
    await preview.getByText('5 communes').waitFor();
    const third: Cell[] = [...most, [1, 2], [2, 2]];
    await previews(third);
    await share.press('End');
    await preview.getByText('2 communes').waitFor();
    await previews(most.slice(0, 2));
    await share.press('Home');
    await preview.getByText('6 communes').waitFor();
    for (let percent = 1; percent < 33; percent++) await share.press('ArrowRight');
    await preview.getByText('5 communes').waitFor();

    await preview.getByRole('button', { name: 'Ajouter au dessin' }).click();
    await becomes(codes(third));
    await preview.waitFor({ state: 'detached' });
    await previews([]);
    await undo();
    await becomes([]);
    await redo();
    await becomes(codes(third));
    await empty();
    await page().getByRole('button', { name: 'Autre fichier' }).click();
    await page().getByText('Importer un contour ou une liste…').click();
  });

  test('a commune is cut along a line, a sector drawn, then the commune made whole', async () => {
    const orleans = codeAt(3, 2);
    const panel = page().getByRole('complementary', { name: 'Territoire dessiné' });
    await lookAt(page(), [2.4, 47.25], 9.2);
    await tool('Main');
    await page().keyboard.press('/');
    await page().keyboard.type(orleans);
    await page().keyboard.press('Enter');
    await page().getByRole('button', { name: 'Découper…' }).click();
    const cut = page().getByRole('region', { name: 'Découper Orléans' });
    await lookAt(page(), [2.4, 47.25], 9.2);
    for (const [column, row] of [
      [3.4, 1.8],
      [3.4, 2.5],
      [3.45, 3.2],
    ] as const) {
      await clickCommune(page(), placeOf(column, row));
    }
    // No tool is taken meanwhile: its gestures would draw.
    await page().keyboard.press('b');
    const people = cut.getByRole('spinbutton', { name: 'Habitants' });
    await people.first().waitFor();
    const told = async () =>
      (await Promise.all([0, 1].map((at) => people.nth(at).inputValue()))).map(Number);
    // By area: two fifths and a little more to the west, nothing lost.
    const byArea = await told();
    expect(byArea[0]! + byArea[1]!).toBe(120_000);
    expect(Math.min(...byArea) / 120_000).toBeCloseTo(0.41, 1);
    const names = cut.getByRole('textbox', { name: 'Nom' });
    const west = byArea[0]! < byArea[1]! ? 0 : 1;
    await names.nth(west).fill('Rive ouest');
    await names.nth(1 - west).fill('Rive est');
    await people.nth(west).fill('52000');
    expect((await told())[1 - west]).toBe(68_000);
    await cut.getByText(/La somme reste de 120\s000\shab\./).waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    await pictures('draw-cut');
    // No click on the map drew.
    await becomes([]);

    await cut.getByRole('button', { name: 'Découper', exact: true }).click();
    await cut.waitFor({ state: 'detached' });
    await page().getByRole('button', { name: 'Rendre Orléans entière' }).waitFor();
    const inHand = page().getByRole('button', { name: 'Main', exact: true });
    expect(await inHand.getAttribute('aria-pressed')).toBe('true');
    await lookAt(page(), [2.4, 47.25], 9.2);
    await clickCommune(page(), placeOf(3.2, 2.5));
    await panel
      .getByText(/52\s000\shab\./)
      .first()
      .waitFor();
    await clickCommune(page(), middle(2, 2));
    await panel
      .getByText(/60\s000\shab\./)
      .first()
      .waitFor();
    await becomes(codes([[2, 2]]));
    await pictures('draw-sector', 'Territoire dessiné');
    await clickCommune(page(), middle(2, 2));
    await becomes([]);

    await page().getByRole('button', { name: 'Rendre Orléans entière' }).click();
    await page()
      .getByRole('button', { name: 'Rendre Orléans entière' })
      .waitFor({ state: 'detached' });
    await panel
      .getByText(/120\s000\shab\./)
      .first()
      .waitFor();
    // « CPTS hors ligne » holds it too, once the page has read the CPTS again.
    await becomesShared([orleans]);
    await empty();
    await becomesShared([]);
  });
}
