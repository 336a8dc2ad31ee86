import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { findChromium, launch } from './browser.ts';
import type { PreparedHome } from './prepared-homes.ts';
import { type Program, type ProgramOptions, startProgram } from './program.ts';

const pictures = resolve(import.meta.dirname, '../../test-results');

/** A program of its own, its page open in a browser, and what the page complained of. */
export interface Session {
  program: Program;
  page: Page;
  /** errors of the page and of its console */
  complaints: string[];
  api<T>(path: string): Promise<T>;
  /** Leaves a screenshot in `test-results/`. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A folder for the data of a session, which `Session.close` removes: empty, or a prepared one. */
export function newHome(prepared?: PreparedHome): string {
  const home = mkdtempSync(join(tmpdir(), 'maillage-e2e-'));
  if (prepared) cpSync(join(inject('homes'), prepared), home, { recursive: true });
  return home;
}

/** Starts the program, then opens its page at 1280 × 720 in French. */
export async function openSession(
  home: string,
  options: ProgramOptions = {},
  prepare: (page: Page) => void = () => {},
): Promise<Session> {
  const program = await startProgram(home, options);
  let browser: Browser | null = null;
  const close = async () => {
    await browser?.close();
    await program.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    browser = await launch(findChromium() ?? '');
    return { program, close, ...(await openPage(browser, program.address, prepare)) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPage(browser: Browser, address: string, prepare: (page: Page) => void) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, locale: 'fr-FR' });
  // A machine that runs other tests beside may take long over a first map.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  prepare(page);
  await page.goto(address);
  return {
    page,
    complaints,
    api: async <T>(path: string): Promise<T> => (await fetch(`${address}${path}`)).json(),
    async picture(name: string) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    },
  };
}
