import { useState } from 'preact/hooks';
import type { ApiFailure } from '../../api/client.ts';
import { counted } from '../../french/numbers.ts';
import { CptsNameField } from '../../shell/cpts-name-field.tsx';
import { FailureNotice } from '../../shell/notice.tsx';
import { create, creating } from '../../state/cpts.ts';
import { clearDraft, draftName, draftUnits, type Editing, editing } from '../../state/draft.ts';
import { draftChange, saveVersion, savingVersion } from '../../state/drawing/save.ts';
import type { Region } from '../../state/region.ts';
import { asFailure } from '../../state/resource.ts';
import { selectCpts } from '../tables/cpts.ts';

/** Saves the drawing: a new CPTS, or the next version of the one edited. */
export function SaveForm({ region }: { region: Region }) {
  const edited = editing.value;
  return edited ? (
    <SaveVersion key={edited.id} region={region} edited={edited} />
  ) : (
    <SaveNew region={region} />
  );
}

function SaveNew({ region }: { region: Region }) {
  const [error, setError] = useState<ApiFailure | null>(null);
  const count = draftUnits.value.size;
  const name = draftName.value.trim();

  async function submit(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const units = [...draftUnits.value].map((unit) => region.code[unit]!).sort();
      const cpts = await create({ name, units });
      if (!cpts) return;
      clearDraft();
      selectCpts(cpts);
    } catch (cause) {
      setError(asFailure(cause));
    }
  }

  return (
    <form class="card fields" onSubmit={submit} aria-label="Enregistrer la CPTS">
      <CptsNameField
        value={draftName.value}
        placeholder="CPTS du Pays de…"
        set={(typed) => {
          draftName.value = typed;
          setError(null);
        }}
      />
      <button
        type="submit"
        class="button primary"
        disabled={creating.value || count === 0 || name.length < 2}
      >
        {creating.value ? 'Enregistrement…' : 'Enregistrer la CPTS'}
      </button>
      <p class="quiet" role="status">
        {missing(count, name)}
      </p>
      {error && <FailureNotice error={error} />}
    </form>
  );
}

function missing(count: number, name: string): string {
  if (count === 0) return 'Il manque des communes.';
  if (name.length < 2) return `${counted(count, 'commune')}\u00a0; il manque un nom.`;
  return `${counted(count, 'commune')}, à l’étape «\u00a0Idée\u00a0».`;
}

function SaveVersion({ region, edited }: { region: Region; edited: Editing }) {
  const [error, setError] = useState<ApiFailure | null>(null);
  const { added, removed } = draftChange.value;
  const unchanged = added.length + removed.length === 0;

  async function submit(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      await saveVersion(region);
    } catch (cause) {
      setError(asFailure(cause));
    }
  }

  return (
    <form class="card fields" onSubmit={submit} aria-label="Enregistrer la version">
      <button
        type="submit"
        class="button primary"
        disabled={savingVersion.value || unchanged || draftUnits.value.size === 0}
      >
        {savingVersion.value ? 'Enregistrement…' : `Enregistrer la version ${edited.version + 1}`}
      </button>
      <p class="quiet" role="status">
        {unchanged
          ? `Rien n’a changé depuis la version ${edited.version}.`
          : `Depuis la version ${edited.version}\u00a0: ${counted(added.length, 'commune ajoutée', 'communes ajoutées')}, ${counted(removed.length, 'retirée', 'retirées')}.`}
      </p>
      {error && <FailureNotice error={error} />}
    </form>
  );
}
