import type { UnitExplanation } from '../../../../server/contracts/proposal-explanations.ts';
import { obstacleLabels } from '../../french/labels.ts';
import { counted, formatCount, formatFixed, formatInhabitants } from '../../french/numbers.ts';
import { Loaded } from '../../shell/notice.tsx';
import { loadUnitExplanation, unitExplanation } from '../../state/explanations.ts';
import type { TerritoryMap } from '../../state/proposals.ts';
import { selectTerritory } from '../tables/territories.ts';

/** What it would change to put a commune into a territory beside its own. */
export function CommuneMoves({ map, code }: { map: TerritoryMap; code: string }) {
  return (
    <section aria-label="Autres territoires possibles">
      <h3>S’il changeait de territoire</h3>
      <Loaded
        state={unitExplanation.state.value}
        what="Calcul des déplacements possibles"
        retry={loadUnitExplanation}
      >
        {(told) =>
          told.code === code && told.run === map.proposal.id ? (
            <Alternatives map={map} told={told} />
          ) : null
        }
      </Loaded>
    </section>
  );
}

function Alternatives({ map, told }: { map: TerritoryMap; told: UnitExplanation }) {
  if (told.territory === null) {
    return <p class="quiet">Cette commune est hors du périmètre de la proposition.</p>;
  }
  if (told.alternatives.length === 0) {
    return <p class="quiet">Elle ne touche aucun autre territoire.</p>;
  }
  return (
    <ul class="moves">
      {told.alternatives.map((move, rank) => {
        const target = map.proposal.territories.find(({ id }) => id === move.territory);
        return (
          <li key={move.territory}>
            <p>
              {target ? (
                <button type="button" class="link" onClick={() => selectTerritory(target)}>
                  {target.name}
                </button>
              ) : (
                `Territoire ${move.territory}`
              )}
              {rank === 0 && <span class="quiet"> · meilleure autre place</span>}
            </p>
            <p>{gain(move)}</p>
            <p class="quiet">
              Il aurait {formatInhabitants(move.populationTo)}, et le sien{' '}
              {formatInhabitants(move.populationFrom)}.
            </p>
            {move.obstacles.length > 0 && (
              <p class="amber">
                ⚠ Impossible&nbsp;: {move.obstacles.map((each) => obstacleLabels[each]).join(', ')}.
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** « 120 patients par an de plus à l’intérieur (+0,02 point) ». */
function gain({ patients, inside }: UnitExplanation['alternatives'][number]): string {
  const count = Math.round(Math.abs(patients));
  if (count === 0) return 'Autant de patients soignés dans leur territoire.';
  const sign = patients > 0 ? '+' : '−';
  const points = `${sign}${formatFixed(Math.abs(inside) * 100, 3)}\u00a0point`;
  const way = patients > 0 ? 'de plus' : 'de moins';
  const who =
    count < 1e6 ? counted(count, 'patient par an', 'patients par an') : formatCount(count);
  return `${who} ${way} soignés dans leur territoire (${points}).`;
}
