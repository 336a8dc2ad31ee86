import type { Kysely } from 'kysely';
import type { FileTerritory, OutlineShares, TerritoryFile } from '../contracts/territory-files.ts';
import { type CoveredUnits, outlineRepository } from '../db/repositories/outline-shares.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import type { ReadTerritory, TerritoryFileContent } from '../imports/territory/territory-file.ts';
import { runTask } from '../workers/task.ts';
import type { TerritoryFileTask } from '../workers/territory-file.ts';
import { type FollowedUnits, followUnmatched } from './follow-unmatched.ts';
import { keysOf, type MatchedUnits, matchUnits } from './match-units.ts';

/** How long a file may take to read, then its outlines to match, ms. */
const PATIENCE_MS = 60_000;

/** Where to match, and until when. */
interface Ground {
  db: Kysely<Schema>;
  vintage: { id: string; region_name: string };
  /** paths of the tables of code changes */
  passages: string[];
  /** aborted when nobody waits for the answer any more */
  signal: AbortSignal;
}

/**
 * The territories of a file as loaded units: by code or name where it lists them, else by the share
 * of each unit that its outline covers. The file is read in a thread; each outline is one short
 * query, so that the embedded database serves others in between. Communes that were merged since are
 * followed to those of today; what a split one became is left to the user.
 *
 * @throws DomainError those of `readTerritoryFile`; `outside_region` when nothing of it touches a
 *   loaded unit; `invalid_geometry`, `file_too_slow`
 */
export async function readTerritories(
  { db, vintage, passages, signal }: Ground,
  { file, bytes, byArea }: TerritoryFileTask,
): Promise<TerritoryFile> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const stop = AbortSignal.any([signal, patience]);
  try {
    const content = await runTask<TerritoryFileTask, TerritoryFileContent>(
      new URL('../workers/territory-file.ts', import.meta.url),
      { file, bytes, byArea },
      { signal: stop },
    );
    const remarks = [...content.remarks];
    const territories: FileTerritory[] = [];
    const outside: Box[] = [];
    const matched = await matchedLists(db, vintage.id, content.territories);
    const followed = await followUnmatched(db, vintage.id, passages, matched, stop);
    for (const [index, read] of content.territories.entries()) {
      stop.throwIfAborted();
      const found = read.units
        ? listed(read.name, matched[index]!, followed[index]!)
        : await drawn(db, vintage.id, read, file, remarks, outside);
      if (found.units.length > 0 || found.ambiguous.length > 0) territories.push(found);
    }
    if (territories.length === 0) throw outsideRegion(file, vintage.region_name, outside);
    const left = content.territories.length - territories.length;
    if (left > 0) {
      remarks.push(
        left === 1
          ? `Un territoire du fichier est hors de la région chargée : il a été laissé de côté.`
          : `${left} territoires du fichier sont hors de la région chargée : ils ont été laissés de côté.`,
      );
    }
    return { kind: content.kind, territories, remarks };
  } catch (error) {
    if (patience.aborted && error === stop.reason) throw tooSlow(file);
    throw error;
  }
}

/**
 * What an outline drawn by hand covers.
 *
 * @throws DomainError `invalid_geometry` when it has no area
 */
export async function outlineShares(
  db: Kysely<Schema>,
  vintage: string,
  outline: unknown,
): Promise<OutlineShares> {
  const covered = await outlineRepository(db).covered(vintage, JSON.stringify(outline));
  if (covered.bbox === null) {
    throw new DomainError(
      'invalid_geometry',
      'Ce contour n’entoure aucune surface : tracez-le en faisant un tour complet.',
    );
  }
  const { units, repaired } = covered;
  return { units, outline: shown(covered), repaired: repaired !== null };
}

/** The lists of a file matched with what is loaded; empty where a territory is drawn. */
async function matchedLists(
  db: Kysely<Schema>,
  vintage: string,
  territories: readonly ReadTerritory[],
): Promise<MatchedUnits[]> {
  const matched: MatchedUnits[] = [];
  for (const { units } of territories) {
    const wanted = units ?? [];
    const known = units ? await outlineRepository(db).lookUp(vintage, keysOf(wanted)) : [];
    matched.push(matchUnits(wanted, known));
  }
  return matched;
}

function listed(name: string, matched: MatchedUnits, passed: FollowedUnits): FileTerritory {
  const codes = [...new Set([...matched.codes, ...passed.codes])].sort();
  return {
    name,
    by: 'list',
    units: codes.map((code) => ({ code, share: 1 })),
    outline: null,
    unmatched: passed.unmatched.map(({ text }) => text),
    ambiguous: [...matched.ambiguous, ...passed.ambiguous],
    byName: matched.byName,
    followed: passed.followed,
  };
}

type Box = NonNullable<CoveredUnits['bbox']>;

async function drawn(
  db: Kysely<Schema>,
  vintage: string,
  { name, outline }: ReadTerritory,
  file: string,
  remarks: string[],
  outside: Box[],
): Promise<FileTerritory> {
  const covered = await outlineRepository(db).covered(vintage, outline?.geometry ?? '');
  const { units, repaired, bbox } = covered;
  if (bbox === null) {
    throw new DomainError(
      'invalid_geometry',
      `Dans « ${file} », le contour de « ${name} » n’a aucune surface, même réparé : corrigez-le, puis recommencez.`,
      { file, name },
    );
  }
  if (units.length === 0) outside.push(bbox);
  else if (repaired !== null) {
    remarks.push(`Le contour de « ${name} » se croisait : il a été réparé.`);
  }
  const none = { unmatched: [], ambiguous: [], byName: [], followed: [] };
  return { name, by: 'area', units, outline: shown(covered), ...none };
}

const shown = ({ shown: text }: CoveredUnits): unknown => (text === null ? null : JSON.parse(text));

function outsideRegion(file: string, region: string, [box]: Box[]): DomainError {
  const where = box ? ` (${box.map((side) => side.toFixed(2).replace('.', ',')).join(' ; ')})` : '';
  const swapped = box && box[0] > 40 && box[2] < 52 && box[1] > -6 && box[3] < 10;
  return new DomainError(
    'outside_region',
    swapped
      ? `Dans « ${file} », longitude et latitude sont inversées${where} : enregistrez le fichier avec la longitude d’abord, puis recommencez.`
      : `Rien de « ${file} »${where} n’est dans la région chargée, ${region} : vérifiez la région, la projection du fichier ou ses codes de communes.`,
    { file, box: box ?? null },
  );
}

function tooSlow(file: string): DomainError {
  return new DomainError(
    'file_too_slow',
    `Le fichier « ${file} » demande plus d’une minute de calcul : simplifiez ses contours ou gardez moins de territoires, puis recommencez.`,
    { file },
  );
}
