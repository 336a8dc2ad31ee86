import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../errors.ts';
import { vintageOf } from './communes-geojson.ts';
import { type Region, regionSlug } from './regions.ts';

/** Paths of the official files a user gathered in a directory. */
export interface DataFiles {
  communes: string;
  /** BPE tables */
  supply: string[];
  /** code changes from one year to the next */
  passages: string[];
  zonings: string[];
}

/** Looks into `communes/`, `supply/`, `cog/` and `zonings/`; of several vintages, the latest. */
export function findDataFiles(dir: string, region: Region): DataFiles {
  if (list(dir) === null) {
    throw new DomainError(
      'no_such_file',
      `Le dossier de données « ${dir} » n’existe pas : vérifiez --data ou MAILLAGE_DATA.`,
      { directory: dir },
    );
  }
  return {
    communes: communesFile(dir, region),
    supply: csvFiles(dir, 'supply'),
    passages: csvFiles(dir, 'cog'),
    zonings: csvFiles(dir, 'zonings'),
  };
}

/** Names, sizes and dates of the files: the same print, the same content to read. */
export function printFiles(files: DataFiles): string {
  return [files.communes, ...files.supply, ...files.passages, ...files.zonings]
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${Math.round(mtimeMs)}`;
    })
    .join('\n');
}

/** Paths of the CSV files of one folder of the data directory; none where it is absent. */
export function csvFiles(dir: string, folder: 'supply' | 'cog' | 'zonings'): string[] {
  return (list(join(dir, folder)) ?? [])
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .map((name) => join(dir, folder, name));
}

function communesFile(dir: string, region: Region): string {
  const names = (list(join(dir, 'communes')) ?? []).filter((name) => /\.(geo)?json$/i.test(name));
  const slug = regionSlug(region);
  const chosen = latest(names, slug) ?? latest(names, 'france');
  if (chosen !== null) return join(dir, 'communes', chosen);
  const found = names.length === 0 ? 'aucun fichier GeoJSON' : names.join(', ');
  throw new DomainError(
    'no_such_file',
    `Le dossier « ${join(dir, 'communes')} » n’a pas de communes pour la région ${region.name} : un fichier ${slug}-2024.geojson (ou france-2024.geojson) était attendu, il contient ${found}.`,
    { directory: dir, region: region.code, found: names },
  );
}

/** The most recent vintage among `<slug>.geojson`, `<slug>-2024.geojson`, `<slug>-2024-x.geojson`. */
function latest(names: string[], slug: string): string | null {
  const candidates = names
    .filter((name) =>
      [`${slug}-`, `${slug}.`].some((start) => name.toLowerCase().startsWith(start)),
    )
    .sort((a, b) => (vintageOf(b) ?? 0) - (vintageOf(a) ?? 0) || (a < b ? -1 : 1));
  return candidates[0] ?? null;
}

function list(dir: string): string[] | null {
  try {
    return readdirSync(dir).sort();
  } catch {
    return null;
  }
}
