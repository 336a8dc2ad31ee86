import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A Chromium to drive, or null, saying so, where there is none: the tests then skip, except on CI
 * (`CI` set), where a run without a browser would prove nothing.
 */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names no file: ${named}`);
  const found = [named, ...usualPaths, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
  if (found) return found;
  const message = 'no Chromium found: install one, or name it with CHROMIUM_PATH';
  if (process.env.CI) throw new Error(message);
  console.warn(`skipped: end-to-end tests, because ${message}`);
  return null;
}

/** Software rendering, since test machines have no GPU; nothing asks the network. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
