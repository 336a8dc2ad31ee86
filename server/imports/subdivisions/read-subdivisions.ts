import type { MultiPolygon, Polygon } from 'geojson';
import { counted } from '../../core/french.ts';
import { communeOfArrondissement, isCommuneCode, repairCode } from '../commune-code.ts';
import { propertyNames, type RawCommune } from '../commune-rows.ts';
import { readRawCommunes } from '../communes-geojson.ts';
import { readNumber } from '../french-number.ts';
import { readOutline } from '../outline.ts';
import type { Remark } from '../rows.ts';
import { type SubdivisionColumns, subdivisionColumns } from './columns.ts';

type SubdivisionKind = 'arrondissement' | 'iris' | 'quartier' | 'sector';

/** A part of a commune as read from a file, before the database fits it into the commune. */
export interface SubdivisionRow {
  commune: string;
  /** the code of the file where it is that of an IRIS, an arrondissement or a sector; else null */
  code: string | null;
  kind: SubdivisionKind;
  name: string;
  /** inhabitants; null where the file does not say */
  population: number | null;
  /** WGS 84, degrees */
  geometry: Polygon | MultiPolygon;
}

export interface SubdivisionFile {
  /** French sentence that names the source */
  source: string;
  /** by commune, in the order of the file */
  rows: SubdivisionRow[];
  remarks: Remark[];
}

/** How many faults are told one by one. */
const TOLD = 20;

/**
 * Reads subdivisions of communes from a GeoJSON file. A feature that cannot be read is left out with
 * a remark: whether the rest still covers its commune is for the database to tell.
 *
 * @throws DomainError `unreadable_file`, `empty_file`, `missing_column`
 */
export function readSubdivisions(file: string, name?: string): SubdivisionFile {
  const raw = readRawCommunes(file, name);
  const called = name ?? file.split(/[\\/]/).at(-1) ?? file;
  const columns = subdivisionColumns(propertyNames(raw), called);
  const rows: SubdivisionRow[] = [];
  const faults: Remark[] = [];
  const remarks: Remark[] = [];
  const seen = new Set<string>();
  for (const [index, feature] of raw.entries()) {
    const row = readRow(feature, columns);
    if (typeof row === 'string') {
      faults.push({
        kind: 'rejected',
        message: `L’objet n° ${index + 1} du fichier ${row} : il a été laissé de côté.`,
        where: String(index + 1),
      });
      continue;
    }
    if (row.code !== null && seen.has(row.code)) row.code = null;
    if (row.code !== null) seen.add(row.code);
    rows.push(row);
  }
  remarks.push(...faults.slice(0, TOLD));
  if (faults.length > TOLD) {
    remarks.push({
      kind: 'rejected',
      message: `${counted(faults.length - TOLD, 'autre objet').replace('autre objets', 'autres objets')} du fichier n’ont pas pu être lus.`,
    });
  }
  rows.sort((p, q) => (p.commune < q.commune ? -1 : p.commune > q.commune ? 1 : 0));
  return { source: `Subdivisions lues dans le fichier « ${called} »`, rows, remarks };
}

/** A row, or the end of a French sentence that says why there is none. */
function readRow({ properties, geometry }: RawCommune, columns: SubdivisionColumns) {
  const text = (column: string | null) =>
    column === null ? '' : String(properties[column] ?? '').trim();
  const own = text(columns.code).toUpperCase();
  const commune = communeOf(text(columns.parent), own);
  if (commune === null) {
    return `a pour commune « ${text(columns.parent) || own} » alors qu’un code INSEE (45234, 2A004) était attendu`;
  }
  const outline = readOutline(geometry);
  if (outline.geometry === null) return outline.refusal;
  const population =
    columns.population === null ? null : readNumber(properties[columns.population]);
  if (population !== null && !(population >= 0 && population < 1e9)) {
    return `a pour population « ${text(columns.population)} » alors qu’un nombre d’habitants était attendu`;
  }
  const kind = kindOf(own, commune);
  const row: SubdivisionRow = {
    commune,
    code: kind === 'quartier' ? null : own,
    kind,
    name: text(columns.name) || own || 'Sans nom',
    population,
    geometry: outline.geometry,
  };
  return row;
}

/** Paris, Marseille and Lyon: IRIS files name the arrondissement as the commune. */
function communeOf(parent: string, own: string): string | null {
  const code = parent === '' ? own.slice(0, 5) : (repairCode(parent)?.code ?? parent);
  if (!isCommuneCode(code)) return null;
  return communeOfArrondissement(code) ?? code;
}

function kindOf(own: string, commune: string): SubdivisionKind {
  if (communeOfArrondissement(own) === commune) return 'arrondissement';
  if (/^[0-9][0-9AB][0-9]{7}$/.test(own) && communeOf('', own) === commune) return 'iris';
  if (new RegExp(`^${commune}-[A-Z]{1,2}$`).test(own)) return 'sector';
  return 'quartier';
}
