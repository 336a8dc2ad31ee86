import type { ProposalComparison } from '../../../../../server/contracts/proposal-comparisons.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { sideNames } from './side-names.ts';

type Pair = ProposalComparison['territories'][number];

/** Which territory of one run is held against which of the other, and those that are left. */
export function Counterparts({ changes }: { changes: ProposalComparison }) {
  const { here, there, numbered } = sideNames.value;
  const name = ({ territory, other }: Pair) =>
    territory === null ? there(other!) : here(territory);
  const alone = (side: 'territory' | 'other') =>
    changes.territories.filter(
      (pair) => pair[side === 'territory' ? 'other' : 'territory'] === null,
    );
  const pairs = changes.territories.filter(
    ({ territory, other }) => territory !== null && other !== null,
  );
  return (
    <>
      <p class="quiet">
        Chaque territoire est mis en regard d’un seul de l’autre proposition&nbsp;: d’abord les deux
        qui partagent le plus d’habitants, puis de même avec ceux qui restent. Une commune change de
        côté quand ses deux territoires ne sont pas en regard.
        {numbered &&
          ' Un numéro suit le nom de deux territoires qui s’appellent de même sans être en regard.'}
      </p>
      {(['territory', 'other'] as const).map((side) => {
        const left = alone(side);
        return (
          left.length > 0 && (
            <p key={side}>
              {counted(left.length, 'territoire', 'territoires')} de la nᵒ&nbsp;
              {side === 'territory' ? changes.run : changes.with} sans vis-à-vis&nbsp;:{' '}
              {left.map(name).join(', ')}.
            </p>
          )
        );
      })}
      <details>
        <summary>
          Territoires en regard <span class="quiet">{pairs.length}</span>
        </summary>
        <ul class="unit-list">
          {pairs.map((pair) => (
            <li key={pair.territory}>
              <span>
                {here(pair.territory!)} ↔ {there(pair.other!)}
              </span>
              <span class="figure">{formatInhabitants(pair.population)}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
