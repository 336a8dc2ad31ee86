import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { keptAnswers } from '../../../server/usecases/kept-answers.ts';

test('an answer is made once, for callers at the same time too', async () => {
  const answers = keptAnswers();
  let made = 0;
  const make = () => ({ made: ++made });
  const [one, two] = await Promise.all([answers.gzipped('a', make), answers.gzipped('a', make)]);
  expect(JSON.parse(String(gunzipSync(one)))).toEqual({ made: 1 });
  expect(two).toBe(one);
  expect(await answers.gzipped('a', make)).toBe(one);
  expect(gunzipSync(await answers.gzipped('b', () => new Uint8Array([1, 2])))).toEqual(
    Buffer.from([1, 2]),
  );
});

test('a failure is told to whoever asked, and not kept', async () => {
  const answers = keptAnswers();
  const failing = async () => {
    throw new Error('no');
  };
  await expect(answers.gzipped('a', failing)).rejects.toThrow('no');
  expect(String(gunzipSync(await answers.gzipped('a', () => 1)))).toBe('1');
});

test('past its room, what was asked for longest ago is made anew', async () => {
  const answers = keptAnswers(2500);
  const made: string[] = [];
  const ask = (key: string) =>
    answers.gzipped(key, () => {
      made.push(key);
      return randomBytes(1000);
    });
  await ask('a');
  await ask('b');
  await ask('a');
  await ask('c');
  await ask('a');
  expect(made).toEqual(['a', 'b', 'c']);
  await ask('b');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  // One alone that has no room is sent all the same.
  expect((await answers.gzipped('d', () => randomBytes(5000))).length).toBeGreaterThan(2500);
});
