import { signal } from '@preact/signals';
import type { CptsListReport } from '../../../../../server/contracts/cpts-lists.ts';
import type { ApiFailure } from '../../../api/client.ts';
import { importCptsList, readCptsList } from '../../../api/cpts-lists.ts';
import { readTerritoryFile } from '../../../api/territory-files.ts';
import { counted } from '../../../french/numbers.ts';
import { announce } from '../../../state/announce.ts';
import { openCpts, refreshCpts } from '../../../state/cpts.ts';
import type { Region } from '../../../state/region.ts';
import { asFailure } from '../../../state/resource.ts';
import { type Decisions, decidedList, firstDecisions } from './decisions.ts';
import { isOutlines, type Outlines, reportOf } from './outlines.ts';

/** Share of its area from which a commune is taken until one says otherwise. */
const HALF = 0.5;

export type ListReading =
  | { state: 'none' }
  | { state: 'reading'; name: string; stop(): void }
  | { state: 'read'; report: CptsListReport; outlines: Outlines | null }
  | { state: 'failed'; error: ApiFailure };

export const listReading = signal<ListReading>({ state: 'none' });
export const decisions = signal<Decisions | null>(null);
export const importing = signal(false);
export const importFailure = signal<ApiFailure | null>(null);
/** Said once a list was imported, until another file comes. */
export const imported = signal<string | null>(null);

/** Has a list or a file of outlines read by the server; nothing is kept there. */
export async function readList(region: Region, file: File): Promise<void> {
  forgetList();
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    listReading.value = { state: 'none' };
  };
  listReading.value = { state: 'reading', name: file.name, stop };
  try {
    const outlines = isOutlines(file.name) ? await readOutlines(file, controller.signal) : null;
    const report = outlines
      ? reportOf(outlines, region, openCpts.peek())
      : await readCptsList(file, controller.signal);
    if (controller.signal.aborted) return;
    decisions.value = firstDecisions(report);
    listReading.value = { state: 'read', report, outlines };
    announce(
      `${counted(report.cpts.length, 'CPTS lue', 'CPTS lues')}, ${counted(report.toDecide.length, 'ligne')} à décider.`,
    );
  } catch (cause) {
    if (controller.signal.aborted) return;
    listReading.value = { state: 'failed', error: asFailure(cause) };
  }
}

async function readOutlines(file: File, signal: AbortSignal): Promise<Outlines> {
  return { file: file.name, answer: await readTerritoryFile(file, 'auto', signal), from: HALF };
}

/** Takes communes of the outlines from another share of their area; what was decided stays. */
export function takeFrom(region: Region, from: number): void {
  const now = listReading.peek();
  if (now.state !== 'read' || !now.outlines) return;
  const outlines = { ...now.outlines, from };
  const report = reportOf(outlines, region, openCpts.peek());
  listReading.value = { ...now, outlines, report };
}

export function forgetList(): void {
  const before = listReading.peek();
  if (before.state === 'reading') before.stop();
  listReading.value = { state: 'none' };
  decisions.value = null;
  importFailure.value = null;
  imported.value = null;
}

export function decideOn(change: Partial<Decisions>): void {
  const now = decisions.peek();
  if (now) decisions.value = { ...now, ...change };
}

/** Creates what was decided, all or none. */
export async function importDecided(): Promise<void> {
  const now = listReading.peek();
  const decided = decisions.peek();
  if (now.state !== 'read' || !decided || importing.peek()) return;
  importing.value = true;
  importFailure.value = null;
  try {
    const cpts = decidedList(now.report, decided);
    const { created, skipped } = await importCptsList({ file: now.report.file, cpts });
    forgetList();
    const said = `${counted(created.length, 'CPTS importée', 'CPTS importées')}${skipped.length > 0 ? `, ${counted(skipped.length, 'déjà là', 'déjà là')}` : ''}.`;
    imported.value = said;
    announce(said);
    void refreshCpts();
  } catch (cause) {
    importFailure.value = asFailure(cause);
  } finally {
    importing.value = false;
  }
}
