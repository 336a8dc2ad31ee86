import { computed, signal } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { saveTerritory } from '../../api/territories.ts';
import { announce } from '../announce.ts';
import { written } from '../cpts.ts';
import { draftBase, draftUnits, editing, rebase } from '../draft.ts';
import type { Region } from '../region.ts';

/** A version is on its way to the server. */
export const savingVersion = signal(false);

/** What the drawing on screen changes of what it started from. */
export const draftChange = computed(() => {
  const [base, units] = [draftBase.value, draftUnits.value];
  return {
    added: [...units].filter((unit) => !base.has(unit)),
    removed: [...base].filter((unit) => !units.has(unit)),
  };
});

/**
 * Saves the drawing as the next version of the CPTS edited. Null, with nothing sent, while another
 * save is on its way. Throws the API's refusal.
 */
export async function saveVersion(
  region: Region,
  said: { label?: string; note?: string } = {},
): Promise<Cpts | null> {
  const edited = editing.peek();
  if (edited === null || savingVersion.peek()) return null;
  savingVersion.value = true;
  try {
    const { added, removed } = draftChange.peek();
    const saved = await saveTerritory(edited.id, {
      basedOn: edited.version,
      added: codesOf(region, added),
      removed: codesOf(region, removed),
      ...said,
    });
    rebase(saved);
    written(saved);
    announce(`Version ${saved.version} de «\u00a0${saved.name}\u00a0» enregistrée.`);
    return saved;
  } finally {
    savingVersion.value = false;
  }
}

const codesOf = (region: Region, units: readonly number[]) =>
  units.map((unit) => region.code[unit]!).sort();
