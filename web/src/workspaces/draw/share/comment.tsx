import type { ComponentChildren } from 'preact';
import type { SharedComment } from '../../../../../server/contracts/sharing.ts';
import { formatDate } from '../../../french/numbers.ts';
import { frame } from '../../../map/frame.ts';
import type { Region } from '../../../state/region.ts';

interface Props {
  region: Region;
  comment: SharedComment;
  /** said beside the date, for the owner */
  from?: string;
  children?: ComponentChildren;
}

/** What somebody said, of what, and what was answered. */
export function CommentItem({ region, comment, from, children }: Props) {
  const { unit, author, text, at, answer, closedAt, version } = comment;
  return (
    <li class={closedAt ? 'item comment closed' : 'item comment'}>
      <span class="item-line">
        <strong>{author || 'Anonyme'}</strong>
        <span>{formatDate(at)}</span>
        {from && <span>{from}</span>}
        <span>version {version}</span>
        {closedAt && <span>✓ clos</span>}
      </span>
      <span>
        Sur <About region={region} unit={unit} />
      </span>
      <p class="plain-text">{text}</p>
      {answer && (
        <blockquote class="comment-answer">
          <p class="quiet">Réponse du porteur du projet, {formatDate(answer.at)}</p>
          <p class="plain-text">{answer.text}</p>
        </blockquote>
      )}
      {children}
    </li>
  );
}

function About({ region, unit }: { region: Region; unit: string | null }) {
  if (unit === null) return <>tout le territoire</>;
  const at = region.indexOf.get(unit);
  if (at === undefined) return <>la commune {unit}</>;
  return (
    <button
      type="button"
      class="link"
      title="Montrer sur la carte"
      onClick={() => frame.point(region.lon[at]!, region.lat[at]!)}
    >
      {region.name[at]}
    </button>
  );
}
