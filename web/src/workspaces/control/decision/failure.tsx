import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import type { ApiFailure } from '../../../api/client.ts';
import { statusInText } from '../../../french/labels.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { unbroken } from '../../../french/unbroken.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { select } from '../../../state/address.ts';
import { region } from '../../../state/analysis.ts';
import { edits } from '../../../state/control/rights.ts';
import { allOverlaps, conflictsIn } from '../../../state/cpts.ts';
import { editCpts } from '../../draw/open.ts';
import { UnitList } from './unit-list.tsx';

/** A refused decision: for a conflict, which CPTS, which communes, how many inhabitants; what to do. */
export function DecisionFailure({ error, cpts }: { error: ApiFailure; cpts: Cpts }) {
  const conflicts = conflictsIn(error);
  if (conflicts.length === 0) return <FailureNotice error={error} />;
  const loaded = region.value;
  return (
    <div class="notice notice-error" role="alert">
      <p>{unbroken(error.message)}</p>
      {conflicts.map(({ cpts: other, units, population }) => (
        <section key={other.id}>
          <p>
            <button
              type="button"
              class="link"
              onClick={() => select({ kind: 'cpts', id: other.id })}
            >
              {other.name}
            </button>{' '}
            ({statusInText(other.status)}) tient déjà {counted(units.length, 'commune')},{' '}
            {formatInhabitants(population)}
          </p>
          <UnitList title="Communes en conflit" units={units} most={12} />
          <Sharing cpts={cpts} other={other.id} />
        </section>
      ))}
      {loaded && edits(cpts) && (
        <button type="button" class="button" onClick={() => editCpts(loaded, cpts)}>
          Retirer ces communes dans Dessiner
        </button>
      )}
    </div>
  );
}

/** The way to share out what both hold, where the overlap is known. */
function Sharing({ cpts, other }: { cpts: Cpts; other: number }) {
  const [a, b] = [cpts.id, other].sort((p, q) => p - q) as [number, number];
  if (!allOverlaps.value.some((pair) => pair.a.id === a && pair.b.id === b)) return null;
  return (
    <button type="button" class="button" onClick={() => select({ kind: 'overlap', a, b })}>
      Voir comment les partager
    </button>
  );
}
