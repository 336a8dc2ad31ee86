import { counted, frenchNumber } from '../../core/french.ts';
import { DomainError } from '../../errors.ts';
import { codeColumns, findColumn } from '../columns.ts';
import { readNumber } from '../french-number.ts';
import { type Projection, projectionOf } from './projection.ts';
import {
  codeListColumns,
  nameColumn,
  readCodeList,
  readUnitCode,
  territoryColumn,
  wantedByCode,
} from './recognise.ts';
import { noTerritory, tooManyTerritories, tooManyUnits, tooManyVertices } from './refusals.ts';
import { extentOf, polygonsOf, surfaceOf } from './surfaces.ts';
import { type DrawnOutline, limits, type ReadTerritory } from './territory-file.ts';

/** One object of a layer, whatever the format it came in. */
export interface LayerFeature {
  properties: Record<string, unknown>;
  /** GeoJSON geometry, in the projection of the layer; not checked */
  geometry: unknown;
}

export interface Layer {
  /** name without extension, for a territory that has none */
  title: string;
  features: LayerFeature[];
  /** text of a `.prj`, or `EPSG:2154`; null when the file does not say */
  projection: string | null;
}

interface Reading {
  /** name of the file, for messages */
  file: string;
  /** reads outlines even where there are codes */
  byArea: boolean;
}

/**
 * The territories of a layer, by the first of these that holds for all of it:
 *
 * 1. each object lists the codes of its units (`codes`, as exports here do);
 * 2. each object is a commune with its code: one territory, or one for each value of a column that
 *    names the CPTS;
 * 3. each object is an outline.
 *
 * @throws DomainError `no_territory`, `unknown_projection`, `invalid_geometry`, `too_many_vertices`,
 *   `too_many_territories`
 */
export function territoriesOf(
  layer: Layer,
  reading: Reading,
): { territories: ReadTerritory[]; remarks: string[] } {
  const { features, title } = layer;
  if (features.length === 0) throw noTerritory(reading.file, 'il n’a aucun objet');
  const columns = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))];
  const remarks: string[] = [];
  if (!reading.byArea) {
    const listed = byLists(layer, columns, remarks);
    if (listed) return { territories: bounded(listed, reading.file), remarks };
    const grouped = byCommunes(features, columns, title);
    if (grouped) return { territories: bounded(grouped, reading.file), remarks };
  }
  return { territories: byOutlines(layer, columns, reading, remarks), remarks };
}

function byLists({ features, title }: Layer, columns: string[], remarks: string[]) {
  const lists = codeListColumns(columns);
  if (lists.length === 0) return null;
  const name = nameColumn(columns);
  const count = columns[findColumn(columns, ['communes', 'nb_communes'])];
  const territories: ReadTerritory[] = [];
  for (const [index, { properties }] of features.entries()) {
    const codes = readCodeList(lists.flatMap((column) => properties[column] ?? '').join(' '));
    if (codes === null || codes.length === 0) return null;
    const announced = count === undefined ? null : readNumber(properties[count]);
    if (announced !== null && Number.isInteger(announced) && announced !== codes.length) {
      remarks.push(
        `La liste des codes de « ${nameOf(properties, name, title, index)} » en a ${frenchNumber(codes.length)} pour ${counted(announced, 'commune')} (raccourcie par un logiciel ?) : les contours ont été lus à la place.`,
      );
      return null;
    }
    territories.push({
      name: nameOf(properties, name, title, index),
      units: codes.map(wantedByCode),
      outline: null,
    });
  }
  return territories;
}

function byCommunes(features: LayerFeature[], columns: string[], title: string) {
  const column = columns[findColumn(columns, codeColumns)];
  if (column === undefined) return null;
  const territory = territoryColumn(columns);
  const groups = new Map<string, ReadTerritory>();
  for (const { properties } of features) {
    const code = readUnitCode(properties[column]);
    if (code === null) return null;
    const name = (territory && text(properties[territory])) || title;
    const group = groups.get(name) ?? { name, units: [], outline: null };
    group.units?.push(wantedByCode(code));
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** Objects of the same CPTS are one territory; others are each their own. */
function byOutlines(
  { features, title, projection }: Layer,
  columns: string[],
  { file }: Reading,
  remarks: string[],
): ReadTerritory[] {
  const name = nameColumn(columns);
  const territory = territoryColumn(columns);
  const groups = new Map<string, { name: string; polygons: unknown[] }>();
  let without = 0;
  for (const [index, { properties, geometry }] of features.entries()) {
    const polygons = polygonsOf(geometry);
    if (polygons.length === 0) {
      without++;
      continue;
    }
    const shared = territory && text(properties[territory]);
    const key = shared ? `= ${shared}` : String(index);
    const group = groups.get(key) ?? { name: nameOf(properties, name, title, index), polygons: [] };
    for (const polygon of polygons) group.polygons.push(polygon);
    groups.set(key, group);
  }
  if (groups.size === 0) {
    throw noTerritory(
      file,
      'ses objets n’ont ni surface (polygones) ni codes de communes ; choisissez une couche de contours',
    );
  }
  if (groups.size > limits.territories) throw tooManyTerritories(file, groups.size);
  if (without > 0) {
    remarks.push(
      `${counted(without, 'objet')} sans surface (points, lignes ou géométrie absente) : laissés de côté.`,
    );
  }
  const all = [...groups.values()];
  const extent = extentOf(all.map(({ polygons }) => polygons));
  if (extent.vertices > limits.vertices) throw tooManyVertices(file);
  const found = projectionOf(projection, extent.box, file);
  if (found.remark) remarks.push(found.remark);
  return all.map(({ name: called, polygons }) => ({
    name: called,
    units: null,
    outline: outline(called, polygons, found, file),
  }));
}

function outline(
  name: string,
  polygons: unknown[],
  { toDegrees }: Projection,
  file: string,
): DrawnOutline {
  const surface = surfaceOf(polygons, toDegrees);
  if (typeof surface === 'string') {
    throw new DomainError(
      'invalid_geometry',
      `Dans « ${file} », l’objet « ${name} » ${surface} : corrigez-le ou retirez-le, puis recommencez.`,
      { file, name },
    );
  }
  const vertices = surface.coordinates.flat().reduce((sum, ring) => sum + ring.length, 0);
  return { geometry: JSON.stringify(surface), vertices };
}

function nameOf(
  properties: Record<string, unknown>,
  column: string | null,
  title: string,
  index: number,
): string {
  return (column && text(properties[column])) || (index === 0 ? title : `${title} (${index + 1})`);
}

/** As the name of a CPTS may be: one line, 120 signs. */
function text(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return (
    String(value)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f\s]+/g, ' ')
      .trim()
      .slice(0, 120)
      .trim()
  );
}

function bounded(territories: ReadTerritory[], file: string): ReadTerritory[] {
  if (territories.length > limits.territories) throw tooManyTerritories(file, territories.length);
  const units = territories.reduce((sum, one) => sum + (one.units?.length ?? 0), 0);
  if (units > limits.units) throw tooManyUnits(file);
  return territories;
}
