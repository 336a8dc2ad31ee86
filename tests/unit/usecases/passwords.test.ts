import { expect, test } from 'vitest';
import { hashPassword, isPassword } from '../../../server/usecases/accounts/passwords.ts';

test('a password is kept as a scrypt hash of 32 MB and three passes, with its salt', async () => {
  const hash = await hashPassword('quatre mots sans rapport é');
  expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  // The accent composed otherwise.
  expect(await isPassword('quatre mots sans rapport e\u0301', hash)).toBe(true);
  expect(await isPassword('quatre mots sans rapport', hash)).toBe(false);
  expect(await hashPassword('quatre mots sans rapport é')).not.toBe(hash);
});

test('one kept at another cost still opens, and nobody has no password', async () => {
  // RFC 7914, section 12, the second test vector, its first 32 bytes.
  const vector = Buffer.from(
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
    'hex',
  ).toString('base64url');
  const salt = Buffer.from('NaCl').toString('base64url');
  expect(await isPassword('password', `scrypt$1024$8$16$${salt}$${vector}`)).toBe(true);
  expect(await isPassword('passwore', `scrypt$1024$8$16$${salt}$${vector}`)).toBe(false);
  expect(await isPassword('', undefined)).toBe(false);
});
