import { computed, signal } from '@preact/signals';
import type {
  ExtractInspection,
  FlowImportReport,
  ImportChoices,
} from '../../../server/contracts/flow-imports.ts';
import type { FlowRun, FlowRunSummary } from '../../../server/contracts/flow-runs.ts';
import type { ApiFailure } from '../api/client.ts';
import {
  cancelFlowRun,
  fetchFlowRun,
  fetchFlowRuns,
  followFlowRun,
  forgetUpload,
  inspectUpload,
  sendExtract,
  startImport,
} from '../api/flow-imports.ts';
import { go } from '../state/address.ts';
import { datasets, loadDatasets } from '../state/analysis.ts';
import { announce } from '../state/announce.ts';
import { dialog } from '../state/panels.ts';
import { asFailure } from '../state/resource.ts';

/** Where the import of an extract stands, from the choice of a file to the report. */
export type Stage =
  | { name: 'choose' }
  | { name: 'sending'; file: string; share: number; stop: () => void }
  | { name: 'confirm'; file: ExtractInspection }
  | { name: 'running'; run: FlowRunSummary; upload: string | null }
  | { name: 'ended'; run: FlowRun; upload: string | null };

export const stage = signal<Stage>({ name: 'choose' });
/** What went wrong at this stage. */
export const trouble = signal<ApiFailure | null>(null);

/** An import under way, for the panel to tell when the dialog is closed. */
export const running = computed(() => (stage.value.name === 'running' ? stage.value.run : null));

/** What a reload of the page must not lose: which file was sent, and what was confirmed of it. */
interface Kept {
  run: number;
  upload: string;
  choices: ImportChoices;
}
const KEY = 'maillage.import';

function kept(): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

function enter(next: Stage): void {
  trouble.value = null;
  stage.value = next;
}

export function openImport(): void {
  dialog.value = 'import';
}

export async function send(file: File): Promise<void> {
  const abort = new AbortController();
  const sending = { name: 'sending', file: file.name, stop: () => abort.abort() } as const;
  enter({ ...sending, share: 0 });
  try {
    const seen = await sendExtract(
      file,
      (share) => {
        if (stage.peek().name === 'sending') stage.value = { ...sending, share };
      },
      abort.signal,
    );
    enter({ name: 'confirm', file: seen });
    announce('Fichier reçu\u00a0: confirmez ses colonnes.');
  } catch (cause) {
    enter({ name: 'choose' });
    if (!abort.signal.aborted) trouble.value = asFailure(cause);
  }
}

export async function run(upload: string, choices: ImportChoices): Promise<void> {
  trouble.value = null;
  try {
    const started = await startImport(upload, choices);
    sessionStorage.setItem(KEY, JSON.stringify({ run: started.id, upload, choices }));
    follow(started, upload);
  } catch (cause) {
    trouble.value = asFailure(cause);
  }
}

/** Rejected lines that the run that ended could be done without; 0 where that is not why it failed. */
export function skippable({ code, report }: FlowRun): number {
  const { rows } = (report ?? {}) as Partial<FlowImportReport>;
  return code === 'rejected_rows' && rows && rows.kept > 0 ? rows.rejected : 0;
}

export async function runWithoutRejected(ended: FlowRun): Promise<void> {
  const known = kept();
  if (known?.run === ended.id) await run(known.upload, { ...known.choices, rejected: 'skip' });
}

/** Back to the columns of the file that was sent; to the choice of a file if it is no more. */
export async function confirmAgain(upload: string): Promise<void> {
  trouble.value = null;
  try {
    enter({ name: 'confirm', file: await inspectUpload(upload) });
  } catch (cause) {
    startOver();
    trouble.value = asFailure(cause);
  }
}

export function startOver(): void {
  const now = stage.peek();
  const upload =
    now.name === 'confirm'
      ? now.file.id
      : now.name === 'ended' && now.run.status !== 'done'
        ? now.upload
        : null;
  // It would go by itself after a while: nobody waits for it.
  if (upload) void forgetUpload(upload).catch(() => {});
  sessionStorage.removeItem(KEY);
  enter({ name: 'choose' });
}

export async function cancelRun(id: number): Promise<void> {
  try {
    await cancelFlowRun(id);
  } catch (cause) {
    trouble.value = asFailure(cause);
  }
}

let unfollow = () => {};

function follow(run: FlowRunSummary, upload: string | null): void {
  enter({ name: 'running', run, upload });
  unfollow();
  unfollow = followFlowRun(
    run.id,
    (state) => {
      if (state.status === 'queued' || state.status === 'running') {
        stage.value = { name: 'running', run: state, upload };
      } else conclude(state, upload);
    },
    (failure) => {
      if (stage.peek().name === 'running') trouble.value = failure;
    },
  );
}

function conclude(ended: FlowRun, upload: string | null): void {
  enter({ name: 'ended', run: ended, upload });
  announce(ended.status === 'done' ? 'Import terminé.' : 'L’import n’a pas abouti.');
  if (ended.status !== 'done') return;
  datasets.clear();
  void loadDatasets();
}

/** After a reload: finds the import under way, or what the one started here has become. */
export async function resume(): Promise<void> {
  if (stage.peek().name !== 'choose') return;
  const known = kept();
  try {
    const { items } = await fetchFlowRuns();
    const live = items.find(
      ({ kind, status }) => kind === 'import' && (status === 'running' || status === 'queued'),
    );
    if (stage.peek().name !== 'choose') return;
    if (live) follow(live, known?.run === live.id ? known.upload : null);
    else if (known)
      enter({ name: 'ended', run: await fetchFlowRun(known.run), upload: known.upload });
  } catch {
    // Nothing to resume: the list of datasets tells what was loaded.
    sessionStorage.removeItem(KEY);
  }
}

/** Shows the poles of what was imported. */
export function showPoles(dataset: number): void {
  startOver();
  dialog.value = null;
  go({
    workspace: 'analyse',
    view: 'poles',
    dataset,
    analysis: null,
    specialty: 'all',
    selection: null,
  });
}
