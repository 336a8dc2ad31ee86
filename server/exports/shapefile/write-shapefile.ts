import { strToU8, zipSync } from 'fflate';
import { type ExportedTerritory, propertiesOf } from '../territory.ts';
import { writeShapes } from './write-shapes.ts';
import { type TableField, writeTable } from './write-table.ts';

const wgs84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

/** Bytes of a text cell, and of a column of codes. */
const WIDEST = 254;
/** A table has 255 columns at most. */
const MOST_COLUMNS = 240;

/**
 * A zip of `.shp`, `.shx`, `.dbf`, `.prj` and `.cpg`. Codes of units go in as many columns
 * `codes_1`, `codes_2`… as they need; where even these have no room, there are none, and an import
 * goes by the outlines.
 *
 * @param name of the files in it, ASCII
 */
export function writeShapefile(
  territories: readonly ExportedTerritory[],
  name: string,
  date: Date,
): Uint8Array {
  const lists = territories.map((one) => columnsOfCodes(propertiesOf(one).codes));
  const wanted = lists.reduce((most, list) => Math.max(most, list.length), 0);
  const count = wanted > MOST_COLUMNS ? 0 : wanted;
  const fields: TableField[] = [
    { name: 'nom', type: 'C', length: WIDEST },
    { name: 'statut', type: 'C', length: 60 },
    { name: 'population', type: 'N', length: 10 },
    { name: 'communes', type: 'N', length: 6 },
    ...Array.from({ length: count }, (_, k): TableField => {
      return { name: `codes_${k + 1}`, type: 'C', length: WIDEST };
    }),
  ];
  const rows = territories.map((one, index) => {
    const { nom, statut, population, communes } = propertiesOf(one);
    return [nom, statut, population, communes, ...lists[index]!.slice(0, count)];
  });
  const { shp, shx } = writeShapes(territories.map(({ outline }) => outline));
  const files = {
    [`${name}.shp`]: shp,
    [`${name}.shx`]: shx,
    [`${name}.dbf`]: writeTable(fields, rows, date),
    [`${name}.prj`]: strToU8(wgs84),
    [`${name}.cpg`]: strToU8('UTF-8'),
  };
  return zipSync(files, { mtime: date });
}

/** Codes with spaces between, no code cut in two. */
function columnsOfCodes(codes: readonly string[]): string[] {
  const columns: string[] = [];
  for (const code of codes) {
    const last = columns.at(-1);
    if (last !== undefined && last.length + 1 + code.length <= WIDEST) {
      columns[columns.length - 1] = `${last} ${code}`;
    } else columns.push(code);
  }
  return columns;
}
