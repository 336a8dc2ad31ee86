import { expect, test } from 'vitest';
import { Lulls } from '../../../server/usecases/lulls.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('work ahead waits for whoever is served, for what they ask next, and for no one else', async () => {
  const lulls = new Lulls();
  await lulls.lull();
  const said: string[] = [];
  let first = () => {};
  let second = () => {};
  const served = (async () => {
    await lulls.serve(() => new Promise<void>((done) => (first = done)));
    await lulls.serve(() => new Promise<void>((done) => (second = done)));
  })();
  const ahead = lulls.lull().then(() => said.push('ahead'));
  await turn();
  first();
  await turn();
  await turn();
  expect(said).toEqual([]);
  second();
  await served;
  await ahead;
  expect(said).toEqual(['ahead']);
});

test('who fails is served no longer', async () => {
  const lulls = new Lulls();
  await expect(lulls.serve(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  await lulls.lull();
});
