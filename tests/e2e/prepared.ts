import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPage } from '../../scripts/build-page.ts';
import { openDatabase } from '../../server/db/database.ts';
import { supplyRepository } from '../../server/db/repositories/supply.ts';
import { readProfessions } from '../../server/imports/professions.ts';
import { loadRegion } from '../../server/usecases/load-region.ts';
import { madeHome } from '../support/made-home.ts';
import { smallRegion, smallSupply } from '../support/small-region.ts';
import { findChromium } from './browser.ts';
import { type ProgramOptions, startProgram } from './program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** folder of the prepared homes, one a name of `PreparedHome` */
    homes: string;
  }
}

/** Corse from packages alone, or the chequerboard of `small-region.ts`; flows, poles, proposal. */
export type PreparedHome = 'corse' | 'small';

/**
 * Builds the page once for all the programs that the tests start (two builds at once would mix
 * theirs), and once the homes that tests copy: a first start takes four times a second one.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const homes = mkdtempSync(join(tmpdir(), 'maillage-homes-'));
  project.provide('homes', homes);
  if (findChromium()) {
    const [{ home }] = await Promise.all([
      madeHome(),
      buildPage({ begin() {}, progress() {}, end() {} }),
    ]);
    const copy = (name: PreparedHome) => {
      cpSync(home, join(homes, name), { recursive: true });
      return join(homes, name);
    };
    await Promise.all([
      startOnce(copy('corse'), { region: 'corse', data: null }),
      loadSmall(copy('small')),
    ]);
  }
  return () => rmSync(homes, { recursive: true, force: true });
}

async function startOnce(home: string, options: ProgramOptions): Promise<void> {
  const program = await startProgram(home, options);
  await program.stop();
}

async function loadSmall(home: string): Promise<void> {
  const { kysely, close } = await openDatabase({ databaseUrl: null, home });
  await supplyRepository(kysely).describeProfessions([...readProfessions()]);
  await loadRegion(kysely, { units: smallRegion(), supply: smallSupply() });
  await close();
  await startOnce(home, { data: null });
}
