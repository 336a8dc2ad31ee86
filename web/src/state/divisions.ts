import { signal } from '@preact/signals';
import type { LeavesReplaced } from '../../../server/contracts/divisions.ts';
import { go, selection } from './address.ts';
import { readUnitsAgain } from './boot.ts';
import { refreshCpts } from './cpts.ts';
import { renumberDrafts } from './draft.ts';
import { explanation, unitExplanation } from './explanations.ts';
import { proposal } from './proposals.ts';

/** A division is on its way: another must wait. */
export const dividing = signal(false);

/**
 * Has the server divide communes otherwise, then shows what they became; null, with nothing sent,
 * while another division is on its way. Throws the API's refusal.
 */
export async function divide(act: () => Promise<LeavesReplaced>): Promise<LeavesReplaced | null> {
  if (dividing.peek()) return null;
  dividing.value = true;
  try {
    const done = await act();
    await showDivided(done);
    return done;
  } finally {
    dividing.value = false;
  }
}

/** The drawing, the CPTS and the proposal shown follow the units to their new numbers. */
async function showDivided({ replaced, units }: LeavesReplaced): Promise<void> {
  await readUnitsAgain((before, after) => {
    const gone = new Set(replaced);
    const instead = (code: string) => {
      if (!gone.has(code)) return [code];
      // Of several communes divided at once, the parts of this one.
      const commune = before.wholeOf.get(before.indexOf.get(code)!)?.code ?? code;
      const parts = after.divisions.find((division) => division.code === commune)?.units;
      return units.filter((one) => one === commune || parts?.includes(one));
    };
    renumberDrafts((unit) =>
      instead(before.code[unit]!).flatMap((one) => after.indexOf.get(one) ?? []),
    );
    const chosen = selection.peek();
    if (chosen?.kind === 'unit' && gone.has(chosen.code)) {
      const [first] = instead(chosen.code);
      go({ selection: first ? { kind: 'unit', code: first } : null }, { replace: true });
    }
    // Territories of a proposal name units: what was read before names some that are no more.
    proposal.clear();
    explanation.clear();
    unitExplanation.clear();
  });
  await refreshCpts();
}
