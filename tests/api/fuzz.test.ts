import type { InjectOptions, LightMyRequestResponse, RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorAnswer } from '../../server/contracts/errors.ts';
import { seededRandom } from '../../server/core/random.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { malformed } from '../support/malformed.ts';
import { someone } from '../support/people.ts';
import { codeAt } from '../support/small-region.ts';

/** Requests a route, two thousand in all; FUZZ=500 tries for minutes. */
const EACH = Number(process.env.FUZZ || 20);
const SEED = Number(process.env.FUZZ_SEED || 6);
/** A route that takes longer hangs: nothing asked here is long. */
const PATIENCE = 20_000;

const leaks = [
  /\bat \S+ \(|\.[jt]s:\d+/,
  /node_modules|file:\/\//,
  /\b(select|insert into|update|delete from)\b [\w*"]/i,
  /SQLSTATE|syntax error|violates|ST_\w+\(|pg_catalog/,
];

describe('malformed requests', () => {
  let api: TestApi;
  let cookie = '';
  const routes: RouteOptions[] = [];

  beforeAll(async () => {
    const onRoute = (route: RouteOptions) => {
      if (route.method !== 'HEAD') routes.push(route);
    };
    api = await openTestApi(engines.at(-1) ?? 'pglite', { onRoute, onFailure: () => {} });
    const admin = await someone(api, 'administrator');
    cookie = `maillage=${admin.token}`;
    const units = [codeAt(0, 0), codeAt(1, 0)];
    await admin.call('POST', '/api/cpts', { name: 'Une CPTS', units });
    await admin.call('POST', '/api/cpts/1/links', { kind: 'comment', label: '' });
    // Hashing is slow on purpose: whoever guesses is soon told to wait.
    const { failures, clock } = api.people.identities;
    for (let k = 0; k < 48; k++) failures.address.failed('192.0.2.9', clock());
  });
  afterAll(() => api.close());

  test(`${EACH} to each route: never 500, never long, never a cause told`, async () => {
    const random = seededRandom(SEED);
    const { near, one, text, anything, below } = malformed(random);
    const faults: string[] = [];
    let asked = 0;

    const params = (url: string) =>
      url.replaceAll(/:(\w+)/g, () =>
        one([
          () => '1',
          () => '1',
          () => String(below(3)),
          () => codeAt(0, 0),
          () => encodeURIComponent(whole(text())),
          () => text().replaceAll(/[^\x20-\x7e]|[/?#]/g, '') || '%',
        ])(),
      );
    const query = (schema: unknown) => {
      const value = near(schema as object, 0.2);
      if (typeof value !== 'object' || value === null)
        return one(['', '?%', '?a=%00&a=1', '?__proto__=1']);
      const words = Object.entries(value).map(([name, of]) => {
        const said = typeof of === 'object' ? JSON.stringify(of) : String(of);
        return `${encodeURIComponent(whole(name))}=${encodeURIComponent(whole(said))}`;
      });
      return words.length > 0 ? `?${words.join('&')}` : '';
    };
    const headers = (): Record<string, string> => ({
      // Ending one's own session would end the test.
      ...(random() < 0.85 && { cookie }),
      ...(random() < 0.15 && {
        cookie: one([
          'maillage',
          'maillage=%',
          'maillage=%00',
          `maillage=${'A'.repeat(43)}`,
          `maillage=${'A'.repeat(6000)}`,
          'maillage_oidc=a.b.c; maillage_link=%ff; =; ;;',
          `maillage="${cookie}"; __proto__=1; constructor=1`,
        ]),
      }),
      ...(random() < 0.1 && { 'accept-encoding': one(['gzip;q=x', '*', ',,,', 'br;q=2']) }),
      ...(random() < 0.1 && { 'last-event-id': text().replaceAll(/[^\x20-\x7e]/g, '') }),
      ...(random() < 0.1 && { range: 'bytes=9-1,-', 'if-none-match': '*"' }),
      ...(random() < 0.1 && { accept: one(['text/html', '\\', '*/*;q=9']) }),
    });
    const body = (schema: unknown): InjectOptions => {
      const type = (name: string, payload: string | Buffer) => ({
        payload,
        headers: { 'content-type': name },
      });
      return one<() => InjectOptions>([
        ...Array.from({ length: 8 }, (_, k) => () => {
          const value = near(schema as object, [0, 0, 0.03, 0.03, 0.1, 0.1, 0.3, 0.6][k] ?? 0);
          return type('application/json', JSON.stringify(value) ?? '');
        }),
        () => type('application/json', JSON.stringify(anything())),
        () =>
          type(
            'application/json',
            one(['{', '[1,', '\ufeff{}', '{"a":1}}', 'nul', '{"__proto__":{}}']),
          ),
        () => type('application/json; charset=x', `{"name":"${'['.repeat(3000)}"}`),
        () => type('application/json', '['.repeat(20_000)),
        () =>
          type('application/octet-stream', Buffer.from([0x50, 0x4b, 3, 4, ...Array(60).fill(255)])),
        () => type('application/octet-stream', Buffer.from('code;nom\n45101;\u0000\n"')),
        () => type('application/octet-stream', JSON.stringify(near({ type: 'object' }, 0))),
        () => type(one(['text/plain', 'multipart/form-data', ';;', 'application/xml']), 'x'),
        () => ({}),
      ])();
    };

    for (const route of routes) {
      const { method, url, schema } = route;
      for (let k = 0; k < EACH; k++) {
        const made = method === 'GET' ? {} : body(schema?.body);
        const kept = url.startsWith('/api/session') && method === 'DELETE' ? {} : headers();
        const request = {
          method,
          url: params(url) + query(schema?.querystring),
          ...made,
          headers: { ...kept, ...made.headers },
          // Each from elsewhere: the limits of calls are tried by other tests.
          remoteAddress:
            url === '/api/session'
              ? '192.0.2.9'
              : `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
        } as InjectOptions;
        asked++;
        const fault = await faultOf(api.app.inject(request));
        if (fault) faults.push(`${asked}: ${JSON.stringify(request).slice(0, 1500)}\n→ ${fault}`);
      }
    }
    expect(faults.slice(0, 20), `with FUZZ_SEED=${SEED}`).toEqual([]);
    expect(asked).toBe(routes.length * EACH);
    // Whoever signed in at the start still is: what was tried was tried with every right.
    expect((await api.app.inject({ url: '/api/accounts', headers: { cookie } })).statusCode).toBe(
      200,
    );
  }, 600_000);
});

/** Half a sign has no place in an address. */
const whole = (text: string) => text.replaceAll('\ud800', '');

/** What is wrong with an answer; null when nothing is. */
async function faultOf(asked: Promise<LightMyRequestResponse>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, null);
  });
  const answer = await Promise.race([asked, late]).finally(() => clearTimeout(timer));
  if (answer === null) return 'no answer in time';
  const { statusCode, body } = answer;
  // A provider of identities that is not set answers 404; nothing here may be out of reach.
  if (statusCode >= 500) return `${statusCode} ${body}`;
  if (statusCode < 400) return null;
  const { error } = parsed(body) as Partial<ErrorAnswer>;
  if (typeof error?.code !== 'string' || typeof error.message !== 'string') return `shape: ${body}`;
  const leak = leaks.find((pattern) => pattern.test(error.message));
  return leak ? `tells ${leak}: ${body}` : null;
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
