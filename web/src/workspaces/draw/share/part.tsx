import { useEffect, useState } from 'preact/hooks';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { counted } from '../../../french/numbers.ts';
import { FailureNotice, Loaded } from '../../../shell/notice.tsx';
import { can, mayEdit } from '../../../state/people.ts';
import type { Region } from '../../../state/region.ts';
import { readyValue } from '../../../state/resource.ts';
import {
  clearSharing,
  comments,
  links,
  loadSharing,
  openComments,
  refreshComments,
  sharingBusy,
  sharingFailure,
} from '../../../state/sharing.ts';
import { useCommentMarks } from './comment-marks.ts';
import { OwnComments } from './comments.tsx';
import { LinkList, NewLinkForm } from './links.tsx';

/** What others say of a CPTS, and the links by which they do. */
export function SharePart({ region, cpts }: { region: Region; cpts: Cpts }) {
  const [open, setOpen] = useState(false);
  /** unit whose mark was clicked: only what is said of it is listed */
  const [about, setAbout] = useState<number | null>(null);
  useEffect(() => {
    loadSharing(cpts.id);
    return clearSharing;
  }, [cpts.id]);
  useCommentMarks(region, openComments.value, (unit) => {
    setAbout(unit);
    setOpen(true);
  });
  const failure = sharingFailure.value?.cpts === cpts.id ? sharingFailure.value.error : null;
  const draws = can('draw') && mayEdit(cpts);
  const waiting = readyValue(comments.state.value)?.open ?? 0;
  return (
    <details
      class="card"
      aria-label="Partage et avis"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        Partage et avis{' '}
        {waiting > 0 && (
          <span class="comment-count">{counted(waiting, 'avis ouvert', 'avis ouverts')}</span>
        )}
      </summary>
      {open && (
        <div class="sharing">
          {failure && <FailureNotice error={failure} />}
          <section>
            <h3>Avis</h3>
            <Loaded state={comments.state.value} what="Avis">
              {({ items }) => (
                <>
                  {about !== null && (
                    <p>
                      Sur <strong>{region.name[about]}</strong> seulement.{' '}
                      <button type="button" class="link" onClick={() => setAbout(null)}>
                        Voir tous les avis
                      </button>
                    </p>
                  )}
                  <OwnComments
                    region={region}
                    cpts={cpts.id}
                    items={
                      about === null
                        ? items
                        : items.filter(({ unit }) => unit === region.code[about])
                    }
                  />
                </>
              )}
            </Loaded>
            <button
              type="button"
              class="button small"
              disabled={sharingBusy.value}
              onClick={() => void refreshComments(cpts.id)}
            >
              Relire les avis
            </button>
          </section>
          <section>
            <h3>Liens</h3>
            {cpts.status !== 'closed' && draws && <NewLinkForm cpts={cpts.id} />}
            <Loaded state={links.state.value} what="Liens">
              {(items) => <LinkList cpts={cpts.id} items={items} />}
            </Loaded>
          </section>
        </div>
      )}
    </details>
  );
}
