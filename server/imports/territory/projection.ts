import type { Position } from 'geojson';
import proj4 from 'proj4';
import { DomainError } from '../../errors.ts';

/** West, south, east, north, in the units of the file. */
export type Box = [number, number, number, number];

export interface Projection {
  /** null where the coordinates are degrees already */
  toDegrees: ((position: Position) => Position) | null;
  /** French sentence, when the projection was guessed */
  remark: string | null;
}

const lambert93 =
  '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m';

/**
 * How to bring coordinates to WGS 84 degrees.
 *
 * @param declared text of a `.prj`, or `EPSG:2154`; null where the file says nothing: degrees and
 *   Lambert-93 are then told by the size of the numbers
 * @param box around the coordinates of the file
 * @throws DomainError `unknown_projection`
 */
export function projectionOf(declared: string | null, box: Box, file: string): Projection {
  const degrees = isDegrees(box);
  if (declared === null) {
    if (degrees) return { toDegrees: null, remark: null };
    if (isLambert93(box)) {
      return {
        toDegrees: converter(lambert93),
        remark:
          'Le fichier ne dit pas sa projection : ses coordonnées ont été lues en Lambert-93 (EPSG:2154).',
      };
    }
    throw unknown(
      file,
      `n’a pas de projection et ses coordonnées (${shown(box)}) ne sont ni des degrés ni du Lambert-93`,
    );
  }
  const convert = declaredConverter(declared, file);
  if (convert === null && !degrees) {
    throw unknown(file, `dit être en degrés, mais ses coordonnées (${shown(box)}) n’en sont pas`);
  }
  if (convert !== null && degrees) {
    throw unknown(file, `dit être en mètres, mais ses coordonnées (${shown(box)}) sont des degrés`);
  }
  return { toDegrees: convert, remark: null };
}

function declaredConverter(declared: string, file: string) {
  const code = /^EPSG:(\d+)$/.exec(declared)?.[1];
  if (code !== undefined && geographic.has(Number(code))) return null;
  const definition = code === undefined ? declared : byCode(Number(code));
  if (definition === null) throw unknown(file, `est en ${declared}, que Maillage ne connaît pas`);
  // Geographic systems of France differ by less than what a majority of area can see.
  if (code === undefined && /^\s*(GEOGCS|GEOGCRS|GEODCRS)\b/i.test(declared)) return null;
  try {
    return converter(definition);
  } catch {
    throw unknown(file, 'a une projection (.prj) que Maillage ne comprend pas');
  }
}

/** WGS 84, CRS 84, RGF93 v1 and v2b, ETRS89, and the geographic systems of the overseas regions. */
const geographic = new Set([4326, 84, 4171, 9777, 9782, 4258, 5489, 4624, 4627, 4470, 4463]);

/** Official projections of France, from the EPSG registry; null when the code is none of them. */
function byCode(code: number): string | null {
  if (code === 2154 || code === 9793 || code === 9794) return lambert93;
  // Conic projections by zone, CC42 to CC50.
  if (code >= 3942 && code <= 3950) {
    const zone = code - 3942;
    const lat = 42 + zone;
    return `+proj=lcc +lat_0=${lat} +lon_0=3 +lat_1=${lat - 0.75} +lat_2=${lat + 0.75} +x_0=1700000 +y_0=${1_200_000 + zone * 1_000_000} +ellps=GRS80 +units=m`;
  }
  if (code === 27572) {
    return '+proj=lcc +lat_1=46.8 +lat_0=46.8 +lon_0=0 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +a=6378249.2 +b=6356515 +towgs84=-168,-60,320,0,0,0,0 +pm=paris +units=m';
  }
  if (code === 3857) return 'EPSG:3857';
  const zones: Record<number, string> = {
    5490: '20',
    2972: '22',
    2975: '40 +south',
    4471: '38 +south',
  };
  const utm = zones[code] ?? utmZone(code);
  return utm === null ? null : `+proj=utm +zone=${utm} +ellps=GRS80 +units=m`;
}

/** WGS 84 and ETRS89 UTM zones: 32601 to 32660, 32701 to 32760, 25828 to 25838. */
function utmZone(code: number): string | null {
  if (code >= 32601 && code <= 32660) return String(code - 32600);
  if (code >= 32701 && code <= 32760) return `${code - 32700} +south`;
  return code >= 25828 && code <= 25838 ? String(code - 25800) : null;
}

function converter(definition: string): (position: Position) => Position {
  const { forward } = proj4(definition, 'WGS84');
  return ([x = 0, y = 0]) => forward([x, y]);
}

const isDegrees = ([w, s, e, n]: Box) => w >= -180 && e <= 180 && s >= -90 && n <= 90;

/** Metropolitan France with a margin. */
const isLambert93 = ([w, s, e, n]: Box) =>
  w > -100_000 && e < 1_400_000 && s > 5_900_000 && n < 7_300_000;

const shown = ([w, s]: Box) => `${Math.round(w * 100) / 100}, ${Math.round(s * 100) / 100}…`;

function unknown(file: string, what: string): DomainError {
  return new DomainError(
    'unknown_projection',
    `« ${file} » ${what} : enregistrez-le en WGS 84 (EPSG:4326) ou en Lambert-93 (EPSG:2154) avec son .prj, par exemple avec QGIS.`,
    { file },
  );
}
