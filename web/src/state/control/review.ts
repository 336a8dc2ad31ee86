import { computed, effect, untracked } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import type {
  VersionComparison,
  VersionSummary,
} from '../../../../server/contracts/cpts-versions.ts';
import { applyChange } from '../../../../server/core/territory/change.ts';
import { fetchVersion, fetchVersionComparison, fetchVersions } from '../../api/versions.ts';
import { selection, workspace } from '../address.ts';
import { cptsList } from '../cpts.ts';
import { readyValue, resource } from '../resource.ts';
import { dayShown } from './then.ts';

/** A territory that waits for a decision, beside the one that it would replace. */
export interface Reviewed {
  cpts: number;
  /** the version examined */
  version: VersionSummary;
  /** its units, by code */
  after: string[];
  /** units of the version before it; null where it is the first */
  before: string[] | null;
  told: VersionComparison | null;
  /** versions refused before, the latest first */
  refused: VersionSummary[];
}

export const review = resource<Reviewed>();

/** The CPTS that the address asks to review. */
export const reviewedCpts = computed<Cpts | null>(() => {
  const chosen = selection.value;
  if (workspace.value !== 'control' || dayShown.value !== null) return null;
  if (chosen?.kind !== 'cpts' || !chosen.review) return null;
  return readyValue(cptsList.state.value)?.find(({ id }) => id === chosen.id) ?? null;
});

export function followReview(): () => void {
  return effect(() => {
    const cpts = reviewedCpts.value;
    if (!cpts) return untracked(review.clear);
    untracked(() => loadReview(cpts));
  });
}

export function loadReview(cpts: Cpts): void {
  const key = `${cpts.id}/${cpts.version}/${cpts.proposed}`;
  const before = readyValue(review.state.peek());
  // Another territory must not stand under this name while it loads.
  if (before && before.cpts !== cpts.id) review.clear();
  void review.show(key, (signal) => readReview(cpts, signal));
}

async function readReview({ id, version, proposed }: Cpts, signal: AbortSignal): Promise<Reviewed> {
  const versions = await fetchVersions(id, signal);
  const number = proposed ?? version;
  const examined = versions.find((one) => one.number === number)!;
  const earlier =
    examined.basedOn ??
    versions.find((one) => one.number < number && one.state === 'replaced')?.number;
  const [latest, told] = await Promise.all([
    fetchVersion(id, number, signal),
    earlier === undefined ? null : fetchVersionComparison(id, earlier, number, signal),
  ]);
  const codes = (units: { code: string }[]) => units.map(({ code }) => code);
  return {
    cpts: id,
    version: examined,
    after: latest.units,
    before:
      told && applyChange(latest.units, { added: codes(told.removed), removed: codes(told.added) }),
    told,
    refused: versions.filter(({ state, reason }) => state === 'refused' && reason !== ''),
  };
}
