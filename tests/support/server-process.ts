import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import type { Send } from '../../scripts/soak/traffic.ts';

export interface ServerProcess {
  /** each client calls from a loopback address of its own, as limits are by address */
  send: Send;
  /** ends it at once, whatever it is doing */
  kill(): Promise<void>;
}

/** Starts the server over a database that holds a region, in a process of its own. */
export async function startServerProcess(env: {
  MAILLAGE_HOME: string;
  DATABASE_URL: string;
}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/serve-alone.ts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      MAILLAGE_GEO_API: 'off',
      MAILLAGE_DATA: '',
      MAILLAGE_REGION: '24',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { hostname, port } = new URL(await addressOf(child));
  const agent = new Agent({ keepAlive: true });
  return {
    send: (client, method, url, body) =>
      new Promise((answered) => {
        const lost = () => answered({ status: 0, body: { error: { code: 'lost' } } });
        const headers = body ? { 'content-type': 'application/json' } : {};
        const localAddress = `127.0.1.${client + 1}`;
        request({ hostname, port, path: url, method, headers, agent, localAddress })
          .on('response', (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (part) => {
              text += part;
            });
            response.on('end', () => {
              if (!response.complete) lost();
              else answered({ status: response.statusCode ?? 0, body: JSON.parse(text) });
            });
            response.on('error', lost);
          })
          .on('error', lost)
          .end(body && JSON.stringify(body));
      }),
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      agent.destroy();
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const read = (text: Buffer) => {
      log += text;
      const address = /ready at (http:\S+)/.exec(log)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log}`)));
  });
}
