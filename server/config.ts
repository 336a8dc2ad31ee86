import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DomainError } from './errors.ts';

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
  return {
    config: {
      port: readPort(values.port ?? (env.PORT || '3000')),
      host: values.host ?? (env.HOST || '127.0.0.1'),
      databaseUrl: env.DATABASE_URL || null,
      home: resolve(values.home ?? (env.MAILLAGE_HOME || '.maillage')),
      data: data ? resolve(data) : null,
      region: values.region ?? (env.MAILLAGE_REGION || null),
      geoApi: geoApi === 'off' ? null : geoApi,
      uploadLimit: readMegabytes(env.MAILLAGE_UPLOAD_MB || '1024') * 2 ** 20,
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

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return (manifest as { version: string }).version;
}
