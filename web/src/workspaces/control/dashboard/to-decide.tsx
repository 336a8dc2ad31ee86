import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { daysBetween, timeLeft } from '../../../french/days.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { filter, selection } from '../../../state/address.ts';
import { decidesOn } from '../../../state/control/rights.ts';
import { today } from '../../../state/control/then.ts';
import { allCpts } from '../../../state/cpts.ts';
import type { Region } from '../../../state/region.ts';
import { startReview } from '../review/open.ts';
import { Fold } from './fold.tsx';
import { waitingFirst, waitsFor } from './waits.ts';

/** What waits for a decision, what presses first. */
export function ToDecide({ region }: { region: Region }) {
  const { department } = filter.value;
  const waiting = waitingFirst(allCpts.value).filter(
    ({ departments }) => department === null || departments.includes(department),
  );
  return (
    <Fold
      title="À décider"
      items={waiting}
      most={6}
      empty="✓ Aucun territoire n’attend de décision."
    >
      {(cpts) => (
        <li key={cpts.id}>
          <button
            type="button"
            class="item waiting-item"
            aria-pressed={
              selection.value?.kind === 'cpts' &&
              selection.value.id === cpts.id &&
              selection.value.review === true
            }
            onClick={() => startReview(region, cpts)}
          >
            <span class="item-title">{cpts.name}</span>
            <span class="item-line figure">
              <span>{asked(cpts)}</span>
              <span>{formatInhabitants(cpts.population)}</span>
            </span>
            <span class="item-line">
              <Delay cpts={cpts} />
              {!decidesOn(cpts) && <span>revient à une autre ARS</span>}
            </span>
          </button>
        </li>
      )}
    </Fold>
  );
}

function asked(cpts: Cpts): string {
  switch (waitsFor(cpts)) {
    case 'version':
      return `version ${cpts.proposed} proposée`;
    case 'project':
      return 'projet de santé déposé';
    default:
      return 'territoire demandé';
  }
}

function Delay({ cpts }: { cpts: Cpts }) {
  const { deemedValidatedOn, since } = cpts;
  if (deemedValidatedOn) {
    const near = daysBetween(today(), deemedValidatedOn) <= 15;
    return (
      <strong class={near ? 'amber' : ''}>
        {near && '⚠ '}
        {timeLeft(today(), deemedValidatedOn)} avant validation d’office
      </strong>
    );
  }
  const days = daysBetween(since, today());
  if (waitsFor(cpts) === 'version') return null;
  return <span>{days === 0 ? 'depuis aujourd’hui' : `depuis ${counted(days, 'jour')}`}</span>;
}
