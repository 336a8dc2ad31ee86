import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { codeAt } from '../support/small-region.ts';
import { seriousViolations } from './axe.ts';
import { findChromium } from './browser.ts';
import { drawn, hatched } from './map.ts';
import { newHome, openSession, type Session } from './session.ts';
import { testsOfSharing } from './share.ts';

const executable = findChromium();
const daysAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

describe.skipIf(!executable)('an officer of the ARS', () => {
  let session: Session;
  let page: Page;
  const post = async (path: string, body: object): Promise<Cpts> => {
    const { address } = session.program;
    const answer = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address },
      body: JSON.stringify(body),
    });
    expect(answer.ok, await answer.clone().text()).toBe(true);
    return (await answer.json()) as Cpts;
  };
  const article = () => page.getByRole('article');

  beforeAll(async () => {
    session = await openSession(newHome('small'), { data: null });
    page = session.page;
    const cells = (cells: [number, number][]) => cells.map(([x, y]) => codeAt(x, y));
    const west = await post('/api/cpts', {
      name: 'CPTS de l’Ouest',
      units: cells([
        [0, 0],
        [1, 0],
        [2, 0],
        [0, 1],
        [1, 1],
      ]),
    });
    const south = await post('/api/cpts', {
      name: 'CPTS du Sud',
      units: cells([
        [2, 0],
        [3, 0],
        [4, 0],
        [3, 1],
        [4, 1],
      ]),
    });
    await post(`/api/cpts/${west.id}/steps`, { step: 'send_letter', on: daysAgo(30) });
    await post(`/api/cpts/${south.id}/steps`, { step: 'send_letter', on: daysAgo(20) });
    await page.goto(`${session.program.address}/?espace=controler`);
    await drawn(page, 'cpts');
  });
  afterAll(async () => {
    await session?.close();
  });

  const review = async (name: string) => {
    const waiting = page.getByRole('region', { name: /^À décider/ });
    await waiting.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await page.getByRole('article', { name: `Examen : ${name}` }).waitFor();
  };

  const acceptVersion = async () => {
    await page.getByRole('button', { name: 'Accepter la version' }).click();
    await page.getByRole('button', { name: 'Confirmer l’acceptation' }).click();
  };

  test('sees what waits, reviews a territory on two maps and accepts it', async () => {
    await review('CPTS de l’Ouest');
    await page.getByText('Si le territoire est accepté').waitFor();
    await page.getByRole('button', { name: 'Accepter le territoire' }).click();
    const form = page.getByRole('form', { name: /Accepter le territoire/ });
    await form.getByText(/CPTS du Sud.*devra céder/).waitFor();
    await form.getByLabel('Prend effet le').fill(daysAgo(10));
    expect(await seriousViolations(page)).toEqual([]);
    await session.picture('control-review');
    await form.getByRole('button', { name: 'Confirmer l’acceptation' }).click();
    await page.getByText(/reconnue · Territoire accepté/).waitFor();
  });

  test('is told what stands in the way of the other, and goes to the sharing', async () => {
    await review('CPTS du Sud');
    await page.getByRole('button', { name: 'Accepter le territoire' }).click();
    await page.getByRole('button', { name: 'Confirmer l’acceptation' }).click();
    const alert = article().getByRole('alert');
    await alert.waitFor();
    const said = (await alert.textContent())?.replace(/\s/g, ' ') ?? '';
    expect(said).toMatch(/Saint-Éloi-2-0 \([\d ]+ habitants\)/);
    expect(said).toContain('CPTS de l’Ouest');
    await alert.getByRole('button', { name: 'Voir comment les partager' }).click();
    await page.getByRole('article', { name: 'Chevauchement' }).waitFor();
    expect(await hatched(page)).toEqual([codeAt(2, 0)]);
  });

  test('proposes the sharing, and both accept it', async () => {
    const card = page.getByRole('article', { name: 'Chevauchement' });
    // Given to the South whatever the flows say.
    await card.getByRole('radio').nth(1).check();
    await card.getByText(/0\s+commune à A, 1\s+commune à B/).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await session.picture('control-overlap');
    await card.getByRole('button', { name: 'Proposer ce partage' }).click();
    await card.getByRole('button', { name: /Version 2 de « CPTS de l’Ouest »/ }).click();
    await page.getByRole('heading', { name: 'Partage lié' }).waitFor();
    await acceptVersion();
    await page.getByRole('article', { name: 'CPTS : CPTS de l’Ouest' }).waitFor();
    await review('CPTS du Sud');
    await acceptVersion();
    await page.getByText('Aucune commune n’est dans deux CPTS ouvertes').waitFor();
  });

  test('sees the map of a past day, and who holds a commune since when', async () => {
    await page.goto(`${session.program.address}/?espace=controler&au=${daysAgo(25)}`);
    await drawn(page, 'cpts');
    await page.getByText('Rien ne s’y décide').waitFor();
    const list = page.getByRole('region', { name: /^1\s+CPTS$/ });
    await list.getByRole('button', { name: /CPTS de l’Ouest.*Lettre d’intention/ }).waitFor();
    await page.getByRole('button', { name: 'Revenir à aujourd’hui' }).click();
    await page.getByRole('region', { name: /^2\s+CPTS$/ }).waitFor();
    await page.goto(`${session.program.address}/?espace=controler&commune=${codeAt(2, 0)}`);
    const history = page.getByRole('region', { name: /^Qui l’a tenue/ });
    await history.getByText(/CPTS du Sud/).waitFor();
    expect(session.complaints.filter((text) => !text.includes('409'))).toEqual([]);
  });

  // On the program and in the browser already open: to start them takes longer than its tests.
  testsOfSharing(() => session);
});
