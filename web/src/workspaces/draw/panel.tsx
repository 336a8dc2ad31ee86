import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { counted } from '../../french/numbers.ts';
import {
  canRedo,
  canUndo,
  clearDraft,
  draftName,
  draftUnits,
  editing,
  gestureCount,
  lockedUnits,
  removeUnits,
  toggleLock,
} from '../../state/draft.ts';
import { draftFigures, drawnByCare } from '../../state/drawing/figures.ts';
import { flows } from '../../state/drawing/ground.ts';
import { draftsKept } from '../../state/drawing/keep-drafts.ts';
import { lockRecognised } from '../../state/drawing/locks.ts';
import { isPhone } from '../../state/panels.ts';
import { can } from '../../state/people.ts';
import { epciName } from '../../state/place-names.ts';
import type { Region } from '../../state/region.ts';
import { CutPanel } from './cut/panel.tsx';
import { cutting } from './cut/store.ts';
import { UnitParts } from './cut/unit-parts.tsx';
import { DraftChoice } from './draft-choice.tsx';
import { AddFromElsewhere, ExportDraft, Preview } from './files/draft-files.tsx';
import { PasteList } from './paste-list.tsx';
import { SaveForm } from './save-form.tsx';
import { change, epciOf, fillable, selectedUnit, toggleSelected } from './selected.ts';
import { stepBack } from './shortcuts.ts';
import { Subdivisions } from './subdivisions/panel.tsx';
import { ToolBar } from './tool-bar.tsx';

/** Tools, what they act on, save. */
export function DrawPanel({ region }: { region: Region }) {
  return (
    <>
      <DraftChoice />
      {cutting.value ? <CutPanel region={region} /> : <Tools />}
      <History />
      <Preview region={region} />
      {cutting.value === null && <SelectedCommune region={region} />}
      <Group title="Prendre des communes d’ailleurs">
        <PasteList region={region} />
        <AddFromElsewhere region={region} />
      </Group>
      <Group title="Ajuster le dessin">
        <Helpers />
        {can('analyse') && <Subdivisions region={region} />}
      </Group>
      {draftUnits.value.size > 0 && (
        <Group title="Emporter">
          <ExportDraft region={region} />
        </Group>
      )}
      <SaveForm region={region} />
      {draftsKept.value === false && (
        <p class="notice notice-amber">
          Ce navigateur ne garde pas les dessins&nbsp;: enregistrez avant de fermer la page.
        </p>
      )}
    </>
  );
}

function Tools() {
  return (
    <>
      <ToolBar />
      {isPhone.value && (
        <p class="notice">
          Sur un petit écran, un doigt dessine et deux doigts déplacent la carte&nbsp;; une liste
          collée est souvent plus sûre.
        </p>
      )}
    </>
  );
}

/** Ways to one end, each folded under its name. */
function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="tool-group" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function History() {
  const count = draftUnits.value.size;
  const blank = count === 0 && (editing.value !== null || draftName.value === '');
  return (
    <div class="button-row">
      <button
        type="button"
        class="button small"
        disabled={!canUndo.value}
        title={`Annuler (Ctrl + Z)\u00a0: ${counted(gestureCount.value, 'geste')}`}
        onClick={() => stepBack(false)}
      >
        ↶ Annuler
      </button>
      <button
        type="button"
        class="button small"
        disabled={!canRedo.value}
        title="Rétablir (Ctrl + Maj + Z)"
        onClick={() => stepBack(true)}
      >
        ↷ Rétablir
      </button>
      <button
        type="button"
        class="button small"
        disabled={blank}
        title="Vider le dessin"
        onClick={() => {
          if (count > 0) removeUnits(draftUnits.peek(), 'clear');
          else clearDraft();
        }}
      >
        Vider
      </button>
    </div>
  );
}

/** What a click does for several communes at once, and what gestures pass over. */
function Helpers() {
  const holes = draftFigures.value?.holes ?? [];
  const toFill = fillable(holes);
  const [noneFor, setNoneFor] = useState<ReadonlySet<number> | null>(null);
  return (
    <details class="card">
      <summary>
        Compléter, verrouiller
        {lockedUnits.value.size > 0 && (
          <span class="quiet"> {counted(lockedUnits.value.size, 'verrouillée')}</span>
        )}
      </summary>
      <div class="fields">
        <div class="button-row">
          <button
            type="button"
            class="button small"
            disabled={toFill.length === 0}
            title={fillingSaid(holes.length, toFill.length)}
            onClick={() => change(toFill, true, 'holes')}
          >
            Combler les trous
          </button>
          <button
            type="button"
            class="button small"
            disabled={flows.value === null || draftUnits.value.size === 0}
            title="Les communes voisines dont plus de la moitié des patients sont soignés dans le territoire"
            onClick={() => {
              const units = drawnByCare();
              if (units.length === 0) setNoneFor(draftUnits.peek());
              else change(units, true, 'care');
            }}
          >
            Prendre les voisines qui se soignent surtout ici
          </button>
        </div>
        <p class="quiet" role="status">
          {noneFor === draftUnits.value &&
            'Aucune voisine n’envoie ici la plupart de ses patients.'}
        </p>
        <label class="radio">
          <input
            type="checkbox"
            checked={lockRecognised.value}
            onChange={(event) => {
              lockRecognised.value = event.currentTarget.checked;
            }}
          />
          <span>
            Ne pas toucher aux CPTS reconnues
            <small class="quiet">Les gestes passent par-dessus&nbsp;; un clic les prend.</small>
          </span>
        </label>
        {lockedUnits.value.size > 0 && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              for (const unit of lockedUnits.peek()) toggleLock(unit);
            }}
          >
            Déverrouiller tout
          </button>
        )}
      </div>
    </details>
  );
}

function fillingSaid(holes: number, toFill: number): string {
  if (holes === 0) return 'Le dessin n’entoure aucune commune qu’il ne tient pas';
  if (toFill === 0) return 'Ce que le dessin entoure est verrouillé ou dans une CPTS reconnue';
  return 'Ajoute les communes que le dessin entoure sans les tenir';
}

/** The keyboard's way to a gesture: search a commune, or choose it in the table, then act here. */
function SelectedCommune({ region }: { region: Region }) {
  const unit = selectedUnit(region);
  if (unit === null) return null;
  const isIn = draftUnits.value.has(unit);
  const locked = lockedUnits.value.has(unit);
  const epci = epciOf(unit);
  const left = epci.filter((each) => !draftUnits.value.has(each)).length;
  return (
    <div class="card fields">
      <p>
        <strong>{region.name[unit]}</strong> <span class="quiet figure">{region.code[unit]}</span>
        {epci.length > 0 && <span class="quiet"> · {epciName(region, unit)}</span>}
      </p>
      <div class="button-row">
        <button
          type="button"
          class="button small"
          disabled={locked}
          title="A"
          onClick={() => toggleSelected(region)}
        >
          {isIn ? 'Retirer du territoire' : 'Ajouter au territoire'}
        </button>
        <button
          type="button"
          class="button small"
          aria-pressed={locked}
          title="K"
          onClick={() => toggleLock(unit)}
        >
          {locked ? 'Déverrouiller' : 'Verrouiller'}
        </button>
        {epci.length > 1 && (
          <button type="button" class="button small" onClick={() => change(epci, left > 0, 'epci')}>
            {left > 0 ? 'Ajouter' : 'Retirer'} l’EPCI entier ({counted(epci.length, 'commune')})
          </button>
        )}
      </div>
      <UnitParts region={region} unit={unit} />
    </div>
  );
}
