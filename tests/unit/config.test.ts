import { describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';

describe('who may come, as the environment says', () => {
  const people = (env: Record<string, string>, argv: string[] = []) =>
    readConfig(argv, env).config.people;

  test('on this machine accounts are asked for only in so many words', () => {
    for (const env of [{}, { HOST: 'localhost' }, { HOST: '::1' }, { HOST: '127.0.0.2' }]) {
      expect(people(env)).toMatchObject({ exposed: false, required: false });
    }
    expect(people({ MAILLAGE_ACCOUNTS: 'on' })).toMatchObject({ exposed: false, required: true });
    const here = { MAILLAGE_PUBLIC_ADDRESS: 'http://localhost:3000/' };
    expect(people(here)).toMatchObject({
      exposed: false,
      publicAddress: 'http://localhost:3000',
    });
  });

  test('elsewhere always', () => {
    for (const env of [
      { HOST: '0.0.0.0' },
      { HOST: '::' },
      { HOST: '192.168.1.4' },
      { HOST: '127.example.org' },
      { MAILLAGE_PUBLIC_ADDRESS: 'https://maillage.example.org' },
    ]) {
      expect([env, people(env as Record<string, string>).required]).toEqual([env, true]);
    }
    expect(people({}, ['--host', '0.0.0.0'])).toMatchObject({ exposed: true, required: true });
  });

  test('a provider needs its client, its secret, a public address, and https', () => {
    const whole = {
      MAILLAGE_OIDC_ISSUER: 'https://connect.example.org/realm',
      MAILLAGE_OIDC_CLIENT_ID: 'maillage',
      MAILLAGE_OIDC_CLIENT_SECRET: 'secret',
      MAILLAGE_PUBLIC_ADDRESS: 'https://maillage.example.org',
    };
    expect(people(whole).openId).toEqual({
      issuer: 'https://connect.example.org/realm',
      clientId: 'maillage',
      clientSecret: 'secret',
      scope: 'openid email profile',
      acr: null,
      name: 'connect.example.org',
    });
    for (const name of Object.keys(whole).slice(1)) {
      expect(() => people({ ...whole, [name]: '' })).toThrow(name);
    }
    expect(() => people({ ...whole, MAILLAGE_OIDC_ISSUER: 'http://connect.example.org' })).toThrow(
      'https',
    );
    expect(() => people({ MAILLAGE_PUBLIC_ADDRESS: 'https://a.org/chemin' })).toThrow('chemin');
    expect(() => people({ MAILLAGE_ACCOUNTS: 'yes' })).toThrow('MAILLAGE_ACCOUNTS');
  });
});
