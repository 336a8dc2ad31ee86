import { computed, effect, untracked } from '@preact/signals';
import type { CommentCounts } from '../../../../server/contracts/sharing.ts';
import { fetchCommentCounts } from '../../api/control.ts';
import { workspace } from '../address.ts';
import { cptsList } from '../cpts.ts';
import { drawerOpen } from '../panels.ts';
import { readyValue, resource } from '../resource.ts';

const counts = resource<CommentCounts>();

/** Comments of each CPTS that has some, by its number. */
export const commentCounts = computed(
  () => new Map(readyValue(counts.state.value)?.items.map((one) => [one.cpts, one])),
);

/** Reads them again with each reading of the CPTS, while the table is open in Contrôler. */
export function followCommentCounts(): () => void {
  let read = 0;
  return effect(() => {
    if (!drawerOpen.value || workspace.value !== 'control') return;
    if (cptsList.state.value.status !== 'ready') return;
    const key = String(++read);
    untracked(() => void counts.show(key, fetchCommentCounts));
  });
}
