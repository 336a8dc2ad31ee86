import { computed, signal } from '@preact/signals';
import type { ChangeEvent, EventFilters, EventPage } from '../../../../server/contracts/events.ts';
import { fetchEvents } from '../../api/control.ts';
import { readyValue, resource } from '../resource.ts';

const PIECE = 50;

/** Which changes the journal shows. */
export const journalFilters = signal<EventFilters>({});

export const journal = resource<EventPage>();

/** Older ones that were asked for, after those of `journal`. */
const older = signal<ChangeEvent[]>([]);
let turn = 0;

export const journalEvents = computed(() => [
  ...(readyValue(journal.state.value)?.items ?? []),
  ...older.value,
]);

/** Reads the latest changes that the filters let through. */
export function readJournal(filters: EventFilters = journalFilters.peek()): void {
  journalFilters.value = filters;
  older.value = [];
  const page = { limit: PIECE, offset: 0 };
  void journal.show(String(++turn), (abort) => fetchEvents(filters, page, abort));
}

/**
 * Reads those before the last one shown. Changes made meanwhile push the others on: one that is shown
 * already is not shown twice.
 *
 * @throws ApiFailure
 */
export async function readOlder(): Promise<void> {
  const [of, shown] = [turn, journalEvents.peek()];
  const page = { limit: PIECE, offset: shown.length };
  const { items } = await fetchEvents(journalFilters.peek(), page);
  if (of !== turn) return;
  const last = shown.at(-1)?.id ?? Number.POSITIVE_INFINITY;
  older.value = [...older.peek(), ...items.filter(({ id }) => id < last)];
}
