import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { sharedData } from '../support/shared-data.ts';

const root = resolve(import.meta.dirname, '../..');

export interface Program {
  address: string;
  /** what it printed until it was ready */
  log: string;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** folder of official files; null: none */
  data?: string | null;
  region?: string;
}

/** Starts the program as `npm start` does, and waits until it says that it is ready. */
export async function startProgram(
  home: string,
  { data = sharedData(), region }: ProgramOptions = {},
): Promise<Program> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      MAILLAGE_HOME: home,
      MAILLAGE_GEO_API: 'off',
      MAILLAGE_DATA: data ?? '',
      DATABASE_URL: '',
      ...(region ? { MAILLAGE_REGION: region } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { address, log } = await readiness(child);
  return {
    address,
    log,
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}

function readiness(child: ChildProcess): Promise<{ address: string; log: string }> {
  return new Promise((resolve, reject) => {
    let log = '';
    const read = (text: Buffer) => {
      log += text;
      const address = /Maillage est prêt : (http:\S+)/.exec(log)?.[1];
      if (address) resolve({ address, log });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${log}`)));
  });
}
