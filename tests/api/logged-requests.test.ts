import { expect, test } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { people } from '../../server/usecases/accounts/people.ts';
import { regionState } from '../../server/usecases/region-state.ts';

test('the token of a shared address is not logged, at any level', async () => {
  const broken = () => {
    throw new Error('broken');
  };
  const lines: string[] = [];
  const app = await buildApp(
    {
      database: broken,
      region: { ...regionState(), loaded: broken },
      runs: broken,
      flowRuns: broken,
      uploads: broken,
      passages: () => [],
      people: people(broken),
      version: '0',
    },
    { page: null, logger: { level: 'trace', stream: { write: (line) => lines.push(line) } } },
  );
  for (const url of ['/api/shared/ToKeN', '/api/shared/ToKeN?x=1', '/partage/ToKeN/plus']) {
    await app.inject({ url });
  }
  await app.inject({ url: '/api/oidc/callback?code=ToKeN&state=ToKeN' });
  await app.inject({ method: 'POST', url: '/api/shared/ToKeN/comments', payload: { text: 'a' } });
  await app.close();
  expect(lines.join('')).toContain('/api/shared/…/comments');
  expect(lines.join('')).toContain('broken');
  expect(lines.join('')).not.toContain('ToKeN');
});
