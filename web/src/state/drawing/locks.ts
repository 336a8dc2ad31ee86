import { computed, signal } from '@preact/signals';
import { lockedUnits } from '../draft.ts';
import { otherCpts } from './others.ts';

/** Gestures pass over what a recognised CPTS holds: no second one could be recognised there. */
export const lockRecognised = signal(true);

const recognisedUnits = computed(() => {
  const { open, members } = otherCpts.value;
  return new Set(members.flatMap((units, at) => (open[at]!.recognised ? units : [])));
});

/** What gestures pass over. */
export const held = computed<ReadonlySet<number>>(() =>
  lockRecognised.value && recognisedUnits.value.size > 0
    ? new Set([...lockedUnits.value, ...recognisedUnits.value])
    : lockedUnits.value,
);
