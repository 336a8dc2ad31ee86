import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { counted } from '../../french/numbers.ts';
import { region } from '../../state/analysis.ts';
import type { HeldTwice } from '../../state/improvement.ts';
import { can, mayEdit } from '../../state/people.ts';
import { nameOf } from '../../state/region.ts';
import { editCpts } from '../draw/open.ts';

/** Most communes named. */
const MOST = 3;

/** Two CPTS to hold share communes: which, and the way to take them out of one. */
export function HeldTwiceNotice({ pair: { one, other, units } }: { pair: HeldTwice }) {
  const loaded = region.value;
  const names = units.slice(0, MOST).map((code) => (loaded && nameOf(loaded, code)) ?? code);
  const more = units.length - names.length;
  const many = units.length > 1;
  return (
    <div class="notice notice-error" role="alert">
      <p>
        «&nbsp;{one.name}&nbsp;» et «&nbsp;{other.name}&nbsp;» ne peuvent pas être tenues toutes
        deux&nbsp;: {names.join(', ')}
        {more > 0 && ` et ${counted(more, 'autre')}`} {many ? 'sont' : 'est'} dans l’une et dans
        l’autre. Retirez-{many ? 'les' : 'la'} de l’une des deux, ou décochez-en une.
      </p>
      <p class="button-row">
        <Open cpts={one} />
        <Open cpts={other} />
      </p>
    </div>
  );
}

function Open({ cpts }: { cpts: Cpts }) {
  if (!region.value || !can('draw') || !mayEdit(cpts) || cpts.recognised) return null;
  return (
    <button type="button" class="button small" onClick={() => editCpts(region.value!, cpts)}>
      Modifier «&nbsp;{cpts.name}&nbsp;»
    </button>
  );
}
