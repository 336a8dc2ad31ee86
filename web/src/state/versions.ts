import { signal } from '@preact/signals';
import type { Cpts } from '../../../server/contracts/cpts.ts';
import type { VersionComparison, VersionSummary } from '../../../server/contracts/cpts-versions.ts';
import { applyChange } from '../../../server/core/territory/change.ts';
import type { ApiFailure } from '../api/client.ts';
import {
  fetchVersion,
  fetchVersionComparison,
  fetchVersions,
  restoreVersion,
} from '../api/versions.ts';
import { announce } from './announce.ts';
import { refreshCpts, written } from './cpts.ts';
import { asFailure, resource } from './resource.ts';

/** Versions of the CPTS whose list is open, the latest first. */
export const versions = resource<VersionSummary[]>();

/** Two versions of a CPTS side by side: what changes, and the units of each. */
export interface ComparedVersions {
  cpts: number;
  told: VersionComparison;
  /** unit codes */
  before: string[];
  after: string[];
}

export const comparedVersions = resource<ComparedVersions>();

export function loadVersions({ id, version, proposed }: Cpts): void {
  void versions.show(`${id}/${version}/${proposed}`, (signal) => fetchVersions(id, signal));
}

/** Shows what leads from one version to another, in the panel and on the map. */
export function compareVersions(cpts: number, before: number, after: number): void {
  void comparedVersions.show(`${cpts}/${before}/${after}`, async (signal) => {
    const [told, latest] = await Promise.all([
      fetchVersionComparison(cpts, before, after, signal),
      fetchVersion(cpts, after, signal),
    ]);
    const codes = (units: { code: string }[]) => units.map(({ code }) => code);
    const undone = { added: codes(told.removed), removed: codes(told.added) };
    return { cpts, told, before: applyChange(latest.units, undone), after: latest.units };
  });
}

export const leaveVersions = () => comparedVersions.clear();

/** Number of the version on its way back. */
export const restoring = signal<number | null>(null);
export const restoreFailure = signal<{ id: number; error: ApiFailure } | null>(null);

/** Brings a version back as the next one. */
export async function restore(cpts: Cpts, number: number): Promise<void> {
  if (restoring.peek() !== null) return;
  restoring.value = number;
  restoreFailure.value = null;
  try {
    const saved = await restoreVersion(cpts.id, number, { basedOn: cpts.version });
    leaveVersions();
    written(saved);
    announce(
      saved.version > cpts.version
        ? `Version ${number} reprise\u00a0: elle est la version ${saved.version}.`
        : `Version ${number} reprise dans la version ${saved.proposed}, proposée.`,
    );
  } catch (cause) {
    const error = asFailure(cause);
    restoreFailure.value = { id: cpts.id, error };
    // Somebody saved meanwhile: the list must show it before another try.
    if (error.code === 'stale_version') void refreshCpts();
  } finally {
    restoring.value = null;
  }
}
