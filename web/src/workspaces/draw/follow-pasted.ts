import { ApiFailure } from '../../api/client.ts';
import { readTerritoryFile } from '../../api/territory-files.ts';
import { type Region, unitsOf } from '../../state/region.ts';
import { namedInPiece, type PastedList } from './paste.ts';

/** A pasted list, and what became of the communes merged since. */
export interface FollowedList extends PastedList {
  followed: { text: string; code: string }[];
}

/**
 * Asks the server about what no commune of today fits, as it does for the lists of files: communes
 * merged since are followed. What it knows no better stays as it was.
 *
 * @throws ApiFailure when it does not answer, or refuses
 */
export async function followPasted(region: Region, list: PastedList): Promise<FollowedList> {
  if (list.unmatched.length === 0) return { ...list, followed: [] };
  const rows = list.unmatched.map((text) => ({ text, ...namedInPiece(region, text) }));
  const lines = rows.map(({ code, name, department }) => [code, name, department].map(quoted));
  const csv = [['code', 'commune', 'departement'], ...lines].map((line) => line.join(';'));
  const file = new File([csv.join('\n')], 'liste.csv');
  let found: Awaited<ReturnType<typeof readTerritoryFile>>['territories'][number] | undefined;
  try {
    found = (await readTerritoryFile(file, 'auto', new AbortController().signal)).territories[0];
  } catch (cause) {
    // It knows none of them.
    if (!(cause instanceof ApiFailure) || cause.code !== 'outside_region') throw cause;
  }
  if (!found) return { ...list, followed: [] };
  const pasted = new Map(
    rows.map(({ text, code, name }) => [[code, name].filter(Boolean).join(' '), text]),
  );
  const asPasted = (text: string) => pasted.get(text) ?? text;
  const codes = found.units.map(({ code }) => code);
  return {
    ...list,
    units: [...new Set([...list.units, ...unitsOf(region, codes)])].sort((a, b) => a - b),
    unmatched: found.unmatched.map(asPasted),
    ambiguous: [
      ...list.ambiguous,
      ...found.ambiguous.map(({ text, codes }) => ({
        text: asPasted(text),
        units: unitsOf(region, codes),
      })),
    ],
    followed: found.followed.map(({ text, code }) => ({ text: asPasted(text), code })),
  };
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
