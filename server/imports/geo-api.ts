import { join } from 'node:path';
import { DomainError } from '../errors.ts';
import { type CommuneRows, communeRows } from './commune-rows.ts';
import { rawCommunes } from './communes-geojson.ts';
import { CacheWriter, readCache } from './geo-api-cache.ts';
import type { Region } from './regions.ts';
import type { OnProgress, UnitFile } from './rows.ts';
import { fetchJson } from './timed-json.ts';

export interface GeoApiOptions {
  /** address of the API, `https://geo.api.gouv.fr` */
  base: string;
  region: Region;
  /** folder where the complete answer is kept for the next time */
  cacheDir: string;
  /** how long to wait for the headers of each answer, ms */
  connectMs: number;
  /** how long an answer may stay silent once begun, ms; 15 s unless told */
  stallMs?: number;
  /** departments received, of all */
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

const fields = 'code,nom,population,codeEpci,codeDepartement,codeRegion,centre,contour' as const;

/** The communes of a region from the public geo API of the French State, or from its cache. */
export async function fetchCommunes(options: GeoApiOptions): Promise<UnitFile> {
  const { region, onProgress } = options;
  const total = region.departments.length;
  const file = join(options.cacheDir, `geo-api-communes-${region.code}.ndjson`);
  const cached = await fromCache(file, options);
  if (cached !== null) {
    onProgress?.(total, total);
    return unitFile(cached, options);
  }
  return unitFile(await download(file, options), options);
}

async function fromCache(file: string, options: GeoApiOptions): Promise<CommuneRows[] | null> {
  const { departments } = options.region;
  const answers = await readCache(file);
  if (answers === null || answers.length !== departments.length) return null;
  try {
    return departments.map((department, index) => checked(answers[index], department, options));
  } catch {
    return null;
  }
}

async function download(file: string, options: GeoApiOptions): Promise<CommuneRows[]> {
  const { departments } = options.region;
  const received: CommuneRows[] = [];
  const cache = await CacheWriter.create(file);
  try {
    for (const department of departments) {
      const answer = await fetchDepartment(department, options);
      received.push(checked(answer, department, options));
      await cache.add(answer);
      options.onProgress?.(received.length, departments.length);
    }
  } catch (error) {
    await cache.drop();
    options.signal?.throwIfAborted();
    throw unreachable(error as Error, options);
  }
  await cache.keep();
  return received;
}

function fetchDepartment(department: string, options: GeoApiOptions): Promise<unknown> {
  const { base, connectMs, stallMs = 15_000 } = options;
  const query = `codeDepartement=${department}&fields=${fields}&format=json&geometry=contour`;
  const url = `${base.replace(/\/+$/, '')}/communes?${query}`;
  return fetchJson(url, { connectMs, stallMs }, options.signal);
}

/** The rows of one department's answer; throws when it is not one. */
function checked(answer: unknown, department: string, options: GeoApiOptions): CommuneRows {
  const raw = Array.isArray(answer) ? rawCommunes(answer) : null;
  if (raw === null || raw.length === 0) {
    throw new Error(`la réponse pour le département ${department} n’est pas une liste de communes`);
  }
  return communeRows(raw, {
    file: `réponse de l’API Géo, département ${department}`,
    region: { ...options.region, departments: [department] },
    populationOptional: true,
  });
}

function unitFile(received: CommuneRows[], { region, base }: GeoApiOptions): UnitFile {
  return {
    region: { code: region.code, name: region.name },
    year: null,
    sourceKind: 'geo-api',
    source: `API Géo de l’État (${new URL(base).host}), données IGN et INSEE, Licence Ouverte`,
    units: received.flatMap(({ units }) => units),
    remarks: received.flatMap(({ remarks }) => remarks),
  };
}

function unreachable(cause: Error, { base }: GeoApiOptions): DomainError {
  const reason = cause.message.replace(/\s*[.:]?$/, '');
  return new DomainError(
    'geo_api_unreachable',
    `Les communes n’ont pas pu être téléchargées depuis ${base} (${reason}) : vérifiez la connexion, ou nommez un dossier de fichiers avec --data.`,
    { base, cause: cause.message },
    { cause },
  );
}
