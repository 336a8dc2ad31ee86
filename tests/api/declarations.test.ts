import { readFileSync } from 'node:fs';
import type { RouteOptions } from 'fastify';
import { expect, test } from 'vitest';
import { describeServer } from '../../scripts/openapi.ts';
import { type Right, rights } from '../../server/core/accounts/actor.ts';

test('every route declares a right, a limit and a schema', async () => {
  const routes: RouteOptions[] = [];
  const app = await describeServer((route) => routes.push(route));
  expect(routes.length).toBeGreaterThan(15);
  for (const { method, url, config, schema } of routes) {
    const route = `${method} ${url}`;
    expect([route, rights.includes(config?.right as Right)]).toEqual([route, true]);
    expect([route, config?.rateLimit]).toEqual([
      route,
      expect.objectContaining({ max: expect.any(Number) }),
    ]);
    expect([route, schema]).toEqual([route, expect.any(Object)]);
    const given = url.startsWith('/api/shared/');
    expect([route, config?.right === 'shared']).toEqual([route, given]);
  }
  await app.close();
});

test('the committed OpenAPI document is the one the server gives', async () => {
  const app = await describeServer();
  const committed = readFileSync(
    new URL('../../server/docs/openapi.json', import.meta.url),
    'utf8',
  );
  const served = await app.inject({ url: '/api/openapi.json' });
  expect(
    served.json(),
    'the API changed: run « npm run openapi » and commit server/docs/openapi.json',
  ).toEqual(JSON.parse(committed));
  await app.close();
});
