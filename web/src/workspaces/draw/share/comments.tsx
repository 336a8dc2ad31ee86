import { useState } from 'preact/hooks';
import type { TerritoryComment } from '../../../../../server/contracts/sharing.ts';
import { can, mayEdit } from '../../../state/people.ts';
import type { Region } from '../../../state/region.ts';
import { answer, closeComment, reopenComment, sharingBusy } from '../../../state/sharing.ts';
import { CommentItem } from './comment.tsx';

interface Props {
  region: Region;
  cpts: number;
  items: readonly TerritoryComment[];
}

/** Comments as the owner reads them: open ones first, each to answer and to close. */
export function OwnComments({ region, cpts, items }: Props) {
  if (items.length === 0) {
    return (
      <p class="quiet">
        Aucun avis&nbsp;: créez un lien d’avis et donnez-le à ceux que ce territoire concerne.
      </p>
    );
  }
  const ordered = [
    ...items.filter(({ closedAt }) => closedAt === null),
    ...items.filter(({ closedAt }) => closedAt !== null),
  ];
  return (
    <ul class="items">
      {ordered.map((comment) => (
        <CommentItem
          key={comment.id}
          region={region}
          comment={comment}
          {...(comment.link?.label && { from: comment.link.label })}
        >
          {can('draw') && mayEdit({ id: cpts }) && <Acts cpts={cpts} comment={comment} />}
        </CommentItem>
      ))}
    </ul>
  );
}

function Acts({ cpts, comment }: { cpts: number; comment: TerritoryComment }) {
  const [text, setText] = useState<string | null>(null);
  const busy = sharingBusy.value;
  if (text !== null) {
    return (
      <form
        class="fields"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await answer(cpts, comment.id, text)) setText(null);
        }}
      >
        <label class="field">
          <span>Réponse, lue par tous ceux qui ont un lien</span>
          <textarea
            class="input"
            rows={3}
            maxLength={1000}
            required
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="button-row">
          <button type="submit" class="button primary" disabled={busy || text.trim() === ''}>
            Publier la réponse
          </button>
          <button type="button" class="button" onClick={() => setText(null)}>
            Renoncer
          </button>
        </p>
      </form>
    );
  }
  return (
    <p class="button-row">
      <button
        type="button"
        class="button small"
        onClick={() => setText(comment.answer?.text ?? '')}
      >
        {comment.answer ? 'Changer la réponse' : 'Répondre'}
      </button>
      {comment.closedAt === null ? (
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => void closeComment(cpts, comment.id)}
        >
          Clore
        </button>
      ) : (
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => void reopenComment(cpts, comment.id)}
        >
          Rouvrir
        </button>
      )}
    </p>
  );
}
