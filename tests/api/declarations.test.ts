import { readFileSync } from 'node:fs';
import type { RouteOptions } from 'fastify';
import { expect, test } from 'vitest';
import { describeServer } from '../../scripts/openapi.ts';

test('every route declares a right, a limit and a schema', async () => {
  const routes: RouteOptions[] = [];
  const app = await describeServer((route) => routes.push(route));
  expect(routes.length).toBeGreaterThan(15);
  for (const { method, url, config, schema } of routes) {
    const route = `${method} ${url}`;
    expect([route, config?.right]).toEqual([route, expect.stringMatching(/^(read|write|shared)$/)]);
    expect([route, config?.rateLimit]).toEqual([
      route,
      expect.objectContaining({ max: expect.any(Number) }),
    ]);
    expect([route, schema]).toEqual([route, expect.any(Object)]);
    const looks = method === 'GET' || method === 'HEAD';
    const expected = url.startsWith('/api/shared/') ? 'shared' : looks ? 'read' : 'write';
    expect([route, config?.right]).toEqual([route, expected]);
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
