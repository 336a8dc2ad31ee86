import type { UnitExplanation } from '../../../../server/contracts/proposal-explanations.ts';
import { gains } from '../../../../server/core/proposal/gains.ts';
import { moveWeightLabels, obstacleLabels } from '../../french/labels.ts';
import { counted, formatCount, formatFixed } from '../../french/numbers.ts';
import { Loaded } from '../../shell/notice.tsx';
import { datasets } from '../../state/analysis.ts';
import { loadUnitExplanation, unitExplanation } from '../../state/explanations.ts';
import type { TerritoryMap } from '../../state/proposals.ts';
import { readyValue } from '../../state/resource.ts';
import { selectTerritory } from '../tables/territories.ts';
import { AskedLongAgo } from './best-possible.tsx';
import { forGood, KeepHere, MoveTo } from './placed-communes.tsx';

type Move = UnitExplanation['alternatives'][number];

/** What it would change to put a commune into a territory beside its own. */
export function CommuneMoves({ map, code }: { map: TerritoryMap; code: string }) {
  return (
    <section aria-label="Autres territoires possibles">
      <h3>Si elle changeait de territoire</h3>
      <Loaded
        state={unitExplanation.state.value}
        what="Calcul des déplacements possibles"
        retry={loadUnitExplanation}
      >
        {(told) =>
          told.code === code && told.run === map.proposal.id ? (
            <>
              {!told.asAsked && <AskedLongAgo what="ce calcul" />}
              {told.territory !== null && <KeepHere map={map} told={told} />}
              <Alternatives map={map} told={told} />
            </>
          ) : null
        }
      </Loaded>
    </section>
  );
}

function Alternatives({ map, told }: { map: TerritoryMap; told: UnitExplanation }) {
  const run = map.proposal.parameters.flowDataset;
  const used = readyValue(datasets.state.value)?.find(({ id }) => id === run);
  const modelled = used?.kind === 'modelled';
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
            <p>{gain(move, modelled)}</p>
            <p class="quiet">
              Il aurait {formatCount(move.populationTo)}&nbsp;habitants, et le sien{' '}
              {formatCount(move.populationFrom)}.
            </p>
            {move.obstacles.length > 0 && (
              <p class="amber">
                ⚠ Impossible&nbsp;: {move.obstacles.map((each) => obstacleLabels[each]).join(', ')}.
              </p>
            )}
            {move.obstacles.length === 0 && gains(move) && (
              <p class="quiet">{whyNotMade(move.outweighedBy)}</p>
            )}
            {target && !move.obstacles.some(forGood) && (
              <MoveTo
                map={map}
                code={told.code}
                target={target}
                barred={move.obstacles.length > 0}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Of a move that may be made and gains care. */
function whyNotMade(outweighedBy: Move['outweighedBy']): string {
  if (outweighedBy.length === 0) {
    return 'Possible et utile\u00a0: le calcul ne l’a pas trouvé, plus d’effort le peut.';
  }
  const names = outweighedBy.map((weight) => moveWeightLabels[weight]).join(' et ');
  return `Possible, mais ${names} ${outweighedBy.length > 1 || names.startsWith('les') ? 'pèsent' : 'pèse'} plus que ces soins dans cette proposition.`;
}

/**
 * « 120 patients par an de plus… (+0,020 point des flux) ». The model gives each resident a patient
 * a specialty: its figures are shares, not counts.
 */
function gain({ patients, inside }: Move, modelled: boolean): string {
  const count = Math.round(Math.abs(patients));
  if (!gains({ patients: Math.abs(patients) }))
    return 'Autant de soins gardés à l’intérieur des territoires.';
  const points = `${patients > 0 ? '+' : '−'}${formatFixed(Math.abs(inside) * 100, 3)}\u00a0point`;
  if (modelled) return `${points} des flux gardés à l’intérieur des territoires.`;
  const way = patients > 0 ? 'de plus' : 'de moins';
  return `${counted(count, 'patient par an', 'patients par an')} ${way} à l’intérieur des territoires (${points} des flux).`;
}
