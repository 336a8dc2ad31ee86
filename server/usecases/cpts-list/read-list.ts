import type { Kysely } from 'kysely';
import type { CptsListReport } from '../../contracts/cpts-lists.ts';
import { foldName } from '../../core/fold-name.ts';
import { cptsRepository } from '../../db/repositories/cpts.ts';
import { unitRepository } from '../../db/repositories/units.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Doubt } from '../../imports/cpts-list/place-book.ts';
import type { CptsListTask, MatchedList } from '../../workers/cpts-list.ts';
import { runTask } from '../../workers/task.ts';
import { leavesOfPlaces } from './leaves-of-places.ts';
import { listConflicts } from './list-conflicts.ts';

/** How long a list may take to read, ms. */
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
 * The CPTS of a list as loaded units, with what a person has to decide before they are imported:
 * nothing is kept. It is read in a thread.
 *
 * @throws DomainError those of `readListRows`; `outside_region` when no row is in the loaded region;
 *   `file_too_slow`
 */
export async function readCptsList(
  { db, vintage, passages, signal }: Ground,
  { file, bytes }: Pick<CptsListTask, 'file' | 'bytes'>,
): Promise<CptsListReport> {
  const places = await unitRepository(db).places(vintage.id);
  const loaded = places.map(({ code, name, department }) => ({ code, name, department }));
  const { cpts, rows, found, remarks } = await inThread({ file, bytes, loaded, passages }, signal);
  const placeOf = new Map(loaded.map((place) => [place.code, place]));
  const open = await cptsRepository(db).openIn(vintage.id);
  const named = new Map(open.map((one) => [foldName(one.name), one]));
  const codes = cpts.map((): string[] => []);
  const report: CptsListReport = {
    file,
    rows: rows.length,
    cpts: [],
    toDecide: [],
    outside: [],
    conflicts: [],
    remarks,
  };
  const passed: string[] = [];
  for (const [k, { line, cpts: at, text }] of rows.entries()) {
    const here = found[k]!;
    switch (here.kind) {
      case 'place':
        codes[at]!.push(here.code);
        if (here.passed) passed.push(`${text} → ${placeOf.get(here.code)!.name}`);
        break;
      case 'outside':
        report.outside.push({ line, cpts: at, text });
        break;
      case 'doubt': {
        const candidates = here.candidates.map((code) => placeOf.get(code)!);
        const reason = `Ligne ${line} : ${reasons[here.why](text, candidates.length)}`;
        report.toDecide.push({ line, cpts: at, text, why: here.why, reason, candidates });
      }
    }
  }
  if (report.outside.length === rows.length) throw outside(file, vintage.region_name);
  if (passed.length > 0) remarks.push(followed(passed));
  const leaves = leavesOfPlaces(places);
  report.cpts = cpts.map((one, k) => {
    const { id, name, status } = named.get(foldName(one.name)) ?? {};
    const existing = id === undefined ? null : { id, name: name!, status: status! };
    return { ...one, units: leaves(codes[k]!), existing };
  });
  // Those that are there under the same name are skipped unless one asks.
  const claims = report.cpts.filter(({ existing }) => existing === null);
  report.conflicts = listConflicts(claims, open, places);
  return report;
}

async function inThread(task: CptsListTask, signal: AbortSignal): Promise<MatchedList> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const stop = AbortSignal.any([signal, patience]);
  try {
    return await runTask<CptsListTask, MatchedList>(
      new URL('../../workers/cpts-list.ts', import.meta.url),
      task,
      { signal: stop },
    );
  } catch (error) {
    if (!patience.aborted || error !== stop.reason) throw error;
    throw new DomainError(
      'file_too_slow',
      `La liste « ${task.file} » demande plus d’une minute de calcul : découpez-la, puis importez chaque partie.`,
      { file: task.file },
    );
  }
}

const reasons: Record<Doubt, (text: string, candidates: number) => string> = {
  homonym: (text) =>
    `plusieurs communes de France s’appellent ainsi, « ${text} » ne dit pas laquelle.`,
  unknown_name: (text, candidates) =>
    candidates > 0
      ? `aucune commune ne s’appelle « ${text} », voici les noms proches.`
      : `aucune commune ne s’appelle « ${text} », ni d’un nom proche.`,
  unknown_code: (text) => `« ${text} » n’est le code d’aucune commune de ce département.`,
  code_and_name: (text) => `dans « ${text} », le code et le nom sont de deux communes.`,
  arrondissement: (text) =>
    `« ${text} » est un arrondissement d’une commune qui n’est pas divisée ici.`,
  split_commune: (text) => `« ${text} » a changé de limites, ce sont plusieurs communes ici.`,
};

function followed(passed: readonly string[]): string {
  const first = passed.slice(0, 8).join(' ; ');
  const more = passed.length > 8 ? ` et ${passed.length - 8} autres` : '';
  return `Communes fusionnées, suivies jusqu’à celle d’aujourd’hui : ${first}${more}.`;
}

function outside(file: string, region: string): DomainError {
  return new DomainError(
    'outside_region',
    `Aucune commune de « ${file} » n’est dans la région chargée, ${region} : vérifiez la région, ou les colonnes de la liste.`,
    { file },
  );
}
