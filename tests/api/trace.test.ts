import { createHash } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse, RouteOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EventVerb, eventVerbs } from '../../server/core/events/verbs.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { sessionCookie } from '../support/people.ts';
import { codeAt } from '../support/small-region.ts';
import { ORLEANS, quarters } from '../support/subdivisions.ts';
import { contentOf, refuseEvents } from '../support/trace.ts';

interface Ask {
  url: string;
  body?: object;
  bytes?: string;
  /** token of a session other than the administrator's; null for none */
  session?: string | null;
}

interface Change {
  /** makes ready what is needed, and says what is asked */
  ask(): Promise<Ask> | Ask;
  /** kinds of event that it leaves, in their order */
  leaves: EventVerb[];
  /** what is kept of the answer for later, and waits for what was begun */
  after?(answer: LightMyRequestResponse): Promise<void> | void;
}

const outline = {
  type: 'Polygon',
  coordinates: [
    [
      [2.05, 47.05],
      [2.25, 47.05],
      [2.25, 47.25],
      [2.05, 47.05],
    ],
  ],
};
const line = { course: 'north-south', at: 0.5 };
const extract = (patients: number) =>
  `residence;soins;specialite;effectif\n${codeAt(0, 0)};${codeAt(1, 0)};orl;${patients}\n`;
const town = JSON.stringify({
  type: 'FeatureCollection',
  features: quarters().rows.map(({ name, population, geometry }) => ({
    type: 'Feature',
    properties: { INSEE_COM: ORLEANS, nom_quartier: name, population },
    geometry,
  })),
});

describe('every change leaves its trace', () => {
  let api: TestApi;
  const routes: RouteOptions[] = [];
  const email = 'premiere@example.org';
  const passwords = ['cheval agrafe batterie', 'girafe tournevis marmite', 'nuage crayon fougère'];
  /** what nobody may read in the trace */
  const secrets = [...passwords];
  /** sessions: the administrator's, and that of whoever was invited */
  const token = { admin: '', guest: '', link: '', invitation: '' };
  const id = { admin: 0, guest: 0, dataset: 0, run: 0, link: 0, comment: 0 };

  beforeAll(async () => {
    const onRoute = (route: RouteOptions) => {
      if (route.method !== 'HEAD' && route.method !== 'GET') routes.push(route);
    };
    api = await openTestApi(engines.at(-1) ?? 'pglite', { onRoute, onFailure: () => {} });
    const { vintage } = api.region.loaded();
    id.dataset = (await flowDatasetRepository(api.database.kysely).latest(vintage.id))?.id ?? 0;
  });
  afterAll(() => api.close());

  const inject = (route: string, { url, body, bytes, session }: Ask) => {
    const cookie = session === undefined ? token.admin : session;
    return api.app.inject({
      method: route.split(' ')[0] as NonNullable<InjectOptions['method']>,
      url,
      ...(cookie ? { cookies: { maillage: cookie } } : {}),
      ...(body ? { payload: body } : {}),
      ...(bytes === undefined
        ? {}
        : {
            payload: Buffer.from(bytes),
            headers: { 'content-type': 'application/octet-stream' },
          }),
    });
  };
  /** Asks for something that must be done for the change to be possible. */
  const did = async (route: string, url: string, more: Partial<Ask> = {}) => {
    const answer = await inject(route, { url, ...more });
    expect([url, answer.statusCode, answer.body]).toEqual([
      url,
      expect.toSatisfy((code: number) => code < 300),
      expect.anything(),
    ]);
    return answer.json();
  };

  let column = 0;
  /** A CPTS of communes that nothing else here holds. */
  const draft = async (units = [codeAt(0, column % 6), codeAt(1, column++ % 6)]) =>
    (await did('POST', '/api/cpts', { body: { name: 'Une CPTS', units } })).id as number;
  const step = (cpts: number, body: object) => did('POST', `/api/cpts/${cpts}/steps`, { body });
  const change = { basedOn: 1, added: [codeAt(2, 0)], removed: [] };
  /** A version of a recognised CPTS that waits to be accepted. */
  const proposed = async () => {
    const cpts = await draft();
    await step(cpts, { step: 'accept_territory' });
    await did('PUT', `/api/cpts/${cpts}/territory`, { body: { ...change, added: [codeAt(5, 5)] } });
    return cpts;
  };
  const close = (cpts: number) => step(cpts, { step: 'close' });
  const pending = async (path: string, body?: object): Promise<Ask> => {
    const cpts = await proposed();
    const url = `/api/cpts/${cpts}/versions/2/${path}`;
    return body ? { url, body } : { url };
  };
  const overlap = async (path: string, body: object): Promise<Ask> => {
    const shared = codeAt(3, 5);
    const [a, b] = [
      await draft([codeAt(2, 5), shared]),
      await draft([shared, codeAt(4, 5)]),
    ] as const;
    return { url: `/api/overlaps/${a}/${b}/${path}`, body };
  };
  const comment = async (verb: string, body?: object): Promise<Ask> => {
    const url = `/api/cpts/${id.run}/comments/${id.comment}/${verb}`;
    return body ? { url, body } : { url };
  };
  let files = 0;
  const upload = async (path: string, bytes: string) =>
    (await did('POST', `/api/${path}?name=fichier.csv`, { bytes })).id as string;
  const imported = async (path: string, body?: object): Promise<Ask> => {
    const file = await upload('flow-imports', extract(20 + files++));
    return { url: `/api/flow-imports/${file}${path}`, ...(body ? { body } : {}) };
  };
  const wishes = { effort: 'quick', ceiling: 60_000 };
  let proposal = 0;
  const finished = async () => {
    if (proposal === 0) {
      proposal = (await did('POST', '/api/proposals', { body: wishes })).id;
      await api.runs.ended(proposal);
    }
    return `/api/proposals/${proposal}`;
  };
  const runEnded = (answer: LightMyRequestResponse) => api.runs.ended(answer.json().id);
  const flowRunEnded = (answer: LightMyRequestResponse) => api.flowRuns.ended(answer.json().id);
  let divided: string[] = [];
  let held: Promise<{ id: number }> | undefined;
  let release: (value?: unknown) => void = () => {};
  const startRun = (work: () => Promise<unknown>) => {
    const { vintage } = api.region.loaded();
    const done = () => work().then(() => ({ dataset: id.dataset }));
    return api.flowRuns.start(vintage.id, 'model', 'Essai', done, 'local');
  };

  /** In their order: some go on from what another left. */
  const changes: Record<string, Change> = {
    'PUT /api/session/role': {
      ask: () => ({ url: '/api/session/role', body: { role: 'reader' }, session: null }),
      leaves: ['try_role'],
      after: (answer) => void secrets.push(sessionCookie(answer).value),
    },
    'POST /api/first-administrator': {
      ask: () => ({
        url: '/api/first-administrator',
        body: { name: 'Léa Première', email, password: passwords[0] },
        session: null,
      }),
      leaves: ['create_account'],
      after(answer) {
        token.admin = sessionCookie(answer).value;
        secrets.push(token.admin);
        id.admin = answer.json().account.id;
      },
    },
    'POST /api/accounts': {
      ask: () => ({
        url: '/api/accounts',
        body: {
          name: 'Ali Second',
          email: 'second@example.org',
          role: 'geographer',
          departments: null,
          cpts: [],
        },
      }),
      leaves: ['create_account'],
      after(answer) {
        id.guest = answer.json().account.id;
        secrets.push(answer.json().token);
      },
    },
    'POST /api/accounts/:id/invitation': {
      ask: () => ({ url: `/api/accounts/${id.guest}/invitation` }),
      leaves: ['invite_account'],
      after(answer) {
        token.invitation = answer.json().token;
        secrets.push(token.invitation);
      },
    },
    'POST /api/invitations/read': {
      ask: () => ({ url: '/api/invitations/read', body: { token: token.invitation } }),
      leaves: [],
    },
    'POST /api/invitations/accept': {
      ask: () => ({
        url: '/api/invitations/accept',
        body: { token: token.invitation, password: passwords[1] },
        session: null,
      }),
      leaves: ['set_password'],
      after(answer) {
        token.guest = sessionCookie(answer).value;
      },
    },
    'PUT /api/session/password': {
      ask: () => ({
        url: '/api/session/password',
        body: { current: passwords[1], next: passwords[2] },
        session: token.guest,
      }),
      leaves: ['change_password'],
    },
    'POST /api/session': {
      ask: () => ({
        url: '/api/session',
        body: { email: 'second@example.org', password: passwords[2] },
        session: null,
      }),
      leaves: ['sign_in'],
      after(answer) {
        token.guest = sessionCookie(answer).value;
        secrets.push(token.guest);
      },
    },
    'DELETE /api/session': {
      ask: () => ({ url: '/api/session', session: token.guest }),
      leaves: ['sign_out'],
    },
    'PUT /api/accounts/:id': {
      ask: () => ({
        url: `/api/accounts/${id.guest}`,
        body: { name: 'Ali Second', role: 'reader', departments: null, cpts: [], disabled: true },
      }),
      leaves: ['change_account'],
    },
    'POST /api/cpts': {
      ask: () => ({ url: '/api/cpts', body: { name: 'Val', units: [codeAt(7, 0)] } }),
      leaves: ['create'],
    },
    'POST /api/cpts-drafts': {
      ask: () => ({
        url: '/api/cpts-drafts',
        body: { cpts: ['Bois', 'Lac'].map((name) => ({ name, units: [codeAt(7, 0)] })) },
      }),
      leaves: ['create', 'create'],
    },
    'PUT /api/cpts/:id/territory': {
      ask: async () => ({ url: `/api/cpts/${await draft()}/territory`, body: change }),
      leaves: ['change_territory'],
    },
    'POST /api/cpts/:id/versions/:number/restore': {
      async ask() {
        const cpts = await draft();
        await did('PUT', `/api/cpts/${cpts}/territory`, { body: change });
        return { url: `/api/cpts/${cpts}/versions/1/restore`, body: { basedOn: 2 } };
      },
      leaves: ['restore_version'],
    },
    'POST /api/cpts/:id/versions/:number/accept': {
      ask: () => pending('accept'),
      leaves: ['accept_version'],
      after: async (answer) => void (await close(answer.json().id)),
    },
    'POST /api/cpts/:id/versions/:number/refuse': {
      ask: () => pending('refuse', { reason: 'Trop grand' }),
      leaves: ['refuse_version'],
      after: async (answer) => void (await close(answer.json().id)),
    },
    'POST /api/cpts/:id/versions/:number/withdraw': {
      ask: () => pending('withdraw'),
      leaves: ['withdraw_version'],
      after: async (answer) => void (await close(answer.json().id)),
    },
    'POST /api/cpts/:id/steps': {
      async ask() {
        // Closing withdraws what waits.
        return { url: `/api/cpts/${await proposed()}/steps`, body: { step: 'close' } };
      },
      leaves: ['withdraw_version', 'close'],
    },
    'POST /api/cpts/:id/links': {
      async ask() {
        id.run = await draft();
        return { url: `/api/cpts/${id.run}/links`, body: { kind: 'comment', label: 'Réunion' } };
      },
      leaves: ['share'],
      after(answer) {
        id.link = answer.json().id;
        token.link = answer.json().token;
        secrets.push(token.link);
      },
    },
    'POST /api/shared/:token/comments': {
      ask: () => ({
        url: `/api/shared/${token.link}/comments`,
        body: { text: 'Et la gare ?' },
        session: null,
      }),
      leaves: ['comment'],
      after(answer) {
        id.comment = answer.json().id;
      },
    },
    'POST /api/cpts/:id/comments/:comment/answer': {
      ask: () => comment('answer', { text: 'Elle y est.' }),
      leaves: ['answer_comment'],
    },
    'POST /api/cpts/:id/comments/:comment/close': {
      ask: () => comment('close'),
      leaves: ['close_comment'],
    },
    'POST /api/cpts/:id/comments/:comment/reopen': {
      ask: () => comment('reopen'),
      leaves: ['reopen_comment'],
    },
    'POST /api/cpts/:id/links/:link/revoke': {
      ask: () => ({ url: `/api/cpts/${id.run}/links/${id.link}/revoke` }),
      leaves: ['revoke_link'],
    },
    'POST /api/overlaps/:a/:b/preview': { ask: () => overlap('preview', {}), leaves: [] },
    'POST /api/overlaps/:a/:b/resolve': {
      ask: () => overlap('resolve', { basedOn: { a: 1, b: 1 } }),
      leaves: ['propose_version', 'propose_version'],
    },
    'POST /api/cpts-lists': {
      ask: () => ({
        url: '/api/cpts-lists?name=ars.csv',
        bytes: `Nom CPTS;Code\nVal;${codeAt(6, 0)}\n`,
      }),
      leaves: [],
    },
    'POST /api/cpts-lists/import': {
      ask: () => ({
        url: '/api/cpts-lists/import',
        body: {
          file: 'ars.csv',
          cpts: [{ name: 'Sologne', units: [codeAt(6, 0)], status: 'project_submitted' }],
        },
      }),
      leaves: ['create', 'accept_territory', 'deposit_project'],
    },
    'POST /api/territory-files': {
      ask: () => ({
        url: '/api/territory-files?name=zone.geojson',
        bytes: JSON.stringify({ type: 'Feature', properties: {}, geometry: outline }),
      }),
      leaves: [],
    },
    'POST /api/outline-shares': {
      ask: () => ({ url: '/api/outline-shares', body: { outline } }),
      leaves: [],
    },
    'POST /api/territory-exports': {
      ask: () => ({
        url: '/api/territory-exports',
        body: { format: 'geojson', name: 'Essai', units: [codeAt(0, 0)] },
      }),
      leaves: [],
    },
    'POST /api/flow-datasets/:id/sets': {
      ask: () => ({
        url: `/api/flow-datasets/${id.dataset}/sets`,
        body: { sets: [{ name: 'A', units: [codeAt(0, 0)] }] },
      }),
      leaves: [],
    },
    'POST /api/flow-datasets/:id/pole-runs': {
      ask: () => ({ url: `/api/flow-datasets/${id.dataset}/pole-runs`, body: { minRate: 0.3 } }),
      leaves: ['analyse_poles'],
    },
    'POST /api/flow-imports': {
      ask: () => ({ url: '/api/flow-imports?name=extrait.csv', bytes: extract(11) }),
      leaves: [],
    },
    'POST /api/flow-imports/:id/specialties': {
      ask: () => imported('/specialties', { specialty: 'specialite' }),
      leaves: [],
    },
    'DELETE /api/flow-imports/:id': { ask: () => imported(''), leaves: [] },
    'POST /api/flow-imports/:id/run': {
      ask: () =>
        imported('/run', {
          name: 'Extrait',
          mapping: {
            origin: 'residence',
            destination: 'soins',
            specialty: 'specialite',
            patients: 'effectif',
          },
        }),
      leaves: ['start_run', 'import_flows', 'end_run'],
      async after(answer) {
        await flowRunEnded(answer);
        id.run = (await did('GET', `/api/flow-runs/${answer.json().id}`)).dataset;
      },
    },
    'DELETE /api/flow-datasets/:id': {
      ask: () => ({ url: `/api/flow-datasets/${id.run}` }),
      leaves: ['remove_flows'],
    },
    'POST /api/travel-times': {
      ask: () => ({
        url: '/api/travel-times?name=temps.csv',
        bytes: `origine;destination;minutes\n${codeAt(0, 0)};${codeAt(1, 0)};5\n`,
      }),
      leaves: [],
    },
    'POST /api/flow-models': {
      ask: () => ({ url: '/api/flow-models', body: { beta: 12 } }),
      leaves: ['start_run', 'model_flows', 'end_run'],
      after: flowRunEnded,
    },
    'POST /api/calibrations': {
      ask: () => ({ url: '/api/calibrations', body: { dataset: id.dataset } }),
      leaves: ['start_run', 'end_run'],
      after: flowRunEnded,
    },
    'POST /api/flow-runs/:id/cancel': {
      async ask() {
        // Behind one that is held, a run waits for its turn.
        held ??= startRun(() => new Promise((resolve) => (release = resolve)));
        await held;
        return { url: `/api/flow-runs/${(await startRun(async () => {})).id}/cancel` };
      },
      leaves: ['cancel_run'],
      async after() {
        release();
        await api.flowRuns.ended((await held)!.id);
      },
    },
    'POST /api/proposals': {
      ask: () => ({ url: '/api/proposals', body: wishes }),
      leaves: ['start_run', 'end_run'],
      after: runEnded,
    },
    'POST /api/proposals/:id/improve': {
      ask: async () => ({ url: `${await finished()}/improve`, body: { locked: [codeAt(0, 0)] } }),
      leaves: ['start_run', 'end_run'],
      after: runEnded,
    },
    'POST /api/proposals/:id/cancel': {
      async ask() {
        const body = { ...wishes, effort: 'thorough' };
        const { id: run } = await did('POST', '/api/proposals', { body });
        return { url: `/api/proposals/${run}/cancel` };
      },
      leaves: ['cancel_run'],
      after: runEnded,
    },
    'POST /api/proposals/:id/bound': {
      ask: async () => ({ url: `${await finished()}/bound` }),
      leaves: ['prove_bound'],
      async after() {
        while ((await did('GET', `${await finished()}/bound`)).status !== 'done') {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      },
    },
    'DELETE /api/proposals/:id/bound': {
      ask: async () => ({ url: `${await finished()}/bound` }),
      leaves: [],
    },
    'POST /api/proposals/:id/adopt': {
      ask: async () => ({ url: `${await finished()}/adopt`, body: { territories: [0, 1] } }),
      leaves: ['create', 'create'],
    },
    'POST /api/proposals/:id/adopt/undo': {
      ask: async () => ({ url: `${await finished()}/adopt/undo`, body: {} }),
      leaves: ['undo_adoption', 'undo_adoption'],
    },
    'DELETE /api/proposals/:id': {
      ask: async () => ({ url: await finished() }),
      leaves: ['remove_run'],
    },
    'POST /api/cuts/preview': {
      ask: () => ({ url: '/api/cuts/preview', body: { unit: codeAt(4, 1), line } }),
      leaves: [],
    },
    'POST /api/cuts': {
      ask: () => ({
        url: '/api/cuts',
        body: { unit: codeAt(4, 1), line, sectors: [{ name: 'Ouest' }, { name: 'Est' }] },
      }),
      leaves: ['cut'],
    },
    'DELETE /api/divisions/:code': {
      ask: () => ({ url: `/api/divisions/${codeAt(4, 1)}` }),
      leaves: ['undivide'],
    },
    'POST /api/subdivision-files': {
      ask: () => ({ url: '/api/subdivision-files?name=ville.geojson', bytes: town }),
      leaves: [],
    },
    'POST /api/subdivision-files/:id/import': {
      ask: async () => ({
        url: `/api/subdivision-files/${await upload('subdivision-files', town)}/import`,
        body: { communes: [ORLEANS] },
      }),
      leaves: ['divide'],
      after(answer) {
        divided = answer.json().units;
      },
    },
    'POST /api/mergers': {
      ask: () => ({
        url: '/api/mergers',
        body: { units: divided.slice(0, 2), name: 'Sud' },
      }),
      leaves: ['merge'],
    },
  };

  test('every route that is not a reading says what it records, or why nothing', async () => {
    const named = routes.map(({ method, url }) => `${method} ${url}`).sort();
    expect(named).toEqual(Object.keys(changes).sort());
    for (const { method, url, config } of routes) {
      const said = [config?.records !== undefined, config?.untraced !== undefined];
      expect([method, url, ...said.sort()]).toEqual([method, url, false, true]);
      for (const verb of config?.records ?? []) expect(eventVerbs).toContain(verb);
    }
  });

  test('each leaves that in its own transaction, and without a trace nothing is changed', async () => {
    const { kysely } = api.database;
    const refusal = await refuseEvents(kysely);
    for (const [route, { ask, leaves, after }] of Object.entries(changes)) {
      const declared = routes.find(({ method, url }) => `${method} ${url}` === route)?.config;
      const first = await ask();
      const before = await contentOf(kysely);
      if (leaves.length > 0) {
        await refusal.begin();
        const refused = await inject(route, first);
        // A proof begins without a change: its end is what would be written.
        if (!leaves.includes('prove_bound')) {
          expect([route, refused.statusCode]).toEqual([route, 500]);
        } else await api.app.inject({ method: 'DELETE', url: first.url, cookies: admin() });
        await refusal.end();
        expect([route, ...changed(before, await contentOf(kysely))]).toEqual([route]);
      }
      // What was stopped in memory does not stop twice.
      const again = leaves.includes('cancel_run') ? await ask() : first;
      const answer = await inject(route, again);
      expect([route, answer.statusCode, answer.body]).toEqual([
        route,
        expect.toSatisfy((code: number) => code < 300),
        expect.anything(),
      ]);
      await after?.(answer);
      const { rows } = await sql<{ verb: EventVerb; actor: string; account: number | null }>`
        select verb, actor, account from event
        where request_id = ${String(answer.headers['x-request-id'])} order by id`.execute(kysely);
      expect([route, rows.map(({ verb }) => verb)]).toEqual([route, leaves]);
      expect(declared?.records ?? []).toEqual(expect.arrayContaining(leaves));
      if (leaves.length === 0) {
        expect([route, ...changed(before, await contentOf(kysely))]).toEqual([route]);
      }
      if (again.session === undefined) {
        for (const event of rows)
          expect(event).toMatchObject({ actor: 'Léa Première', account: id.admin });
      }
    }
    await refusal.remove();
  }, 120_000);

  const admin = () => ({ maillage: token.admin });

  test('and never a password, a token or what is kept of them', async () => {
    const { rows } = await sql<{ told: string }>`
      select coalesce(string_agg(e::text, ' '), '') as told from event e`.execute(
      api.database.kysely,
    );
    const told = rows[0]?.told ?? '';
    expect(told).toContain('Léa Première');
    expect(told).not.toContain('scrypt$');
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      expect(told).not.toContain(secret);
      expect(told).not.toContain(createHash('sha256').update(secret).digest('hex'));
    }
  });
});

/** Tables whose content differs. */
function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (table) => before.get(table) !== after.get(table),
  );
}
