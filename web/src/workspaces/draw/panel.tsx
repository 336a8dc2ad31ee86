import { useState } from 'preact/hooks';
import type { ApiFailure } from '../../api/client.ts';
import { counted } from '../../french/numbers.ts';
import { CptsNameField } from '../../shell/cpts-name-field.tsx';
import { FailureNotice } from '../../shell/notice.tsx';
import { selection } from '../../state/address.ts';
import { create, creating } from '../../state/cpts.ts';
import {
  canRedo,
  canUndo,
  clearDraft,
  draftName,
  draftUnits,
  redo,
  toggleUnit,
  undo,
} from '../../state/draft.ts';
import { isPhone } from '../../state/panels.ts';
import type { Region } from '../../state/region.ts';
import { asFailure } from '../../state/resource.ts';
import { selectCpts } from '../tables/cpts.ts';
import { PasteList } from './paste-list.tsx';

/** Name, communes, save. */
export function DrawPanel({ region }: { region: Region }) {
  const count = draftUnits.value.size;
  return (
    <>
      <p class="quiet">
        Cliquez sur les communes de la carte pour les ajouter ou les retirer, ou collez une liste.
      </p>
      {isPhone.value && (
        <p class="notice">
          Sur un petit écran, mieux vaut coller une liste&nbsp;: toucher la bonne commune demande de
          zoomer.
        </p>
      )}
      <SelectedCommune region={region} />
      <div class="button-row">
        <button type="button" class="button" disabled={!canUndo.value} onClick={undo}>
          Annuler
        </button>
        <button type="button" class="button" disabled={!canRedo.value} onClick={redo}>
          Rétablir
        </button>
        <button
          type="button"
          class="button"
          disabled={count === 0 && draftName.value === ''}
          onClick={clearDraft}
        >
          Tout effacer
        </button>
      </div>
      <PasteList region={region} />
      <SaveForm region={region} />
    </>
  );
}

/** The keyboard's way to a click: search a commune, then add it here. */
function SelectedCommune({ region }: { region: Region }) {
  const chosen = selection.value;
  const unit = chosen?.kind === 'unit' ? region.indexOf.get(chosen.code) : undefined;
  if (unit === undefined) return null;
  const isIn = draftUnits.value.has(unit);
  return (
    <div class="card">
      <p>
        <strong>{region.name[unit]}</strong> <span class="quiet figure">{region.code[unit]}</span>
      </p>
      <button type="button" class="button" onClick={() => toggleUnit(unit)}>
        {isIn ? 'Retirer du territoire' : 'Ajouter au territoire'}
      </button>
    </div>
  );
}

function SaveForm({ region }: { region: Region }) {
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
