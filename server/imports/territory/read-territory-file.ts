import { DomainError } from '../../errors.ts';
import { emptyFile, textOf } from '../text.ts';
import { readCommuneList } from './commune-list.ts';
import { type Layer, territoriesOf } from './features.ts';
import { jsonLayers } from './json-layers.ts';
import { tooManyTerritories, unreadable } from './refusals.ts';
import { readShapefile } from './shapefile/read-shapefile.ts';
import { limits, type TerritoryFileContent, type TerritoryFileKind } from './territory-file.ts';

/**
 * The territories of a file: GeoJSON, TopoJSON, Shapefile in a zip, or CSV of communes. What it is
 * is told by its first bytes, whatever its name.
 *
 * @param byArea reads outlines even where the file gives codes
 * @throws DomainError one sentence for each way a file can be wrong; see `refusals.ts`
 */
export function readTerritoryFile(
  bytes: Uint8Array,
  file: string,
  byArea: boolean,
): TerritoryFileContent {
  try {
    return readByContent(bytes, file, byArea);
  } catch (cause) {
    // Lists in lists without end: more than the stack holds.
    if (cause instanceof RangeError) throw unreadable(file, 'sa structure est démesurée', cause);
    throw cause;
  }
}

function readByContent(bytes: Uint8Array, file: string, byArea: boolean): TerritoryFileContent {
  if (bytes.length === 0) throw emptyFile(file);
  const title = titleOf(file);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    return ofLayers('shapefile', readShapefile(bytes, file), file, byArea);
  }
  refuseOthers(bytes, file);
  const text = textOf(bytes, file);
  if (/^\ufeff?\s*[{[]/.test(text)) {
    const { kind, layers } = jsonLayers(text, file, title);
    return ofLayers(kind, layers, file, byArea);
  }
  return { kind: 'csv', territories: readCommuneList(text, file, title), remarks: [] };
}

function ofLayers(
  kind: TerritoryFileKind,
  layers: Layer[],
  file: string,
  byArea: boolean,
): TerritoryFileContent {
  const read = layers
    .filter(({ features }, index) => features.length > 0 || index === layers.length - 1)
    .map((layer) => territoriesOf(layer, { file, byArea }));
  const territories = read.flatMap((each) => each.territories);
  if (territories.length > limits.territories) throw tooManyTerritories(file, territories.length);
  return { kind, territories, remarks: read.flatMap(({ remarks }) => remarks) };
}

/** Files people try, told by name: what to do with them instead. */
function refuseOthers(bytes: Uint8Array, file: string): void {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  const refuse = (what: string) =>
    new DomainError(
      'unknown_file_kind',
      `« ${file} » ${what} : donnez un GeoJSON, un TopoJSON, un Shapefile dans un zip, ou un CSV de communes.`,
      { file },
    );
  if (extension === 'zip') throw refuse('n’est pas un zip, malgré son nom');
  if (start.startsWith('SQLite format 3'))
    throw refuse('est un GeoPackage ; exportez-en la couche');
  if (['shp', 'shx', 'dbf'].includes(extension)) {
    throw refuse('est une partie d’un Shapefile ; mettez-la dans un zip avec les autres');
  }
  if (start.trimStart().startsWith('<')) throw refuse('est du XML (KML, GML ?)');
  if (start.includes('\0') && !start.startsWith('\u00ff\u00fe')) {
    throw refuse('n’est pas d’un genre connu');
  }
}

/** `CPTS du Giennois.geojson` → `CPTS du Giennois`. */
function titleOf(file: string): string {
  const dot = file.lastIndexOf('.');
  return (dot > 0 ? file.slice(0, dot) : file).trim().slice(0, 120) || 'Territoire';
}
