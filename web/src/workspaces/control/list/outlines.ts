import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import type { CptsListReport } from '../../../../../server/contracts/cpts-lists.ts';
import type { TerritoryFile } from '../../../../../server/contracts/territory-files.ts';
import { foldName } from '../../../../../server/core/fold-name.ts';
import { formatShare } from '../../../french/numbers.ts';
import type { Region } from '../../../state/region.ts';

/** Files of outlines that are read as a list of CPTS is. */
export const outlineFiles = ['.geojson', '.json', '.topojson', '.zip'];

export const isOutlines = (file: string): boolean =>
  outlineFiles.some((end) => file.toLowerCase().endsWith(end));

/** Outlines that were read, and from which share of its area a commune is taken, 0 to 1. */
export interface Outlines {
  file: string;
  answer: TerritoryFile;
  from: number;
}

/** Whether the share says anything: some territory is an outline, not a list of communes. */
export const isByArea = ({ answer }: Outlines): boolean =>
  answer.territories.some(({ by }) => by === 'area');

/**
 * Outlines as the list of CPTS that they are: what is not plain is for a person to decide, and the
 * step is nobody's guess. `open` are those that are there, told by their name.
 */
export function reportOf(
  { file, answer, from }: Outlines,
  region: Region,
  open: readonly Cpts[],
): CptsListReport {
  const known = new Map(open.map((cpts) => [foldName(cpts.name), cpts]));
  const names = toldApart(answer.territories.map(({ name }) => name));
  const place = (code: string) => {
    const unit = region.indexOf.get(code);
    return unit === undefined
      ? { code, name: code, department: '' }
      : { code, name: region.name[unit]!, department: region.department[unit]! };
  };
  const near = from < 1 ? ` à ${formatShare(from)} au moins` : ' en entier';
  return {
    file,
    rows: answer.territories.length,
    cpts: answer.territories.map(({ units }, k) => {
      const existing = known.get(foldName(names[k]!));
      return {
        name: names[k]!,
        line: k + 1,
        units: units.filter(({ share }) => share >= from).map(({ code }) => code),
        status: null,
        on: null,
        existing: existing
          ? { id: existing.id, name: existing.name, status: existing.status }
          : null,
      };
    }),
    toDecide: answer.territories.flatMap(({ ambiguous, unmatched }, k) => [
      ...ambiguous.map(({ text, codes }) => ({
        line: k + 1,
        cpts: k,
        text,
        why: 'homonym' as const,
        reason: `«\u00a0${text}\u00a0» peut être plusieurs communes\u00a0: dites laquelle.`,
        candidates: codes.map(place),
      })),
      ...unmatched.map((text) => ({
        line: k + 1,
        cpts: k,
        text,
        why: 'unknown_name' as const,
        reason: `«\u00a0${text}\u00a0» ne correspond à aucune commune chargée.`,
        candidates: [],
      })),
    ]),
    outside: [],
    conflicts: [],
    remarks: [
      ...answer.remarks,
      ...answer.territories.flatMap(({ by, units }, k) =>
        by === 'area' && !units.some(({ share }) => share >= from)
          ? [`«\u00a0${names[k]}\u00a0» ne tient aucune commune${near}.`]
          : [],
      ),
    ],
  };
}

/** A name for each, none twice: « Val », « Val (2) », « Territoire 3 » where there is none. */
function toldApart(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, k) => {
    const own = name.trim().length < 2 ? `Territoire ${k + 1}` : name.trim();
    let free = own;
    for (let n = 2; taken.has(free); n++) free = `${own} (${n})`;
    taken.add(free);
    return free;
  });
}
