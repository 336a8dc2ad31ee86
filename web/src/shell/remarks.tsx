import { counted, formatCount } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';
import { dataset, flowFact } from '../state/analysis.ts';
import { dialog, isPhone } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { Dialog } from './dialog.tsx';

type Remark = Region['health']['region']['remarks'][number];

const kinds: Record<Remark['kind'], string> = {
  changed: 'Réparé',
  rejected: 'Laissé de côté',
  note: 'À savoir',
};

/** Opens the sources and what the loading has to say of them. */
export function RemarksButton({ region }: { region: Region }) {
  const { remarksTotal } = region.health.region;
  return (
    <button
      type="button"
      class="button small"
      aria-haspopup="dialog"
      title="D’où viennent les données ; ce que le chargement a réparé ou laissé de côté"
      onClick={(event) => {
        // Some browsers leave the focus elsewhere on a click: it must come back here.
        event.currentTarget.focus();
        dialog.value = 'remarks';
      }}
    >
      Sources
      {remarksTotal > 0 &&
        // A phone has room for the number alone; what it counts is still read out.
        (isPhone.value ? (
          <>
            {' '}
            · {formatCount(remarksTotal)}
            <span class="visually-hidden"> {remarksTotal > 1 ? 'remarques' : 'remarque'}</span>
          </>
        ) : (
          ` · ${counted(remarksTotal, 'remarque')}`
        ))}
    </button>
  );
}

/** Where the data come from, and what was repaired, left out or could not be fetched while the data were loaded. */
export function Remarks({ region }: { region: Region }) {
  const { remarks, remarksTotal, source, supplySource } = region.health.region;
  const shown = dataset.value;
  const more = remarksTotal - remarks.length;
  return (
    <Dialog name="remarks" title="Sources et remarques">
      <h3>Communes et contours</h3>
      <p>{unbroken(source)}</p>
      {shown && (
        <>
          <h3>
            Jeu de flux nᵒ {shown.id}&nbsp;: {shown.name}
          </h3>
          <p>
            {flowFact(shown)}. {unbroken(shown.provenance)}
          </p>
        </>
      )}
      {supplySource && !shown?.provenance.includes(supplySource.replace(/[.\s]+$/, '')) && (
        <>
          <h3>Dernière offre de soins chargée</h3>
          <p>{unbroken(supplySource)}</p>
        </>
      )}
      <h3>Remarques du chargement</h3>
      {remarks.length === 0 && <p class="quiet">Le chargement n’a rien à signaler.</p>}
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
