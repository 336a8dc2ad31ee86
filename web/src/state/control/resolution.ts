import { computed, effect, signal, untracked } from '@preact/signals';
import type { OverlapResolution } from '../../../../server/contracts/overlaps.ts';
import type { ApiFailure } from '../../api/client.ts';
import { fetchResolution, proposeResolution } from '../../api/control.ts';
import { selection, workspace } from '../address.ts';
import { announce } from '../announce.ts';
import { cptsList, refreshCpts } from '../cpts.ts';
import { asFailure, readyValue, resource } from '../resource.ts';

/** How the two CPTS of the overlap selected would share out what both hold. */
export const resolution = resource<OverlapResolution>();

/** Units given otherwise than the rule says: code of each, and number of the CPTS. */
export const gifts = signal<ReadonlyMap<string, number>>(new Map());

const pair = computed(() =>
  selection.value?.kind === 'overlap' ? `${selection.value.a}/${selection.value.b}` : null,
);

export function give(unit: string, to: number): void {
  const next = new Map(gifts.peek());
  const rule = readyValue(resolution.state.peek())?.units.find(({ code }) => code === unit);
  if (rule?.proposed === to) next.delete(unit);
  else next.set(unit, to);
  gifts.value = next;
}

export const followRule = () => {
  gifts.value = new Map();
};

/** Asks for it anew when another overlap is selected, a unit given, or a territory changed. */
export function followResolution(): () => void {
  let of: string | null = null;
  return effect(() => {
    const chosen = selection.value;
    const list = cptsList.state.value;
    if (pair.value !== of) {
      of = pair.value;
      resolution.clear();
      gifts.value = new Map();
    }
    const given = gifts.value;
    if (workspace.value !== 'control' || chosen?.kind !== 'overlap') return;
    if (list.status !== 'ready') return;
    const { a, b } = chosen;
    const versions = list.value
      .filter(({ id }) => id === a || id === b)
      .map(({ version, proposed, status }) => `${version}.${proposed}.${status}`);
    const wanted = [...given].map(([unit, to]) => ({ unit, to }));
    const key = JSON.stringify([a, b, versions, wanted]);
    untracked(() => void resolution.show(key, (signal) => fetchResolution(a, b, wanted, signal)));
  });
}

/** Where each shared unit would go, as chosen here: before the server has worked out the rest. */
export const receivers = computed<ReadonlyMap<string, number>>(() => {
  const known = readyValue(resolution.state.value);
  return new Map(
    (known?.units ?? []).map(({ code, proposed }) => [code, gifts.value.get(code) ?? proposed]),
  );
});

export const proposing = signal(false);
/** Why the sharing could not be proposed, beside the overlap it concerns. */
export const proposeFailure = signal<{ pair: string; error: ApiFailure } | null>(null);

/** Proposes the sharing shown to both CPTS; whether it was. */
export async function propose({ a, b }: OverlapResolution, note: string): Promise<boolean> {
  if (proposing.peek()) return false;
  proposing.value = true;
  proposeFailure.value = null;
  try {
    await proposeResolution(a.id, b.id, {
      basedOn: { a: a.version, b: b.version },
      give: [...gifts.peek()].map(([unit, to]) => ({ unit, to })),
      ...(note.trim() && { note: note.trim() }),
    });
    announce('Partage proposé\u00a0: chacune des deux CPTS doit l’accepter.');
    await refreshCpts();
    return true;
  } catch (cause) {
    const error = asFailure(cause);
    proposeFailure.value = { pair: `${a.id}/${b.id}`, error };
    announce(error.message);
    return false;
  } finally {
    proposing.value = false;
  }
}
