import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DomainError } from './errors.ts';
import type { OpenIdSettings } from './usecases/accounts/openid.ts';
import type { PeopleSettings } from './usecases/accounts/people.ts';

export interface Config {
  port: number;
  host: string;
  /** null selects the embedded database in `home` */
  databaseUrl: string | null;
  /** folder of the embedded database and of downloaded answers */
  home: string;
  /** folder of files the user names, or null */
  data: string | null;
  /** INSEE code, name or `france`; null when the user named none */
  region: string | null;
  /** base address of the public geo API; null never asks it */
  geoApi: string | null;
  /** largest extract that the page may send, bytes */
  uploadLimit: number;
  people: PeopleSettings & {
    /** reached by others than whoever works at this machine */
    exposed: boolean;
    /** accounts were asked for in so many words */
    wanted: boolean;
  };
  version: string;
}

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  region: { type: 'string' },
  home: { type: 'string' },
} as const;

/** The only reader of the environment. Command-line options win over variables. */
export function readConfig(
  argv: string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
): { config: Config; positionals: string[] } {
  const { values, positionals } = parse(argv);
  const data = values.data ?? env.MAILLAGE_DATA;
  const geoApi = env.MAILLAGE_GEO_API || 'https://geo.api.gouv.fr';
  const host = values.host ?? (env.HOST || '127.0.0.1');
  return {
    config: {
      port: readPort(values.port ?? (env.PORT || '3000')),
      host,
      databaseUrl: env.DATABASE_URL || null,
      home: resolve(values.home ?? (env.MAILLAGE_HOME || '.maillage')),
      data: data ? resolve(data) : null,
      region: values.region ?? (env.MAILLAGE_REGION || null),
      geoApi: geoApi === 'off' ? null : geoApi,
      uploadLimit: readMegabytes(env.MAILLAGE_UPLOAD_MB || '1024') * 2 ** 20,
      people: readPeople(env, host),
      version: readVersion(),
    },
    positionals,
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (cause) {
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new DomainError(
      'invalid_configuration',
      `Option inconnue ou incomplète dans « ${argv.join(' ')} » : les options sont ${known.join(', ')}.`,
      undefined,
      { cause },
    );
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DomainError(
    'invalid_configuration',
    `Le port « ${text} » n’est pas un nombre entre 0 et 65535 : corrigez PORT ou --port.`,
  );
}

function readMegabytes(text: string): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 1_000_000) return size;
  throw new DomainError(
    'invalid_configuration',
    `La taille « ${text} » n’est pas un nombre entier de mégaoctets : corrigez MAILLAGE_UPLOAD_MB.`,
  );
}

function readPeople(env: NodeJS.ProcessEnv, host: string): Config['people'] {
  const publicAddress = readAddress('MAILLAGE_PUBLIC_ADDRESS', env.MAILLAGE_PUBLIC_ADDRESS);
  const exposed =
    !isLoopback(host) || (publicAddress !== null && !isLoopback(new URL(publicAddress).hostname));
  const accounts = env.MAILLAGE_ACCOUNTS || 'auto';
  if (accounts !== 'auto' && accounts !== 'on') {
    throw new DomainError(
      'invalid_configuration',
      `MAILLAGE_ACCOUNTS vaut « ${accounts} » : écrivez on pour demander des comptes même sur cette machine, ou auto.`,
    );
  }
  const wanted = accounts === 'on';
  const openId = readOpenId(env, publicAddress);
  return { required: wanted || exposed, wanted, exposed, publicAddress, openId };
}

function readOpenId(env: NodeJS.ProcessEnv, publicAddress: string | null): OpenIdSettings | null {
  const issuer = readAddress('MAILLAGE_OIDC_ISSUER', env.MAILLAGE_OIDC_ISSUER, true);
  if (issuer === null) return null;
  const missing = Object.entries({
    MAILLAGE_OIDC_CLIENT_ID: env.MAILLAGE_OIDC_CLIENT_ID,
    MAILLAGE_OIDC_CLIENT_SECRET: env.MAILLAGE_OIDC_CLIENT_SECRET,
    MAILLAGE_PUBLIC_ADDRESS: publicAddress,
  }).find(([, value]) => !value);
  if (missing) {
    throw new DomainError(
      'invalid_configuration',
      `Avec MAILLAGE_OIDC_ISSUER il faut aussi ${missing[0]} : donnez-le.`,
    );
  }
  const { hostname, protocol } = new URL(issuer);
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new DomainError(
      'invalid_configuration',
      `Le fournisseur d’identité ${issuer} doit être en https : corrigez MAILLAGE_OIDC_ISSUER.`,
    );
  }
  return {
    issuer,
    clientId: env.MAILLAGE_OIDC_CLIENT_ID ?? '',
    clientSecret: env.MAILLAGE_OIDC_CLIENT_SECRET ?? '',
    scope: env.MAILLAGE_OIDC_SCOPE || 'openid email profile',
    acr: env.MAILLAGE_OIDC_ACR || null,
    name: env.MAILLAGE_OIDC_NAME || hostname,
  };
}

/** An origin such as `https://maillage.example.org`, or with its path where one is expected. */
function readAddress(name: string, text: string | undefined, path = false): string | null {
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && (path || (url.pathname === '/' && !url.search && !url.hash));
  if (url && plain && ['http:', 'https:'].includes(url.protocol)) {
    return path ? text : url.origin;
  }
  throw new DomainError(
    'invalid_configuration',
    `${name} vaut « ${text} » : écrivez une adresse comme https://maillage.example.org${path ? '' : ', sans chemin'}.`,
  );
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
  );
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return (manifest as { version: string }).version;
}
