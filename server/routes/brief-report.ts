import type { FlowImportReport } from '../contracts/flow-imports.ts';
import type { FlowRun } from '../contracts/flow-runs.ts';

/** Rejected lines that an answer tells: a page shows fewer, and a hundred thousand are megabytes. */
const MOST_REJECTIONS = 1000;

/** The report of an import as the page has it; that for spreadsheets tells every line kept. */
export function briefReport(report: FlowImportReport): FlowImportReport {
  return { ...report, rejections: report.rejections.slice(0, MOST_REJECTIONS) };
}

/** The same for a run, whatever it did. */
export function briefRun(run: FlowRun): FlowRun {
  const { kind, report } = run;
  if (kind !== 'import' || !report) return run;
  return { ...run, report: briefReport(report as FlowImportReport) };
}
