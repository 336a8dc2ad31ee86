import { counted } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';
import { dialog } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { Dialog } from './dialog.tsx';

type Remark = Region['health']['region']['remarks'][number];

const kinds: Record<Remark['kind'], string> = {
  changed: 'Réparé',
  rejected: 'Laissé de côté',
  note: 'À savoir',
};

/** How many things the loading has to say; nothing when it has none. */
export function RemarksButton({ region }: { region: Region }) {
  const { remarksTotal } = region.health.region;
  if (remarksTotal === 0) return null;
  return (
    <button
      type="button"
      class="button small"
      aria-haspopup="dialog"
      title="Ce que le chargement a réparé, laissé de côté ou n’a pas pu obtenir"
      onClick={(event) => {
        // Some browsers leave the focus elsewhere on a click: it must come back here.
        event.currentTarget.focus();
        dialog.value = 'remarks';
      }}
    >
      {counted(remarksTotal, 'remarque')}
    </button>
  );
}

/** What was repaired, left out or could not be fetched while the data were loaded. */
export function Remarks({ region }: { region: Region }) {
  const { remarks, remarksTotal } = region.health.region;
  const more = remarksTotal - remarks.length;
  return (
    <Dialog name="remarks" title="Remarques du chargement">
      <ul class="remarks">
        {remarks.map(({ kind, message, where }, at) => (
          <li key={at} class={`remark remark-${kind}`}>
            <p>
              <strong>{kinds[kind]}.</strong> {unbroken(message)}
            </p>
            {where && <p class="quiet figure">{where}</p>}
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p class="quiet">
          et {counted(more, 'autre remarque', 'autres remarques')}, que la page ne reçoit pas.
        </p>
      )}
    </Dialog>
  );
}
