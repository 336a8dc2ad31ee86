import { useEffect, useRef, useState } from 'preact/hooks';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { Reserved } from '../../accounts/reserved.tsx';
import type { ApiFailure } from '../../api/client.ts';
import { counted } from '../../french/numbers.ts';
import { CptsNameField } from '../../shell/cpts-name-field.tsx';
import { FailureNotice } from '../../shell/notice.tsx';
import { allCpts, creating, justMade } from '../../state/cpts.ts';
import { draftName, draftUnits, editing, nameDraft, waitingSave } from '../../state/draft.ts';
import type { Editing } from '../../state/drawing/draft-model.ts';
import {
  draftChange,
  lateRefusal,
  saveNew,
  saveVersion,
  savingVersion,
  stale,
} from '../../state/drawing/save.ts';
import { can, mayEdit } from '../../state/people.ts';
import type { Region } from '../../state/region.ts';
import { asFailure } from '../../state/resource.ts';
import { selectCpts } from '../tables/cpts.ts';
import { StaleChoice } from './stale-choice.tsx';

/** Saves the drawing: a new CPTS, or the next version of the one edited. */
export function SaveForm({ region }: { region: Region }) {
  const edited = editing.value;
  if (!can('draw')) return <Reserved act="d’enregistrer ce dessin, qui reste dans ce navigateur" />;
  if (edited && !mayEdit(edited)) {
    return (
      <p class="quiet reserved">
        Vous ne portez pas «&nbsp;{edited.name}&nbsp;»&nbsp;: ce dessin reste dans ce navigateur.
        Demandez à l’administrateur de Maillage de vous confier cette CPTS.
      </p>
    );
  }
  return edited ? (
    <SaveVersion key={edited.id} region={region} edited={edited} />
  ) : (
    <SaveNew region={region} />
  );
}

/** Sends on submit; a refusal is said until what it is about changes. */
function useSending(send: () => Promise<unknown>, about: unknown) {
  const [error, setError] = useState<ApiFailure | null>(null);
  useEffect(() => setError(null), [about]);
  const submit = async (event: Event) => {
    event.preventDefault();
    setError(null);
    lateRefusal.value = null;
    try {
      await send();
    } catch (cause) {
      setError(asFailure(cause));
    }
  };
  return { submit, error: error ?? lateRefusal.value };
}

function SaveNew({ region }: { region: Region }) {
  const count = draftUnits.value.size;
  const name = draftName.value.trim();
  const { submit, error } = useSending(async () => {
    const made = await saveNew(region);
    if (!made) return;
    justMade.value = made.id;
    selectCpts(made);
  }, name);
  return (
    <form class="card fields save-form" onSubmit={submit} aria-label="Enregistrer la CPTS">
      <CptsNameField value={draftName.value} placeholder="CPTS du Pays de…" set={nameDraft} />
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
      <Waiting />
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
  const { added, removed } = draftChange.value;
  const [label, setLabel] = useState('');
  const [note, setNote] = useState('');
  const said = {
    ...(label.trim() && { label: label.trim() }),
    ...(note.trim() && { note: note.trim() }),
  };
  const { submit, error } = useSending(async () => {
    if (!(await saveVersion(region, said))) return;
    // What was said was of the version just saved.
    setLabel('');
    setNote('');
  }, edited.version);
  const unchanged = added.length + removed.length === 0;
  const present = allCpts.value.find(({ id }) => id === edited.id);
  const asked = stale.value?.id === edited.id ? stale.value : null;
  const form = useRef<HTMLFormElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    // The buttons of the choice are gone, one of which had the focus.
    if (wasAsked.current && !asked) form.current?.focus();
    wasAsked.current = asked !== null;
  }, [asked]);
  return (
    <form
      class="card fields save-form"
      ref={form}
      tabIndex={-1}
      onSubmit={submit}
      aria-label="Enregistrer la version"
    >
      {asked ? (
        <StaleChoice region={region} asked={asked} name={edited.name} />
      ) : (
        <>
          <details>
            <summary>Nommer cette version</summary>
            <div class="fields">
              <label class="field">
                <span>Nom de la version (facultatif)</span>
                <input
                  class="input"
                  maxLength={120}
                  placeholder="Après la réunion de Gien"
                  value={label}
                  onInput={(event) => setLabel(event.currentTarget.value)}
                />
              </label>
              <label class="field">
                <span>Note (facultative)</span>
                <textarea
                  class="input"
                  rows={2}
                  maxLength={1000}
                  value={note}
                  onInput={(event) => setNote(event.currentTarget.value)}
                />
              </label>
            </div>
          </details>
          <button
            type="submit"
            class="button primary"
            disabled={savingVersion.value || unchanged || draftUnits.value.size === 0}
          >
            {savingVersion.value
              ? 'Enregistrement…'
              : present?.recognised
                ? 'Proposer ce territoire'
                : 'Enregistrer la version suivante'}
          </button>
          {present?.recognised && (
            <p class="quiet" role="status">
              {proposalSaid(present)}
            </p>
          )}
          <p class="quiet" role="status">
            {unchanged
              ? `Rien n’a changé depuis la version ${edited.version}.`
              : `Depuis la version ${edited.version}\u00a0: ${counted(added.length, 'commune ajoutée', 'communes ajoutées')}, ${counted(removed.length, 'retirée', 'retirées')}.`}
          </p>
          <Waiting />
        </>
      )}
      {error && <FailureNotice error={error} />}
    </form>
  );
}

/** What becomes of the drawing of a recognised CPTS. */
function proposalSaid({ proposed }: Cpts): string {
  return proposed === null
    ? 'Cette CPTS est reconnue\u00a0: son territoire changera quand l’ARS aura accepté votre proposition.'
    : `La version ${proposed}, proposée, attend une décision\u00a0; si elle est de vous, une autre la remplacera.`;
}

/** The drawing is safe in the browser; it goes to the server by itself. */
function Waiting() {
  if (waitingSave.value === null) return null;
  return (
    <p class="notice notice-amber" role="status">
      Le serveur ne répond pas. Le dessin est gardé dans ce navigateur et sera enregistré dès que le
      serveur répondra.
    </p>
  );
}
