import type {
  CptsListReport,
  ImportCptsList,
  ImportedStatus,
} from '../../../../../server/contracts/cpts-lists.ts';

/** What a person decided on a list that was read. */
export interface Decisions {
  /** by place in `toDecide`: the code of a candidate, or null to leave the row aside */
  rows: ReadonlyMap<number, string | null>;
  /** places in `cpts` of those to import */
  taken: ReadonlySet<number>;
  /** the steps and days of the list are taken where it gives them */
  asListed: boolean;
  /** step of the others */
  status: ImportedStatus;
  /** day of the others, `''` for today */
  on: string;
}

/** At first no row is decided on, and all is taken but what is there already or closed. */
export function firstDecisions({ cpts }: CptsListReport): Decisions {
  const taken = cpts.flatMap(({ existing, status }, k) =>
    existing === null && status !== 'closed' ? [k] : [],
  );
  return { rows: new Map(), taken: new Set(taken), asListed: true, status: 'idea', on: '' };
}

/** Rows of CPTS that are taken and that nobody decided on yet, by place in `toDecide`. */
export function undecided({ toDecide }: CptsListReport, { rows, taken }: Decisions): number[] {
  return toDecide.flatMap(({ cpts }, k) => (taken.has(cpts) && !rows.has(k) ? [k] : []));
}

/** The CPTS to import, as the server takes them; those left without a commune are not. */
export function decidedList(report: CptsListReport, decisions: Decisions): ImportCptsList['cpts'] {
  const chosen = new Map<number, string[]>();
  for (const [k, code] of decisions.rows) {
    const { cpts } = report.toDecide[k]!;
    if (code !== null) chosen.set(cpts, [...(chosen.get(cpts) ?? []), code]);
  }
  return report.cpts.flatMap(({ name, units, status: listed, on: listedOn, existing }, k) => {
    const all = [...new Set([...units, ...(chosen.get(k) ?? [])])];
    if (!decisions.taken.has(k) || all.length === 0) return [];
    const { asListed } = decisions;
    const status = (asListed && listed !== 'closed' ? listed : null) ?? decisions.status;
    const on = (asListed ? listedOn : null) ?? decisions.on;
    return [{ name, units: all, status, ...(on && { on }), ...(existing && { again: true }) }];
  });
}
