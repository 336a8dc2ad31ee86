import type { ApiFailure } from '../../api/client.ts';
import { statusLabels } from '../../french/labels.ts';
import { counted, formatInhabitants } from '../../french/numbers.ts';
import { unbroken } from '../../french/unbroken.ts';
import { FailureNotice } from '../../shell/notice.tsx';
import { select } from '../../state/address.ts';
import { conflictsIn } from '../../state/cpts.ts';
import { UnitList } from './unit-list.tsx';

/** A refused decision: for a conflict, which CPTS, which communes, how many inhabitants. */
export function DecisionFailure({ error }: { error: ApiFailure }) {
  const conflicts = conflictsIn(error);
  if (conflicts.length === 0) return <FailureNotice error={error} />;
  return (
    <div class="notice notice-error" role="alert">
      <p>{unbroken(error.message)}</p>
      {conflicts.map(({ cpts, units, population }) => (
        <section key={cpts.id}>
          <p>
            <button
              type="button"
              class="link"
              onClick={() => select({ kind: 'cpts', id: cpts.id })}
            >
              {cpts.name}
            </button>{' '}
            ({statusLabels[cpts.status].toLowerCase()}) tient déjà{' '}
            {counted(units.length, 'commune')}, {formatInhabitants(population)}
          </p>
          <UnitList title="Communes en conflit" units={units} most={12} />
        </section>
      ))}
    </div>
  );
}
