import { computed } from '@preact/signals';
import { cptsUnits, openCpts } from '../cpts.ts';
import { editing } from '../draft.ts';

/** The open CPTS besides the one being drawn, and their units: a CPTS is no conflict with itself. */
export const otherCpts = computed(() => {
  const edited = editing.value?.id;
  const kept = openCpts.value.flatMap(({ id }, at) => (id === edited ? [] : [at]));
  return {
    open: kept.map((at) => openCpts.value[at]!),
    members: kept.map((at) => cptsUnits.value[at]!),
  };
});
