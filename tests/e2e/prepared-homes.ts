import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../../scripts/build-page.ts';
import { openDatabase } from '../../server/db/database.ts';
import { supplyRepository } from '../../server/db/repositories/supply.ts';
import { readProfessions } from '../../server/imports/professions.ts';
import { loadRegion } from '../../server/usecases/load-region.ts';
import { madeHome } from '../support/made-home.ts';
import { smallRegion, smallSupply } from '../support/small-region.ts';
import { findChromium } from './browser.ts';
import { type ProgramOptions, startProgram } from './program.ts';

/** Corse from packages alone, or the chequerboard of `small-region.ts`; flows, poles, proposal. */
export type PreparedHome = 'corse' | 'small';

const key = Symbol.for('maillage tests: prepared homes');

/**
 * Builds the page once for all the programs that the tests start (two builds at once would mix
 * theirs), and once the homes that tests copy, in the folder it answers: a first start takes four times
 * a second one. Each project loads its own copy of this module, hence the global.
 */
export function preparedHomes(): Promise<string> {
  const shared = globalThis as { [key]?: Promise<string> };
  shared[key] ??= prepare();
  return shared[key];
}

async function prepare(): Promise<string> {
  const homes = mkdtempSync(join(tmpdir(), 'maillage-homes-'));
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
  return homes;
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
