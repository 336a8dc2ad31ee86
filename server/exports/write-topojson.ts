import type { Position } from 'geojson';
import { topology } from 'topojson-server';
import type { ExportedTerritory } from './territory.ts';
import { featureCollection } from './write-geojson.ts';

/** Size of the grid that coordinates are put on, degrees: ten centimetres. */
const STEP = 1e-6;

/** One object, `territoires`; neighbours share the arcs of their common border. */
export function writeTopojson(territories: readonly ExportedTerritory[]): Uint8Array {
  const territoires = featureCollection(territories);
  const positions = territories.flatMap(({ outline }) => outline.coordinates.flat(2));
  const steps = Math.ceil(extent(positions) / STEP) + 2;
  return Buffer.from(`${JSON.stringify(topology({ territoires }, steps))}\n`, 'utf8');
}

function extent(positions: readonly Position[]): number {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of positions) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return positions.length === 0 ? 0 : Math.max(east - west, north - south);
}
