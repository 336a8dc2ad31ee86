import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Destinations } from '../../server/contracts/flow-datasets.ts';
import type { Health } from '../../server/contracts/health.ts';
import type { OverlapPage } from '../../server/contracts/overlaps.ts';
import type { Poles } from '../../server/contracts/poles.ts';
import type { Proposal, ProposalPage } from '../../server/contracts/proposals.ts';
import type { Unit } from '../../server/contracts/units.ts';
import { seriousViolations as violationsIn } from './axe.ts';
import { findChromium } from './browser.ts';
import { clickCommune, drawn, hatched, lookAt } from './map.ts';
import { newHome, openSession, type Session } from './session.ts';

const root = resolve(import.meta.dirname, '../..');
const executable = findChromium();

describe.skipIf(!executable)('the main job, from a killed first start to an overlap', () => {
  let session: Session;
  let page: Page;

  beforeAll(async () => {
    const home = newHome();
    // A first start that was killed left this: the database is made anew.
    mkdirSync(join(home, 'pglite'));
    writeFileSync(join(home, 'pglite', 'PG_VERSION'), '18\n');
    session = await openSession(home);
    page = session.page;
  });
  afterAll(async () => {
    await session?.close();
  });

  const seriousViolations = () => violationsIn(page);

  const unit = async (name: string): Promise<Unit> => {
    const { items } = await session.api<{ items: Unit[] }>(
      `/api/units?q=${encodeURIComponent(name)}`,
    );
    const found = items.find((item) => item.name === name);
    if (!found) throw new Error(`no commune is called ${name}`);
    return found;
  };

  test('the start prints a line a step', () => {
    for (const step of ['Base de données', 'Communes', 'Flux et pôles', 'Proposition']) {
      expect(session.program.log).toMatch(new RegExp(`✓ ${step} : .*\\(\\d+,\\d s\\)`));
    }
  });

  test('the page opens on the poles of the region and says what the data are', async () => {
    await drawn(page, 'poles');
    const { region } = await session.api<Health>('/api/health');
    expect(region.units).toBeGreaterThan(1700);
    const text = (await page.locator('body').textContent()) ?? '';
    expect(text).toContain('Centre-Val de Loire');
    expect(text.replace(/\s/g, ' ')).toContain(region.source.replace(/\s/g, ' ').slice(0, 40));
    const { poles } = await session.api<Poles>('/api/flow-datasets/1/poles');
    await page.getByText(`${poles.length} pôles d’attraction`).waitFor();
    const fills = await page.evaluate(() => {
      const map = window.maillageMap;
      const seen = map?.querySourceFeatures('units', { sourceLayer: 'units' }) ?? [];
      return seen.map(
        ({ id }) =>
          map?.getFeatureState({ source: 'units', sourceLayer: 'units', id: id ?? '' }).fill,
      );
    });
    expect(fills.length).toBeGreaterThan(1000);
    expect(new Set(fills).size).toBeGreaterThan(3);
    expect(await seriousViolations()).toEqual([]);
  });

  test('a click on a commune shows its pole, rate and next destinations', async () => {
    const commune = await unit('Bellegarde');
    await lookAt(page, commune.point, 8.5);
    await clickCommune(page, commune.point);
    const card = page.getByRole('article', { name: /Bellegarde/ });
    await card.waitFor();
    const { destinations } = await session.api<Destinations>(
      `/api/flow-datasets/1/destinations?origin=${commune.code}`,
    );
    const text = await card.textContent();
    for (const { name } of destinations.slice(0, 3)) expect(text).toContain(name);
    const share = ((destinations[0]?.share ?? 0) * 100).toFixed(1).replace('.', ',');
    expect(text).toContain(share);
    expect(page.url()).toContain(commune.code);
    await page.waitForTimeout(500);
    await session.picture('commune');
    // The README shows this one; renewed on demand, so that a test run leaves the tree clean.
    if (process.env.UPDATE_SCREENSHOT) {
      await page.screenshot({ path: join(root, 'server/docs/screenshot.png') });
    }
  });

  test('the proposed territories are drawn and counted', async () => {
    await page.getByRole('button', { name: 'Territoires proposés' }).click();
    await drawn(page, 'proposal');
    const { items } = await session.api<ProposalPage>('/api/proposals');
    const { territories } = await session.api<Proposal>(`/api/proposals/${items[0]?.id}`);
    const panel = page.getByRole('complementary').first();
    await panel.getByText(new RegExp(`^${territories.length}\\s+territoires`)).waitFor();
    await panel.locator('dd', { hasText: '100,0' }).first().waitFor();
    expect(await seriousViolations()).toEqual([]);
    await session.picture('proposal');
  });

  test('two CPTS are drawn over the same commune', async () => {
    const communes = await Promise.all(['Gien', 'Poilly-lez-Gien', 'Nevoy'].map(unit));
    const [gien, poilly, nevoy] = communes as [Unit, Unit, Unit];
    await page.getByRole('tab', { name: 'Dessiner' }).click();
    await lookAt(page, gien.point, 10.5);
    await clickCommune(page, gien.point);
    await clickCommune(page, poilly.point);
    await page.getByLabel('Nom de la CPTS').fill('CPTS du Giennois');
    await page.getByRole('button', { name: 'Enregistrer la CPTS' }).click();
    await page.getByRole('article', { name: 'CPTS : CPTS du Giennois' }).waitFor();

    await page.getByRole('tab', { name: 'Dessiner' }).click();
    await page.getByText('Coller une liste de communes').click();
    await page.getByLabel(/Codes INSEE ou noms/).fill(`${poilly.code}\nnevoy\nNulle-Part`);
    await page.getByRole('button', { name: /Ajouter/ }).click();
    await page.getByText('Nulle-Part').first().waitFor();
    await page.getByText('Communes déjà dans une autre CPTS').waitFor();
    await page.getByLabel('Nom de la CPTS').fill('CPTS des bords de Loire');
    expect(await seriousViolations()).toEqual([]);
    await session.picture('draw');
    await page.getByRole('button', { name: 'Enregistrer la CPTS' }).click();
    await page.getByRole('article', { name: 'CPTS : CPTS des bords de Loire' }).waitFor();

    const { items } = await session.api<OverlapPage>('/api/overlaps');
    expect(items).toHaveLength(1);
    expect(items[0]?.units).toEqual([
      { code: poilly.code, name: poilly.name, population: poilly.population },
    ]);
    expect(nevoy.code).not.toBe(poilly.code);
  });

  test('the overlap is seen in the list and hatched on the map', async () => {
    await page.getByRole('tab', { name: 'Contrôler' }).click();
    await drawn(page, 'cpts');
    const poilly = await unit('Poilly-lez-Gien');
    await page.getByRole('button', { name: /Giennois et CPTS des bords de Loire/ }).waitFor();
    expect(await hatched(page)).toEqual([poilly.code]);
    expect(await seriousViolations()).toEqual([]);
    await session.picture('control');
  });

  test('the second recognition is refused, and says which commune stands in the way', async () => {
    const recognise = async (name: string) => {
      const list = page.getByRole('region', { name: /^2\s+CPTS$/ });
      await list.getByRole('button', { name: new RegExp(name) }).click();
      await page.getByRole('button', { name: 'Accepter le territoire' }).click();
      await page.getByRole('button', { name: 'Confirmer l’acceptation' }).click();
    };
    await recognise('CPTS du Giennois');
    await page
      .getByText(/reconnue · Territoire accepté/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Ne plus sélectionner' }).first().click();
    await recognise('CPTS des bords de Loire');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    const text = await alert.textContent();
    expect(text).toContain('Poilly-lez-Gien');
    expect(text).toContain('CPTS du Giennois');
    // The browser itself reports the 409, and the 422 of « Nulle-Part », on its console; nothing else
    // went wrong.
    expect(session.complaints.filter((text) => !/409|422/.test(text))).toEqual([]);
  });

  test('on a phone the map comes first', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(session.program.address);
    await drawn(page, 'poles');
    const canvas = await page.locator('canvas').first().boundingBox();
    expect(canvas?.width).toBe(390);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(overflow).toBeLessThanOrEqual(390);
    await session.picture('phone');
  });
});
