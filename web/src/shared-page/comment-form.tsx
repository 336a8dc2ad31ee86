import { useEffect, useRef, useState } from 'preact/hooks';
import { CommuneCombobox } from '../shell/commune-combobox.tsx';
import { FailureNotice } from '../shell/notice.tsx';
import { select } from '../state/address.ts';
import { isPhone } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { commentAuthor, commentText, send, sendFailure, sending } from './store.ts';

const MOST = 1000;

interface Props {
  region: Region;
  token: string;
  /** commune that the comment is on; null: the whole */
  chosen: number | null;
}

/** What a holder of the link says, of a commune or of the whole. */
export function CommentForm({ region, token, chosen }: Props) {
  const [search, setSearch] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const text = commentText.value;
  useEffect(() => {
    // On a phone the map takes the tap, and the form is under the figures.
    if (chosen !== null && isPhone.peek()) form.current?.scrollIntoView({ block: 'start' });
  }, [chosen]);
  const choose = (unit: number | null) => {
    select(unit === null ? null : { kind: 'unit', code: region.code[unit]! });
    setSearch('');
  };
  return (
    <form
      class="card fields"
      aria-label="Donner un avis"
      ref={form}
      onSubmit={async (event) => {
        event.preventDefault();
        if (await send(token, chosen === null ? null : region.code[chosen]!)) {
          form.current?.querySelector('textarea')?.focus();
        }
      }}
    >
      <h2>Donner un avis</h2>
      <p role="status">
        Sur <strong>{chosen === null ? 'tout le territoire' : region.name[chosen]}</strong>
        {chosen !== null && (
          <>
            {' '}
            <button type="button" class="link" onClick={() => choose(null)}>
              plutôt sur tout le territoire
            </button>
          </>
        )}
      </p>
      <div class="search shared-search">
        <CommuneCombobox
          region={region}
          label="Avis sur une commune"
          placeholder="Choisir une commune, ici ou sur la carte"
          text={search}
          setText={setSearch}
          choose={choose}
        />
      </div>
      <label class="field">
        <span>Votre avis</span>
        <textarea
          class="input"
          rows={4}
          required
          maxLength={MOST}
          placeholder="Par exemple&nbsp;: nos patients vont plutôt à…"
          value={text}
          onInput={(event) => {
            commentText.value = event.currentTarget.value;
          }}
        />
      </label>
      {text.length > MOST - 200 && (
        <p class="quiet">
          {text.length} caractères sur {MOST}
        </p>
      )}
      <label class="field">
        <span>Votre nom, lu par tous ceux qui ont un lien (facultatif)</span>
        <input
          class="input"
          maxLength={80}
          autocomplete="name"
          value={commentAuthor.value}
          onInput={(event) => {
            commentAuthor.value = event.currentTarget.value;
          }}
        />
      </label>
      {sendFailure.value && <FailureNotice error={sendFailure.value} />}
      <button type="submit" class="button primary" disabled={sending.value || text.trim() === ''}>
        {sending.value ? 'Envoi…' : 'Envoyer l’avis'}
      </button>
    </form>
  );
}
