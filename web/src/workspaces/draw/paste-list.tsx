import { useState } from 'preact/hooks';
import type { ApiFailure } from '../../api/client.ts';
import { counted } from '../../french/numbers.ts';
import { frame } from '../../map/frame.ts';
import { FailureNotice } from '../../shell/notice.tsx';
import { announce } from '../../state/announce.ts';
import { addUnits } from '../../state/draft.ts';
import { boundsOf, type Region } from '../../state/region.ts';
import { asFailure } from '../../state/resource.ts';
import { type FollowedList, followPasted } from './follow-pasted.ts';
import { FollowedCommunes } from './followed-communes.tsx';
import { parsePastedList } from './paste.ts';
import { TakenByName } from './taken-by-name.tsx';

/** A list of codes or names; what can't be placed is shown, never dropped in silence. */
export function PasteList({ region }: { region: Region }) {
  const [text, setText] = useState('');
  const [result, setResult] = useState<PasteOutcome | null>(null);
  const [error, setError] = useState<ApiFailure | null>(null);
  const [asking, setAsking] = useState(false);

  async function add(event: Event) {
    event.preventDefault();
    if (asking) return;
    setAsking(true);
    setError(null);
    const read = parsePastedList(region, text);
    // Without the server, what the page knows of by itself is added all the same.
    const list = await followPasted(region, read).catch((cause) => {
      setError(asFailure(cause));
      return { ...read, followed: [] };
    });
    setAsking(false);
    const added = addUnits(list.units);
    setResult({ ...list, added });
    frame.bounds(boundsOf(region, list.units));
    announce(`${counted(added, 'commune ajoutée', 'communes ajoutées')}.`);
    if (list.unmatched.length === 0 && list.ambiguous.length === 0) setText('');
  }

  return (
    <details class="card">
      <summary>Coller une liste de communes</summary>
      <form class="fields" onSubmit={add}>
        <label class="field">
          <span>Codes INSEE ou noms, un par ligne</span>
          <textarea
            class="input"
            rows={5}
            spellcheck={false}
            placeholder={'45234\nOlivet\nSaint-Jean-de-Braye'}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button" disabled={asking || text.trim() === ''}>
          {asking ? 'Lecture…' : 'Ajouter ces communes'}
        </button>
      </form>
      {error && (
        <FailureNotice error={error} lead="Les communes fusionnées n’ont pas été cherchées." />
      )}
      {result && <Result region={region} result={result} onClose={() => setResult(null)} />}
    </details>
  );
}

type PasteOutcome = FollowedList & { added: number };

interface ResultProps {
  region: Region;
  result: PasteOutcome;
  onClose(): void;
}

function Result({ region, result, onClose }: ResultProps) {
  const { added, units, unmatched, ambiguous, repaired, byName, followed } = result;
  const already = units.length - added;
  return (
    <div class="paste-result" role="status">
      <p>
        {counted(added, 'commune ajoutée', 'communes ajoutées')}
        {already > 0 ? `, ${counted(already, 'y était déjà', 'y étaient déjà')}` : ''}.
      </p>
      {repaired.length > 0 && (
        <p class="quiet">Zéro de tête rétabli&nbsp;: {repaired.join(', ')}.</p>
      )}
      <TakenByName region={region} taken={byName} />
      <FollowedCommunes region={region} followed={followed} />
      {unmatched.length > 0 && (
        <div class="notice notice-amber">
          <p>
            {counted(unmatched.length, 'texte sans commune', 'textes sans commune')} dans la
            région&nbsp;:
          </p>
          <ul>
            {unmatched.slice(0, 50).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {ambiguous.map((name) => (
        <div class="notice notice-amber" key={name.text}>
          <p>
            «&nbsp;{name.text}&nbsp;»{' '}
            {name.units.length > 1
              ? 'peut être plusieurs communes\u00a0: laquelle\u00a0?'
              : 'a un code et un nom qui ne vont pas ensemble\u00a0: est-ce bien cette commune\u00a0?'}
          </p>
          <p class="button-row">
            {name.units.map((unit) => (
              <button
                key={region.code[unit]}
                type="button"
                class="button small"
                onClick={() => addUnits([unit])}
              >
                {region.code[unit]} {region.name[unit]}
              </button>
            ))}
          </p>
        </div>
      ))}
      <button type="button" class="button small" onClick={onClose}>
        Fermer ce compte rendu
      </button>
    </div>
  );
}
