import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeAt } from '../support/small-region.ts';
import { seriousViolations } from './axe.ts';
import { drawn, pixelOf } from './map.ts';
import type { Session } from './session.ts';

export function testsOfSharing(current: () => Session): void {
  describe('a territory is shared for a local meeting', () => {
    let session: Session;
    let phone: Page;
    let address: string;
    let complaints: number;

    beforeAll(async () => {
      session = current();
      complaints = session.complaints.length;
      await session.page.setViewportSize({ width: 1280, height: 720 });
      const made = await fetch(`${session.program.address}/api/cpts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Du Giennois', units: [codeAt(0, 4), codeAt(1, 4)] }),
      });
      const { id } = await made.json();
      await session.page.goto(`${session.program.address}/?espace=controler&cpts=${id}`);
      await drawn(session.page, 'cpts');
    });

    test('the owner makes a link, and somebody comments from a phone', async () => {
      const { page } = session;
      await page.getByText('Partage et avis').click();
      await page.getByLabel('Pour qui').fill('Réunion de Gien');
      await page.getByRole('button', { name: 'Créer le lien' }).click();
      address = await page.getByLabel('Adresse du lien').inputValue();
      expect(address).toContain(`${session.program.address}/partage/`);
      expect(await seriousViolations(page)).toEqual([]);

      const context = await page
        .context()
        .browser()!
        .newContext({
          viewport: { width: 390, height: 844 },
          hasTouch: true,
          locale: 'fr-FR',
        });
      phone = await context.newPage();
      phone.on('pageerror', (error) => session.complaints.push(error.message));
      const answered = await phone.goto(address);
      expect(answered?.headers()).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      });
      await drawn(phone, 'cpts');
      await phone.getByRole('heading', { name: 'Du Giennois' }).waitFor();
      await phone.waitForFunction(() => window.maillageMap?.isMoving() === false);
      const { x, y } = await pixelOf(phone, [2.15, 47.45]);
      await phone.touchscreen.tap(x, y);
      await phone.getByText('plutôt sur tout le territoire').waitFor();
      await phone.getByLabel('Votre avis').fill('Nos patients vont <b>à Gien</b>.');
      await phone.getByLabel('Votre nom').fill('Dr Martin');
      await phone.getByRole('button', { name: 'Envoyer l’avis' }).click();
      await phone.getByText('Nos patients vont <b>à Gien</b>.').waitFor();
      await phone.getByRole('button', { name: /Saint-Éloi-1-4\s: 1\savis/ }).waitFor();
      expect(await seriousViolations(phone)).toEqual([]);
    });

    test('the owner answers, which the phone reads; a link taken back opens nothing', async () => {
      const { page } = session;
      await page.getByRole('button', { name: 'Relire les avis' }).click();
      await page.getByText('Dr Martin').waitFor();
      await page.getByText(/1\savis ouvert/).waitFor();
      await page.getByRole('button', { name: 'Répondre' }).click();
      await page.getByLabel(/^Réponse/).fill('Nous en parlerons le 3.');
      await page.getByRole('button', { name: 'Publier la réponse' }).click();
      await page.getByRole('button', { name: 'Changer la réponse' }).waitFor();
      await phone.reload();
      await phone.getByText('Nous en parlerons le 3.').waitFor();

      await page.getByRole('button', { name: 'Retirer le lien Réunion de Gien' }).click();
      await page.getByText(/retiré le/).waitFor();
      await phone.reload();
      await phone.getByRole('heading', { name: 'Lien inconnu' }).waitFor();
      await phone.getByText(/Ce lien n’ouvre rien/).waitFor();
      expect(session.complaints.slice(complaints)).toEqual([]);
    });
  });
}
