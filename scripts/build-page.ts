import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { frenchNumber } from '../server/core/french.ts';
import { pageFolder } from '../server/main.ts';
import { runStep, type StepWatcher } from '../server/usecases/steps.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What the page is built from: a change in any of it makes the built page stale. */
const sources = [
  'web',
  'server/core',
  'server/contracts',
  'data',
  'vite.config.ts',
  'package-lock.json',
];
const stamp = join(pageFolder, 'built-from.txt');

const waiting = `<!doctype html><html lang="fr"><meta charset="utf-8">
<meta http-equiv="refresh" content="2"><title>Maillage se prépare</title>
<p style="font:16px sans-serif;margin:3rem">La page se prépare, elle s’ouvrira d’elle-même…</p></html>
`;

/** Builds the page unless what is there was built from the same sources. */
export async function buildPage(watcher: StepWatcher): Promise<void> {
  // Built beside the loading of the region, whose steps have the terminal's line under way.
  const beside: StepWatcher = { ...watcher, begin() {}, progress() {} };
  await runStep(beside, 'Page', async () => {
    const print = fingerprint();
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) {
      return [undefined, 'déjà construite'];
    }
    await runVite();
    await compressBeside();
    writeFileSync(stamp, print);
    const bytes = filesUnder(pageFolder).reduce((sum, file) => sum + statSync(file).size, 0);
    return [undefined, `construite, ${frenchNumber(Math.round(bytes / 1024))} Ko`];
  });
}

/** So that whoever opens the address before the first build sees why there is nothing yet. */
export function putWaitingPage(): void {
  const page = join(pageFolder, 'index.html');
  if (existsSync(page)) return;
  mkdirSync(pageFolder, { recursive: true });
  writeFileSync(page, waiting);
}

/** Each text file compressed beside it, for the server to send as it is. */
async function compressBeside(): Promise<void> {
  const texts = filesUnder(pageFolder).filter((file) => /\.(js|css|svg)$/.test(file));
  await Promise.all(
    texts.map(async (file) => {
      const text = readFileSync(file);
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(text, { params: quality }));
      writeFileSync(`${file}.gz`, await promisify(gzip)(text, { level: 9 }));
    }),
  );
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(join(root, source))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** In a process of its own: a build would freeze the server for seconds. */
function runVite(): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('vite/package.json');
  const vite = join(dirname(manifest), 'bin/vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`vite build failed:\n${complaint}`)),
    );
  });
}
