import { computed, effect, signal, untracked } from '@preact/signals';
import type { CutLine, CutPreview } from '../../../../../server/contracts/divisions.ts';
import type { ApiFailure } from '../../../api/client.ts';
import { cutUnit, previewCut } from '../../../api/divisions.ts';
import { announce } from '../../../state/announce.ts';
import { divide } from '../../../state/divisions.ts';
import { takeTool } from '../../../state/drawing/tools.ts';
import { isPhone } from '../../../state/panels.ts';
import { asFailure } from '../../../state/resource.ts';

export type Course = Extract<CutLine, { course: unknown }>['course'];

/** A cut that is being prepared: of which unit, and along what. */
export interface Cutting {
  unit: string;
  way: 'drawn' | 'straight';
  points: [number, number][];
  course: Course;
  /** where across the unit, 0 to 1 */
  at: number;
}

/** What the user says of one side. */
export interface Side {
  name: string;
  /** inhabitants typed; null: by area */
  population: number | null;
}

export const cutting = signal<Cutting | null>(null);
/** On a phone: the sheet is low, so that the line can be drawn. */
export const isSheetLow = signal(false);
export const preview = signal<CutPreview | null>(null);
export const cutFailure = signal<ApiFailure | null>(null);
export const sides = signal<[Side, Side] | null>(null);

/** The line as the server is asked about it; null while there is none. */
const line = computed<CutLine | null>(() => {
  const now = cutting.value;
  if (!now) return null;
  if (now.way === 'straight') return { course: now.course, at: now.at };
  return now.points.length < 2 ? null : { points: now.points };
});

export function startCut(unit: string, way: Cutting['way'] = 'drawn'): void {
  sides.value = null;
  // With another tool in hand a click would draw.
  takeTool('click');
  cutting.value = { unit, way, points: [], course: 'north-south', at: 0.5 };
  isSheetLow.value = isPhone.peek();
  announce('Découpe\u00a0: cliquez sur la carte pour tracer une ligne, ou coupez tout droit.');
}

export function stopCut(): void {
  cutting.value = null;
}

export function changeCut(change: Partial<Omit<Cutting, 'unit'>>): void {
  if (cutting.peek()) cutting.value = { ...cutting.peek()!, ...change };
}

export function addPoint(point: [number, number]): void {
  const now = cutting.peek();
  if (now?.way !== 'drawn') return;
  const rounded = point.map((degrees) => Math.round(degrees * 1e6) / 1e6) as [number, number];
  const last = now.points.at(-1);
  // The second click of a double click is where the first was.
  if (last?.[0] === rounded[0] && last[1] === rounded[1]) return;
  changeCut({ points: [...now.points, rounded] });
}

export function takePointBack(): void {
  changeCut({ points: cutting.peek()?.points.slice(0, -1) ?? [] });
}

/** Changes one side; the people of the other are what is left. */
export function changeSide(side: 0 | 1, change: Partial<Side>): void {
  const now = sides.peek();
  const whole = preview.peek()?.population;
  if (!now || whole === undefined) return;
  const next: [Side, Side] = [{ ...now[0] }, { ...now[1] }];
  Object.assign(next[side], change);
  if (change.population !== undefined) {
    const people = change.population;
    next[1 - side]!.population = people === null ? null : Math.max(0, whole - people);
  }
  sides.value = next;
}

/** Asks again, a moment after the line changed, what it would cut. */
export function followCut(delayMs = 150): () => void {
  let abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const unit = cutting.value?.unit;
    const wanted = line.value;
    abort.abort();
    clearTimeout(timer);
    untracked(() => {
      cutFailure.value = null;
      if (!unit || !wanted) {
        preview.value = null;
        return;
      }
      abort = new AbortController();
      const { signal } = abort;
      timer = setTimeout(() => void ask(unit, wanted, signal), delayMs);
    });
  });
  return () => {
    stop();
    abort.abort();
    clearTimeout(timer);
  };
}

async function ask(unit: string, wanted: CutLine, signal: AbortSignal): Promise<void> {
  try {
    const found = await previewCut({ unit, line: wanted }, signal);
    if (signal.aborted) return;
    const before = preview.peek();
    preview.value = found;
    const named = (side: 0 | 1): Side => {
      const now = sides.peek()?.[side];
      const suggested = before?.sectors[side]?.name;
      // What was typed stays; what was only suggested follows the line.
      const typed = now && now.name !== suggested ? now.name : null;
      return { name: typed ?? found.sectors[side]!.name, population: now?.population ?? null };
    };
    sides.value = [named(0), named(1)];
  } catch (cause) {
    if (signal.aborted) return;
    preview.value = null;
    cutFailure.value = asFailure(cause);
  }
}

/** Makes the cut that is shown. */
export async function applyCut(): Promise<void> {
  const [now, wanted, told] = [cutting.peek(), line.peek(), sides.peek()];
  if (!now || !wanted || !told) return;
  cutFailure.value = null;
  const sector = ({ name, population }: Side) => ({
    name: name.trim(),
    ...(population === null ? {} : { population }),
  });
  try {
    const done = await divide(() =>
      cutUnit({ unit: now.unit, line: wanted, sectors: [sector(told[0]), sector(told[1])] }),
    );
    if (!done) return;
    stopCut();
    announce(done.remarks[0]?.message ?? 'La commune est découpée en deux secteurs.');
  } catch (cause) {
    cutFailure.value = asFailure(cause);
  }
}

/** Whether a failure only says that the line is not finished. */
export const isUnfinished = (failure: ApiFailure | null) => failure?.code === 'line_does_not_cross';
