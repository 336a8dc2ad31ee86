import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PoleComparison, Poles } from '../../server/contracts/poles.ts';
import type { Unit } from '../../server/contracts/units.ts';
import { seriousViolations } from './axe.ts';
import { drawn, lookAt, pixelOf } from './map.ts';
import type { Session } from './session.ts';

export function testsOfComparison(current: () => Session): void {
  describe('two maps side by side, and on paper', () => {
    let session: Session;
    let page: Page;

    beforeAll(async () => {
      session = current();
      page = session.page;
      await drawn(page, 'poles');
    });

    const secondDrawn = () => page.locator('.map-canvas[data-map-ready=poles]').waitFor();
    const cameras = () =>
      page.evaluate(() =>
        [window.maillageMap, window.maillageSecondMap].map((map) => {
          const { lng, lat } = map?.getCenter() ?? { lng: 0, lat: 0 };
          return [lng, lat, map?.getZoom()];
        }),
      );
    /** Middle of a map on the page, px. */
    async function middleOf(map: number): Promise<{ x: number; y: number }> {
      const box = await page.locator('.map-room').nth(map).boundingBox();
      if (!box) throw new Error(`there is no map ${map}`);
      return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
    }

    test('leaving a comparison gives the map back the camera it had', async () => {
      const [before] = await cameras();
      await page.getByRole('button', { name: 'Comparer…' }).click();
      await secondDrawn();
      const names = await page
        .locator('.maplibregl-canvas')
        .evaluateAll((maps) => maps.map((map) => map.getAttribute('aria-label')));
      expect(new Set(names).size).toBe(2);
      await page.waitForFunction((zoom) => window.maillageMap?.getZoom() !== zoom, before?.[2]);
      await page.keyboard.press('c');
      await page.waitForFunction((zoom) => window.maillageMap?.getZoom() === zoom, before?.[2]);
      expect((await cameras())[0]).toEqual(before);
    });

    test('the second map is moved with the first, and the first with the second', async () => {
      await page.getByRole('button', { name: 'Comparer…' }).click();
      await secondDrawn();
      expect(page.url()).toContain('avec=1/cardiologie');
      const [before] = await cameras();
      const left = await middleOf(0);
      await page.mouse.move(left.x, left.y);
      await page.mouse.down();
      await page.mouse.move(left.x + 60, left.y - 40, { steps: 5 });
      const [held, led] = await cameras();
      expect(held).not.toEqual(before);
      expect(led).toEqual(held);
      await page.mouse.up();
      const right = await middleOf(1);
      await page.mouse.move(right.x, right.y);
      await page.mouse.wheel(0, -300);
      await page.waitForFunction((zoom) => window.maillageMap?.getZoom() !== zoom, held?.[2]);
      const [main, second] = await cameras();
      expect(main).toEqual(second);
    });

    test('the commune pointed at on one is shown on both', async () => {
      const { items } = await session.api<{ items: Unit[] }>('/api/units?q=Corte');
      await lookAt(page, items[0]?.point ?? [9, 42], 8);
      const right = await page.locator('.map-room').nth(1).boundingBox();
      const left = await pixelOf(page, items[0]?.point ?? [9, 42]);
      const first = await page.locator('.map-room').nth(0).boundingBox();
      const shift = (right?.x ?? 0) - (first?.x ?? 0);
      for (const at of [-4, -2, 0]) await page.mouse.move(left.x + shift + at, left.y);
      const cards = page.locator('.hover-card strong');
      await cards.nth(1).waitFor();
      const names = await cards.allTextContents();
      expect(names).toEqual(['Corte', 'Corte']);
      const ringed = await page.evaluate(() =>
        [window.maillageMap, window.maillageSecondMap].map((map) =>
          [...(map?.querySourceFeatures('units', { sourceLayer: 'units' }) ?? [])]
            .filter(({ id }) => {
              const place = { source: 'units', sourceLayer: 'units', id: id ?? '' };
              return map?.getFeatureState(place).hover;
            })
            .map(({ properties }) => properties.name ?? properties.code)
            .at(0),
        ),
      );
      expect(ringed[0]).toBeDefined();
      expect(ringed[0]).toBe(ringed[1]);
    });

    test('what changes is counted, listed, and marked on both maps', async () => {
      const changes = await session.api<PoleComparison>(
        '/api/pole-runs/1/comparison?with=1&otherSpecialty=cardiologie',
      );
      expect(changes.changed).toBeGreaterThan(0);
      await page.getByText(new RegExp(`^${changes.changed}\\scommunes? change`)).waitFor();
      const table = page.getByRole('grid', { name: 'Communes qui changent de pôle' });
      expect(await table.getAttribute('aria-rowcount')).toBe(String(changes.changed + 1));
      const marked = await page.evaluate(
        (codes) =>
          [window.maillageMap, window.maillageSecondMap].map(
            (map) =>
              codes.filter((id) => {
                const place = { source: 'units', sourceLayer: 'units', id };
                return map?.getFeatureState(place).changed;
              }).length,
          ),
        changes.communes.map(({ code }) => code),
      );
      expect(marked).toEqual([changes.changed, changes.changed]);
      expect(await seriousViolations(page)).toEqual([]);
      await session.picture('compare');
    });

    test('a key leaves the second map and nothing of it stays; back brings it again', async () => {
      await page.keyboard.press('c');
      await page.locator('.map-room').nth(1).waitFor({ state: 'detached' });
      expect(await page.locator('canvas').count()).toBe(1);
      expect(await page.evaluate(() => window.maillageSecondMap)).toBeUndefined();
      await page.goBack();
      await secondDrawn();
      await page.goForward();
      await page.locator('.map-room').nth(1).waitFor({ state: 'detached' });
    });

    test('the sheet has a title, a legend, a true scale and the sources', async () => {
      await page.keyboard.press('Control+p');
      const sheet = page.getByRole('article', { name: 'Feuille à imprimer' });
      await sheet.getByRole('img', { name: /^Carte/ }).waitFor();
      await page.getByLabel('Titre').fill('L’été à Ajaccio — pôles');
      expect(await sheet.getByRole('heading', { level: 1 }).textContent()).toBe(
        'L’été à Ajaccio — pôles',
      );
      const { poles } = await session.api<Poles>('/api/flow-datasets/1/poles');
      const legend = await sheet.getByRole('region', { name: 'Légende' }).textContent();
      for (const { name } of poles.slice(0, 3)) expect(legend).toContain(name);
      const text = (await sheet.textContent()) ?? '';
      expect(text).toMatch(/Flux modélisés.*β.*Pôle d’attraction principal.*Carte éditée le/s);
      const [, km, denominator] = /(\d+)\skm · 1\s:\s([\d\s]+) sur A4/.exec(text) ?? [];
      const barPx = await sheet.locator('.print-bar').evaluate((bar) => bar.clientWidth);
      const paperKm = ((barPx / 96) * 0.0254) / 1000;
      const ratio = Number(km) / paperKm / Number(denominator?.replace(/\s/g, ''));
      expect(ratio).toBeGreaterThan(0.93);
      expect(ratio).toBeLessThan(1.07);
      expect(await seriousViolations(page)).toEqual([]);
      await session.picture('print');
    });

    test('it fits one page, without the rest of the screen, and is kept as a picture', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Enregistrer l’image (PNG)' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('l-ete-a-ajaccio-poles.png');
      const png = readFileSync(await download.path());
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      // A4 at 200 dots an inch, in the header.
      expect(Math.abs(png.readUInt32BE(16) - (297 / 25.4) * 200)).toBeLessThan(3);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('tab').first().isVisible()).toBe(false);
      expect(await page.getByRole('heading', { name: 'L’été à Ajaccio' }).isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });
    });

    test('a long title wraps, and nothing of the sheet covers or leaves anything, either way up', async () => {
      const title = 'Pôles d’attraction des patients — ';
      await page.getByLabel('Titre').fill(`${title.repeat(3)}Corse`);
      // Each redraws the map for paper, some seconds of it: the sheet lies already.
      for (const way of ['Paysage', 'Portrait']) {
        await page.getByRole('button', { name: way }).click();
        await page.locator('.print-tools button.primary:not([disabled])').waitFor();
        const found = await page.locator('.sheet').evaluate((sheet) => {
          const boxOf = (box: Element) => box.getBoundingClientRect();
          const boxes = ['h1', '.sheet-frame', '.sheet-legend > *', 'footer']
            .flatMap((part) => [...sheet.querySelectorAll(part)])
            .map(boxOf);
          const all = boxOf(sheet);
          const stage = sheet.closest('.print-stage');
          const heading = sheet.querySelector('h1');
          return {
            outside: boxes.filter((at) => at.right > all.right || at.bottom > all.bottom).length,
            over: boxes.flatMap((p, at) =>
              boxes
                .slice(at + 1)
                .filter(
                  (q) =>
                    p.left < q.right - 1 &&
                    q.left < p.right - 1 &&
                    p.top < q.bottom - 1 &&
                    q.top < p.bottom - 1,
                ),
            ).length,
            cut: (heading?.scrollWidth ?? 0) > (heading?.clientWidth ?? 0),
            scrolls: (stage?.scrollWidth ?? 0) > (stage?.clientWidth ?? 0),
          };
        });
        expect(found).toEqual({ outside: 0, over: 0, cut: false, scrolls: false });
      }
      await page.keyboard.press('Escape');
      await page
        .getByRole('article', { name: 'Feuille à imprimer' })
        .waitFor({ state: 'detached' });
      expect(session.complaints).toEqual([]);
    });
  });
}
