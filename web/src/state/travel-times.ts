import { signal } from '@preact/signals';
import type { TravelTimesUpload } from '../../../server/contracts/flow-models.ts';
import type { ApiFailure } from '../api/client.ts';
import { forgetUpload, sendTravelTimes } from '../api/flow-imports.ts';
import { formatDecimal, formatKm } from '../french/numbers.ts';
import { asFailure } from './resource.ts';

/** The table that distances are read in; null: distances as the crow flies. */
export const travelTimes = signal<TravelTimesUpload | null>(null);
/** A table on its way, and the share that is sent. */
export const sendingTravel = signal<{ file: string; share: number; stop(): void } | null>(null);
export const travelFailure = signal<ApiFailure | null>(null);

/** Sends a table in place of the one there is, which stays when this one is refused. */
export async function takeTravelTimes(file: File): Promise<void> {
  if (sendingTravel.peek()) return;
  travelFailure.value = null;
  const abort = new AbortController();
  const tell = (share: number) => {
    sendingTravel.value = { file: file.name, share, stop: () => abort.abort() };
  };
  tell(0);
  try {
    const sent = await sendTravelTimes(file, tell, abort.signal);
    leaveTravelTimes();
    travelTimes.value = sent;
  } catch (cause) {
    if (!abort.signal.aborted) travelFailure.value = asFailure(cause);
  } finally {
    sendingTravel.value = null;
  }
}

/** Back to distances as the crow flies. */
export function leaveTravelTimes(): void {
  const before = travelTimes.peek();
  travelFailure.value = null;
  travelTimes.value = null;
  // The server forgets it by itself in two hours.
  if (before) void forgetUpload(before.id).catch(() => {});
}

/** What distances are in: km, or minutes with a table. */
export const distanceUnit = () => (travelTimes.value ? 'min' : 'km');

export const formatDistance = (distance: number) =>
  travelTimes.value ? `${formatDecimal(Math.round(distance))}\u00a0min` : formatKm(distance);
