import { selection } from '../../state/address.ts';
import {
  canRedo,
  canUndo,
  clearDraft,
  draftName,
  draftUnits,
  editing,
  openNew,
  redo,
  removeUnits,
  toggleUnit,
  undo,
} from '../../state/draft.ts';
import { isPhone } from '../../state/panels.ts';
import type { Region } from '../../state/region.ts';
import { AddFromElsewhere, ExportDraft } from './files/draft-files.tsx';
import { PasteList } from './paste-list.tsx';
import { SaveForm } from './save-form.tsx';

/** Name, communes, save. */
export function DrawPanel({ region }: { region: Region }) {
  const count = draftUnits.value.size;
  return (
    <>
      <Drawn />
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
          disabled={count === 0 && (editing.value !== null || draftName.value === '')}
          onClick={() => (editing.value ? removeUnits(draftUnits.value) : clearDraft())}
        >
          Tout effacer
        </button>
      </div>
      <PasteList region={region} />
      <AddFromElsewhere region={region} />
      <ExportDraft region={region} />
      <SaveForm region={region} />
    </>
  );
}

/** What is being drawn, and the way back to a new CPTS. */
function Drawn() {
  const edited = editing.value;
  if (edited === null) return null;
  return (
    <div class="card-head">
      <h2>
        {edited.name} <span class="quiet">depuis la version {edited.version}</span>
      </h2>
      <button type="button" class="button small" onClick={openNew}>
        Nouvelle CPTS
      </button>
    </div>
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
