import { counted } from '../../french/numbers.ts';
import { draftName, draftsAside, editing, openDraft } from '../../state/draft.ts';
import { changes, type Draft, keyOfDraft } from '../../state/drawing/draft-model.ts';
import { OpenVersions } from './versions/open.tsx';

/** What is being drawn; the way to the drawings left aside, and back to a new CPTS. */
export function DraftChoice() {
  const edited = editing.value;
  const key = keyOfDraft(edited);
  const others = [...draftsAside.value].filter(
    ([other, draft]) => other !== key && (other === 'new' || changes(draft)),
  );
  const named = others.some(([other]) => other === 'new');
  return (
    <div class="draft-choice">
      <h2>
        {edited?.name ?? (draftName.value.trim() || 'Nouvelle CPTS')}
        {edited && <span class="quiet"> depuis la version&nbsp;{edited.version}</span>}
      </h2>
      {edited && <OpenVersions {...edited} />}
      {(others.length > 0 || edited) && (
        <select
          class="input"
          aria-label="Autres dessins"
          value=""
          onChange={(event) => {
            openDraft(event.currentTarget.value);
            event.currentTarget.value = '';
          }}
        >
          <option value="" disabled>
            Autres dessins…
          </option>
          {edited && !named && <option value="new">Nouvelle CPTS</option>}
          {others.map(([other, draft]) => (
            <option key={other} value={other}>
              {describe(draft)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function describe({ editing: edited, name, units }: Draft): string {
  const what = edited?.name ?? (name.trim() || 'Nouvelle CPTS');
  return `${what} (${counted(units.size, 'commune')}, pas enregistré)`;
}
