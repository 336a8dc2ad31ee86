import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoleProfile, Poles } from '../../server/contracts/poles.ts';
import { openDatabase } from '../../server/db/database.ts';
import { poleRepository } from '../../server/db/repositories/poles.ts';
import { loadedVintage } from '../../server/usecases/import-files.ts';
import { importFlows } from '../../server/usecases/import-flows.ts';
import { withFile } from '../support/extracts.ts';
import { codeAt } from '../support/small-region.ts';
import { seriousViolations } from './axe.ts';
import { findChromium } from './browser.ts';
import { clickCommune, drawn, hatched, pixelOf } from './map.ts';
import { newHome, openSession, type Session } from './session.ts';

const executable = findChromium();

const [centre, north, east] = [codeAt(3, 2), codeAt(1, 4), codeAt(6, 1)];
/** Its masked cells could give it another pole: 12 patients to the centre, 2 to 20 to the north. */
const shaky = codeAt(0, 5);
/** Too few patients for a threshold of 50. */
const quiet = codeAt(7, 5);

/** Most go to the nearest of three towns, some to the centre, few elsewhere. */
function extract(): string {
  const lines = ['RES;SPE;SOINS;NB'];
  const add = (from: string, specialty: string, to: string, patients: number | 'NS') =>
    lines.push([from, specialty, to, patients].join(';'));
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 8; column++) {
      const from = codeAt(column, row);
      if (from === shaky) {
        add(from, 'cardiologie', centre, 12);
        for (const specialty of ['cardiologie', 'dermatologie']) add(from, specialty, north, 'NS');
      } else if (from === quiet) {
        add(from, 'cardiologie', east, 15);
      } else {
        const near = column > 4 ? east : row > 2 && column < 3 ? north : centre;
        add(from, 'cardiologie', near, 100 + column);
        add(from, 'dermatologie', centre, 60 + row);
        if (near !== from) add(from, 'cardiologie', from, 20);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Middle of the commune in a column and row of the small region. */
const middle = (column: number, row: number): [number, number] => [
  2 + 0.1 * column + 0.05,
  47 + 0.1 * row + 0.05,
];

describe.skipIf(!executable)('a geographer analyses an extract', () => {
  const asked: string[] = [];
  let session: Session;
  let page: Page;
  let dataset: number;

  const legend = () => page.getByRole('region', { name: 'Légende' });
  const arrowsDrawn = () =>
    page.waitForFunction(
      () => (window.maillageMap?.queryRenderedFeatures({ layers: ['arrows'] }).length ?? 0) > 0,
    );
  const arrowsGone = () =>
    page.waitForFunction(
      () => window.maillageMap?.queryRenderedFeatures({ layers: ['arrows'] }).length === 0,
    );
  const search = () => new URLSearchParams(new URL(page.url()).search);

  beforeAll(async () => {
    const home = newHome('small');
    const db = await openDatabase({ databaseUrl: null, home });
    const vintage = await loadedVintage(db.kysely, null);
    const request = { vintage, mapping: {}, passages: [], name: 'Extrait', year: 2023 };
    ({ dataset } = await withFile(extract(), (file) =>
      importFlows(db, { ...request, file, rejected: 'refuse' }),
    ));
    await poleRepository(db.kysely).analyse(dataset);
    await db.close();
    session = await openSession(home, { data: null }, (opened) =>
      opened.on('request', (request) => asked.push(new URL(request.url()).pathname)),
    );
    page = session.page;
    await drawn(page, 'poles');
  });
  afterAll(async () => {
    await session?.close();
  });

  test('the pointer that rests on a commune draws its flows, from memory', async () => {
    await page.waitForFunction(() => performance.getEntriesByType('resource').length > 0);
    const { x, y } = await pixelOf(page, middle(1, 3));
    const before = asked.length;
    await page.mouse.move(x - 4, y);
    await page.mouse.move(x, y);
    await arrowsDrawn();
    await page.mouse.move(5, 300);
    await arrowsGone();
    expect(asked.slice(before).filter((path) => path.startsWith('/api/flow'))).toEqual([]);
    expect(asked.filter((path) => path.endsWith('/matrix'))).toHaveLength(1);
  });

  test('a pole that masked cells could change is hatched, and the legend says so', async () => {
    expect(await hatched(page, 'fragile')).toEqual([shaky]);
    await legend()
      .getByText(/pôle fragile \(1\scommune\)/)
      .waitFor();
    await clickCommune(page, middle(0, 5));
    const card = page.getByRole('article', { name: /Saint-Éloi-0-5/ });
    await card.getByText('Fragile').waitFor();
    await card.getByText(/dont 2\scellules masquées comptées pour 5/).waitFor();
    await card.getByText('Orléans').first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('other parameters give another analysis, which a link reopens', async () => {
    await page.getByText('Paramètres de l’analyse').click();
    await page.getByText(/2\scellules masquées de 1 à 10\spatients/).waitFor();
    await page.getByRole('radio', { name: '10 patients' }).check();
    await page.getByLabel('Patients', { exact: true }).fill('50');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Analyser', exact: true }).click();
    await page.waitForURL(/analyse=\d/);
    await legend()
      .getByText(/sans pôle \(2\scommunes\)/)
      .waitFor();
    const run = search().get('analyse');
    const { communes } = await session.api<Poles>(`/api/pole-runs/${run}`);
    const poleless = communes.filter(({ pole }) => pole === null).map(({ code }) => code);
    expect(poleless).toEqual([quiet, shaky].sort());
    expect(await hatched(page, 'poleless')).toEqual(poleless);

    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await drawn(page, 'poles');
    expect(await hatched(page, 'poleless')).toEqual(poleless);
    const card = page.getByRole('article', { name: /Saint-Éloi-0-5/ });
    await card.getByText(/Sans pôle.*moins de 50\spatients/).waitFor();
    await page.getByRole('combobox', { name: /^Analyse/ }).selectOption({ index: 1 });
    await page.waitForURL((url) => !url.search.includes('analyse='));
    await card.getByText(/comptées pour 5/).waitFor();
    expect(await hatched(page, 'poleless')).toEqual([]);
  });

  test('a pole shows what it attracts, from where, and each specialty', async () => {
    await page.keyboard.press('Escape');
    const { x, y } = await pixelOf(page, middle(3, 2));
    await page.mouse.click(x, y);
    const card = page.getByRole('article', { name: 'Pôle : Orléans' });
    await card.waitFor();
    await arrowsDrawn();
    const { parameters } = await session.api<Poles>(`/api/flow-datasets/${dataset}/poles`);
    const profile = await session.api<PoleProfile>(
      `/api/pole-runs/${parameters.run}/poles/${centre}`,
    );
    const rows = card.getByRole('region', { name: /par spécialité/ }).getByRole('row');
    await rows.nth(3).waitFor();
    for (const { specialty, communes, population } of profile.specialties) {
      const name = { all: /^Toutes/, cardiologie: /^Cardio/, dermatologie: /^Dermato/ }[specialty]!;
      const text = (await rows.filter({ hasText: name }).textContent())?.replace(/\s/g, '');
      expect(text).toContain(`${communes}${population}`);
    }
    const sent = await card.getByRole('list', { name: /patients soignés ici/ }).textContent();
    expect(sent).toContain('Orléans (sur place)');
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('the table keeps the fragile ones, and its file holds what it shows', async () => {
    await page.getByRole('button', { name: /^Tableau/ }).click();
    const table = page.getByRole('region', { name: 'Tableau' });
    await table.getByLabel('Département').selectOption('41');
    await table.getByText(/^12\slignes$/).waitFor();
    await table.getByRole('button', { name: 'Code' }).click();
    const [whole] = await Promise.all([
      page.waitForEvent('download'),
      table.getByRole('button', { name: 'Exporter en CSV' }).click(),
    ]);
    const lines = readFileSync((await whole.path()) ?? '', 'utf8')
      .trimEnd()
      .split('\r\n');
    const codes = lines.slice(1).map((line) => line.split(';')[0] ?? '');
    expect(codes).toHaveLength(12);
    expect(codes).toEqual([...codes].sort());
    expect(lines[0]).toContain('Entropie');
    expect(lines[1]).toContain(';41;');
    await table.getByLabel('Département').selectOption('');
    await table.getByLabel('Fragiles seulement').check();
    await table.getByText(/^1\sligne$/).waitFor();
    await table.getByText('Saint-Éloi-0-5').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('all of it from the keyboard', async () => {
    await page.goto(`${session.program.address}/?jeu=${dataset}`);
    await drawn(page, 'poles');
    await page.keyboard.press('/');
    await page.keyboard.type('eloi-1-3');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: /Saint-Éloi-1-3/ }).waitFor();
    await arrowsDrawn();
    const tabTo = async (text: string) => {
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
        if (focused.trim().startsWith(text)) return;
      }
      throw new Error(`no Tab leads to « ${text} »`);
    };
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await tabTo('Paramètres de l’analyse');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo('Analyser');
    await page.keyboard.press('Enter');
    await page.waitForURL(/analyse=\d/);
    const { parameters } = await session.api<Poles>(`/api/pole-runs/${search().get('analyse')}`);
    expect(parameters.method).toBe('nystuen-dacey');
    await page.keyboard.press('t');
    const grid = page.getByRole('region', { name: 'Tableau' }).getByRole('grid');
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: /Orléans/ }).waitFor();
    expect(search().get('commune')).toBe(centre);
    // Nothing leaves it: the town has all its patients at home.
    await arrowsGone();
    expect(session.complaints).toEqual([]);
  });
});
