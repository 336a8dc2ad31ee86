import { signal } from '@preact/signals';
import type {
  LeavesReplaced,
  SubdivisionInspection,
} from '../../../../../server/contracts/divisions.ts';
import type { ApiFailure } from '../../../api/client.ts';
import { importSubdivisions, removeDivision, sendSubdivisions } from '../../../api/divisions.ts';
import { counted } from '../../../french/numbers.ts';
import { announce } from '../../../state/announce.ts';
import { divide } from '../../../state/divisions.ts';
import { asFailure } from '../../../state/resource.ts';

/** Where the import of a file of subdivisions stands. */
export type Stage =
  | { name: 'choose' }
  | { name: 'sending'; file: string; share: number; stop(): void }
  | { name: 'confirm'; file: SubdivisionInspection; chosen: ReadonlySet<string> }
  | { name: 'importing'; file: SubdivisionInspection }
  | { name: 'done'; file: string; result: LeavesReplaced };

export const stage = signal<Stage>({ name: 'choose' });
export const trouble = signal<ApiFailure | null>(null);

/** Above it a commune is likely to be shared: its subdivisions are proposed. */
export const LARGE = 100_000;

/** Sends a file; `shared` are communes that several CPTS hold, proposed beside the large ones. */
export async function send(file: File, shared: ReadonlySet<string>): Promise<void> {
  const abort = new AbortController();
  const tell = (share: number) => {
    stage.value = { name: 'sending', file: file.name, share, stop: () => abort.abort() };
  };
  trouble.value = null;
  tell(0);
  try {
    const found = await sendSubdivisions(file, tell, abort.signal);
    const proposed = found.communes.filter(
      ({ code, population, divided }) => !divided && (population > LARGE || shared.has(code)),
    );
    stage.value = {
      name: 'confirm',
      file: found,
      chosen: new Set(proposed.map(({ code }) => code)),
    };
  } catch (cause) {
    stage.value = { name: 'choose' };
    if (!abort.signal.aborted) trouble.value = asFailure(cause);
  }
}

export function choose(code: string, wanted: boolean): void {
  const now = stage.peek();
  if (now.name !== 'confirm') return;
  const chosen = new Set(now.chosen);
  if (wanted) chosen.add(code);
  else chosen.delete(code);
  stage.value = { ...now, chosen };
}

export async function confirm(): Promise<void> {
  const now = stage.peek();
  if (now.name !== 'confirm') return;
  trouble.value = null;
  stage.value = { name: 'importing', file: now.file };
  try {
    const result = await divide(() => importSubdivisions(now.file.id, [...now.chosen]));
    stage.value = result ? { name: 'done', file: now.file.file, result } : now;
    if (result)
      announce(`${counted(result.communes.length, 'commune divisée', 'communes divisées')}.`);
  } catch (cause) {
    trouble.value = asFailure(cause);
    stage.value = now;
  }
}

export function startOver(): void {
  trouble.value = null;
  stage.value = { name: 'choose' };
}

/** Failure of the last removal, beside the commune it concerns. */
export const removalFailure = signal<{ code: string; error: ApiFailure } | null>(null);

export async function remove(code: string, name: string): Promise<void> {
  removalFailure.value = null;
  try {
    if (await divide(() => removeDivision(code))) announce(`${name} est de nouveau entière.`);
  } catch (cause) {
    removalFailure.value = { code, error: asFailure(cause) };
  }
}
