import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RouteOptions } from 'fastify';
import { buildApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { localActor } from '../server/core/accounts/actor.ts';
import type { App } from '../server/routes/dependencies.ts';
import { people } from '../server/usecases/accounts/people.ts';
import { regionState } from '../server/usecases/region-state.ts';

/** The server without a database: enough to say which routes it has. */
export async function describeServer(onRoute?: (route: RouteOptions) => void): Promise<App> {
  const absent = () => {
    throw new Error('the described server has no database');
  };
  const known = people(absent);
  known.identities.identify = async () => localActor;
  const app = await buildApp(
    {
      database: absent,
      runs: absent,
      flowRuns: absent,
      uploads: absent,
      passages: absent,
      region: regionState(),
      people: known,
      version: readConfig([], {}).config.version,
    },
    { page: null, ...(onRoute ? { onRoute } : {}) },
  );
  await app.ready();
  return app;
}

/** `npm run openapi`: writes the document a test compares with the served one. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const app = await describeServer();
  const file = new URL('../server/docs/openapi.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(app.swagger(), null, 2)}\n`);
  await app.close();
}
