import { type TravelTable, travelTable } from '../core/flows/travel-table.ts';
import { frenchNumber } from '../core/french.ts';
import { DomainError } from '../errors.ts';
import { requireColumn } from './columns.ts';
import { openBytes } from './extract/bytes.ts';
import { cellText, readHead } from './extract/head.ts';
import { type Landing, Landings } from './extract/landings.ts';
import { RecordScanner } from './extract/records.ts';
import { scanRecords } from './extract/scan-records.ts';
import { readNumber } from './french-number.ts';
import type { Passages } from './passages.ts';
import type { OnProgress, Remark } from './rows.ts';

/** Minutes between the units of a vintage, and where they come from. */
export interface TravelTimes {
  /** name of the file */
  file: string;
  table: TravelTable;
  remarks: Remark[];
}

const columns = {
  origin: ['origin', 'origine', 'code_origine', 'depart', 'from', /\borig/, /\bdepart\b/],
  destination: ['destination', 'code_destination', 'arrivee', 'to', /\bdest/, /\barrivee\b/],
  minutes: ['minutes', 'duree', 'temps', 'time', /\b(min|minutes?|duree|temps|time|duration)\b/],
};

/** A file, and what to call it where its path says nothing. */
export interface NamedFile {
  path: string;
  name: string;
}

/**
 * Reads travel times (origin, destination, minutes), piece by piece, onto the units `codes` of the
 * loaded vintage: codes of another year follow the passages. Pairs with an end elsewhere are left out;
 * blank minutes mean that there is no way. Between communes that have merged since, minutes say
 * nothing of staying in the merged one and are left out too. The rest as in `travelTable`.
 *
 * @throws DomainError `missing_column`, `invalid_code`, `invalid_number`, `no_unit_in_region` and those
 * of the readers of delimited files
 */
export async function readTravelTimes(
  file: string | NamedFile,
  codes: readonly string[],
  passages: Passages,
  onProgress?: OnProgress,
): Promise<TravelTimes> {
  const source = await (typeof file === 'string'
    ? openBytes(file)
    : openBytes(file.path, file.name));
  const head = await readHead(source);
  const at = (role: keyof typeof columns, what: string) =>
    requireColumn(head.columns, columns[role], { file: source.name, what, code: 'missing_column' });
  const origin = at('origin', 'la commune de départ');
  const destination = at('destination', 'la commune d’arrivée');
  const minutes = at('minutes', 'la durée en minutes');

  const scanner = new RecordScanner(head.separator, source.name, head.line);
  const landings = new Landings(new Set(codes), passages);
  const units = new Map(codes.map((code, unit) => [code, unit]));
  const pairs = new PairColumns();
  const left = { outside: 0, blank: 0, merged: 0 };

  const landingAt = (buffer: Buffer, column: number): Landing => {
    const found = landings.scan(buffer, scanner.starts[column] ?? 0, scanner.ends[column] ?? 0);
    if (found) return found;
    const text = cellText(scanner, buffer, column).slice(0, 40);
    throw new DomainError(
      'invalid_code',
      `Dans « ${source.name} », ligne ${scanner.line}, « ${text} » a été lu dans la colonne ${head.columns[column]} alors qu’un code INSEE de commune était attendu : corrigez-le ou retirez la ligne.`,
      { file: source.name, line: scanner.line, code: text },
    );
  };
  const unitAt = (place: number): number => units.get(landings.codes[place] ?? '') ?? -1;
  const take = (buffer: Buffer): void => {
    if (scanner.count <= Math.max(origin, destination, minutes)) {
      throw new DomainError(
        'unreadable_file',
        `Dans « ${source.name} », ligne ${scanner.line}, ${head.columns.length} colonnes étaient attendues, ${scanner.count} ont été lues : corrigez cette ligne, puis recommencez.`,
        { file: source.name, line: scanner.line },
      );
    }
    const from = landingAt(buffer, origin);
    const to = landingAt(buffer, destination);
    const text = cellText(scanner, buffer, minutes);
    const time = readNumber(text);
    if (time === null) {
      left.blank++;
      return;
    }
    if (!(time >= 0 && time < Infinity)) {
      throw new DomainError(
        'invalid_number',
        `Dans « ${source.name} », ligne ${scanner.line}, la colonne ${head.columns[minutes]} contient « ${text.slice(0, 40)} » alors qu’une durée en minutes, positive ou nulle, était attendue : corrigez cette valeur.`,
        { file: source.name, line: scanner.line, column: head.columns[minutes] },
      );
    }
    for (const change of [...from.changes, ...to.changes]) change.rows++;
    let inside = false;
    for (const [o, place] of from.places.entries()) {
      for (const [d, other] of to.places.entries()) {
        if (!from.inside[o] || !to.inside[d]) continue;
        inside = true;
        if (place === other && !(isWhole(from) && isWhole(to))) left.merged++;
        else pairs.add(unitAt(place), unitAt(other), time);
      }
    }
    if (!inside) left.outside++;
  };
  for await (const _ of scanRecords(source, head, scanner, take, onProgress));

  if (pairs.size === 0) {
    throw new DomainError(
      'no_unit_in_region',
      `Aucun trajet du fichier « ${source.name} » ne relie deux communes chargées : vérifiez ses colonnes, ou chargez sa région.`,
      { file: source.name },
    );
  }
  const table = travelTable(codes.length, ...pairs.columns());
  return {
    file: source.name,
    table,
    remarks: [
      ...remark(
        landings.changes.length,
        'changed',
        'Codes de commune réparés, ou suivis jusqu’à leur commune d’aujourd’hui',
      ),
      ...remark(
        left.outside,
        'note',
        'Trajets laissés de côté, une extrémité étant hors des communes chargées',
      ),
      ...remark(
        left.blank,
        'note',
        'Durées vides, tenues pour des trajets impossibles sauf s’ils sont donnés ailleurs',
      ),
      ...remark(
        left.merged,
        'note',
        'Trajets laissés de côté entre communes réunies depuis, qui ne disent rien du séjour dans la commune nouvelle',
      ),
    ],
  };
}

function remark(count: number, kind: Remark['kind'], what: string): Remark[] {
  return count === 0 ? [] : [{ kind, message: `${what} : ${frenchNumber(count)}.` }];
}

/** A commune that is today what the file calls by this code. */
function isWhole({ changes }: Landing): boolean {
  return changes.every(({ kind }) => kind === 'repaired');
}

/** Pairs in typed columns that grow: a region has millions. */
class PairColumns {
  size = 0;
  #origins = new Int32Array(1024);
  #destinations = new Int32Array(1024);
  #minutes = new Float64Array(1024);

  add(origin: number, destination: number, minutes: number): void {
    if (this.size === this.#origins.length) this.#grow();
    this.#origins[this.size] = origin;
    this.#destinations[this.size] = destination;
    this.#minutes[this.size++] = minutes;
  }

  columns(): [Int32Array, Int32Array, Float64Array] {
    return [
      this.#origins.subarray(0, this.size),
      this.#destinations.subarray(0, this.size),
      this.#minutes.subarray(0, this.size),
    ];
  }

  #grow(): void {
    const [origins, destinations, minutes] = this.columns();
    this.#origins = new Int32Array(2 * this.size);
    this.#destinations = new Int32Array(2 * this.size);
    this.#minutes = new Float64Array(2 * this.size);
    this.#origins.set(origins);
    this.#destinations.set(destinations);
    this.#minutes.set(minutes);
  }
}
