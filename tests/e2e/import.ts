import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FlowDatasetPage } from '../../server/contracts/flow-datasets.ts';
import { seriousViolations } from './axe.ts';
import { drawn } from './map.ts';
import type { Session } from './session.ts';

/** As a statistician's tool writes it: Latin-1, semicolons, masked cells, and three lines gone wrong. */
function extract(): Buffer {
  const towns = ['2A004', '2B033', '2A247', '2B096', '2B050', '2A272'];
  const lines = ['Commune de résidence;Lieu de soins;Spécialité;Nombre de patients;Libellé'];
  const specialties = ['Cardiologie', 'OFT', 'Pédiatrie', 'Médecine du sport'];
  for (const [i, origin] of towns.entries()) {
    for (const [j, destination] of [...towns, '75056'].entries()) {
      for (const [s, specialty] of specialties.entries()) {
        const patients = (i * 7 + j * 5 + s * 3) % 40;
        lines.push(`${origin};${destination};${specialty};${patients < 11 ? 'NS' : patients};été`);
      }
    }
  }
  lines.splice(11, 0, '2A004;2B033;Cardiologie;-4;');
  lines.push('2A004;Ajaccio;Cardiologie;12;', 'TOTAL;;;douze;');
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

export function testsOfImport(current: () => Session): void {
  describe('the import of an extract, in the page', () => {
    let session: Session;
    let page: Page;
    let complaints: number;

    beforeAll(async () => {
      session = current();
      page = session.page;
      complaints = session.complaints.length;
      await page.setViewportSize({ width: 1280, height: 720 });
      await page.goto(session.program.address);
      await drawn(page, 'poles');
    });

    const dialog = () => page.getByRole('dialog', { name: 'Importer un extrait de flux' });
    const button = (name: string | RegExp) => dialog().getByRole('button', { name });
    const datasets = () => session.api<FlowDatasetPage>('/api/flow-datasets');

    test('a file is sent, and its columns and specialties are proposed', async () => {
      await page.getByRole('button', { name: 'Importer un extrait…' }).click();
      await dialog().getByRole('heading', { name: '1. Choisir le fichier' }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await session.picture('import-choose');
      await dialog()
        .locator('input[type=file]')
        .setInputFiles({ name: 'Été 2023.csv', mimeType: 'text/csv', buffer: extract() });
      await dialog().getByRole('heading', { name: '2. Confirmer les colonnes' }).waitFor();
      await dialog().getByText('séparateur : point-virgule · encodage : Latin-1').waitFor();
      const role = (column: string) =>
        dialog()
          .getByRole('combobox', { name: `La colonne « ${column} » est` })
          .inputValue();
      expect(await role('Commune de résidence')).toBe('origin');
      expect(await role('Lieu de soins')).toBe('destination');
      expect(await role('Spécialité')).toBe('specialty');
      expect(await role('Nombre de patients')).toBe('patients');
      expect(await role('Libellé')).toBe('ignored');
      expect(await dialog().getByLabel('Nom du jeu de flux').inputValue()).toBe('Été 2023');
      expect(await dialog().getByLabel('Année des soins').inputValue()).toBe('2023');
      expect(await dialog().getByRole('combobox', { name: 'Cardiologie' }).inputValue()).toBe(
        'Cardiologie',
      );
      await dialog().getByRole('combobox', { name: 'OFT' }).fill('Ophtalmologie');
      expect(await seriousViolations(page)).toEqual([]);
      await session.picture('import-columns');

      // What is missing is said beside the columns, and nothing can be sent meanwhile.
      const destination = dialog().getByRole('combobox', { name: 'Lieu de soins' });
      await destination.selectOption('ignored');
      await dialog().getByText('Dites quelle colonne est la commune de soins.').waitFor();
      expect(await button('Importer').isDisabled()).toBe(true);
      await destination.selectOption('destination');
    });

    test('its bad lines refuse it with their numbers, and nothing is loaded', async () => {
      const before = await datasets();
      await button('Importer').click();
      await dialog().getByRole('heading', { name: '4. Compte rendu' }).waitFor();
      const alert = (await dialog().getByRole('alert').innerText()).replace(/\s/g, ' ');
      expect(alert).toMatch(/la ligne 12 est rejetée.*« -4 ».*et 2 autres/s);
      expect(alert).toContain('Rien n’a été chargé');
      const rejected = dialog().locator('section', { hasText: '3 lignes rejetées' });
      for (const line of ['Ligne 12', 'Ligne 171', 'Ligne 172']) {
        await rejected.getByText(line, { exact: true }).waitFor();
      }
      expect(await datasets()).toEqual(before);
      expect(await seriousViolations(page)).toEqual([]);
      await session.picture('import-refused');
    });

    test('after a reload it can be imported without them, and its poles are shown', async () => {
      await page.reload();
      await page.getByRole('button', { name: 'Résultat de l’import…' }).click();
      await button('Importer sans ces 3 lignes').click();
      await dialog().getByText('« Été 2023 » est chargé').waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await session.picture('import-done');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog().getByRole('link', { name: 'Télécharger le compte rendu (CSV)' }).click(),
      ]);
      const csv = readFileSync(await download.path(), 'utf8');
      expect(csv).toContain('lignes;lus;171');
      expect(csv).toContain('rejets;;;12;');
      await page.setViewportSize({ width: 390, height: 844 });
      await session.picture('import-done-phone');
      await page.setViewportSize({ width: 1280, height: 720 });

      await button('Voir les pôles').click();
      await dialog().waitFor({ state: 'hidden' });
      const { items } = await datasets();
      expect(items[0]).toMatchObject({ kind: 'extract', name: 'Été 2023' });
      expect(await page.getByLabel('Jeu de flux').inputValue()).toBe(String(items[0]?.id));
      const specialty = page.getByLabel('Spécialité').first();
      await specialty.selectOption({ label: 'Ophtalmologie' });
      await page.getByRole('heading', { name: /pôles? d’attraction/ }).waitFor();
      await session.picture('import-poles');
    });

    test('its report is found again, and the dataset can be removed', async () => {
      const [imported] = (await datasets()).items;
      await page.getByRole('button', { name: 'Compte rendu…' }).click();
      const report = page.getByRole('dialog', { name: 'Compte rendu d’import' });
      await report.getByText('3 lignes rejetées').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Supprimer…' }).click();
      expect(await seriousViolations(page)).toEqual([]);
      await session.picture('import-removal');
      await page.getByRole('button', { name: 'Supprimer ce jeu' }).click();
      await expect
        .poll(async () => (await datasets()).items.some(({ id }) => id === imported?.id))
        .toBe(false);
      await page.getByRole('button', { name: 'Supprimer…' }).waitFor({ state: 'detached' });
      expect(session.complaints.slice(complaints)).toEqual([]);
    });
  });
}
