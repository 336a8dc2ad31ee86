import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import type { Layer, LayerFeature } from './features.ts';
import { noTerritory, tooManyVertices, unreadable } from './refusals.ts';
import { limits } from './territory-file.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The layers of GeoJSON or TopoJSON text. */
export function jsonLayers(
  text: string,
  file: string,
  title: string,
): { kind: 'geojson' | 'topojson'; layers: Layer[] } {
  const json = parse(text, file);
  if (json.type === 'Topology') return { kind: 'topojson', layers: topologyLayers(json, file) };
  return { kind: 'geojson', layers: [{ title, ...geojsonLayer(json, file) }] };
}

function parse(text: string, file: string): Json {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw unreadable(
      file,
      'ce n’est pas du JSON complet ; donnez un fichier GeoJSON ou TopoJSON entier',
      cause,
    );
  }
  if (isObject(json)) return json;
  throw noTerritory(file, 'c’est du JSON, mais ni du GeoJSON ni du TopoJSON');
}

function geojsonLayer(json: Json, file: string): Omit<Layer, 'title'> {
  const features = featuresIn(json);
  if (features) return { features, projection: projectionIn(json) };
  throw noTerritory(file, 'c’est du JSON, mais ni du GeoJSON ni du TopoJSON');
}

function featuresIn(json: Json): LayerFeature[] | null {
  if (json.type === 'FeatureCollection') {
    return Array.isArray(json.features) ? json.features.filter(isObject).map(toFeature) : null;
  }
  if (json.type === 'Feature') return [toFeature(json)];
  if (Array.isArray(json.coordinates) || Array.isArray(json.geometries)) {
    return [{ properties: {}, geometry: json }];
  }
  return null;
}

function toFeature({ properties, geometry }: Json): LayerFeature {
  return { properties: isObject(properties) ? properties : {}, geometry };
}

/** The `crs` of GeoJSON of before 2016, which QGIS and ogr2ogr still write. */
function projectionIn({ crs }: Json): string | null {
  const name = JSON.stringify(crs ?? null);
  if (/CRS84/.test(name)) return 'EPSG:4326';
  const code = /EPSG[^0-9"]*(?:[0-9.]*[:/])?([0-9]{4,5})\b/i.exec(name)?.[1];
  return code === undefined ? null : `EPSG:${code}`;
}

function topologyLayers(json: Json, file: string): Layer[] {
  const broken = (cause?: unknown) =>
    unreadable(file, 'son TopoJSON est abîmé (arcs ou objets manquants)', cause);
  const { objects, arcs } = json;
  if (!isObject(objects) || !Array.isArray(arcs)) throw broken();
  if (verticesOf(objects, arcs) > limits.vertices) throw tooManyVertices(file);
  return Object.entries(objects).map(([title, object]) => {
    try {
      const topology = json as unknown as Topology;
      const made = feature(topology, object as Topology['objects'][string]) as unknown as Json;
      return { title, features: featuresIn(made) ?? [], projection: projectionIn(json) };
    } catch (cause) {
      throw broken(cause);
    }
  });
}

/** Positions that the objects have once their arcs are put in: a small file can name one often. */
function verticesOf(objects: unknown, arcs: readonly unknown[]): number {
  if (typeof objects !== 'object' || objects === null) return 0;
  let sum = 0;
  for (const [key, value] of Object.entries(objects)) {
    if (key === 'arcs') sum += referred(value, arcs);
    else if (key === 'geometries' || isObject(value)) sum += verticesOf(value, arcs);
  }
  return sum;
}

function referred(reference: unknown, arcs: readonly unknown[]): number {
  if (Array.isArray(reference)) {
    return reference.reduce((sum: number, each) => sum + referred(each, arcs), 0);
  }
  const number = Number(reference);
  const arc = arcs[number < 0 ? ~number : number];
  return Array.isArray(arc) ? arc.length : 0;
}
