import { type Goal, goals, type Move } from '../../../../server/core/drawing/advice.ts';
import { counted, formatInhabitants, formatShare } from '../../french/numbers.ts';
import { advice, draftFigures, goal } from '../../state/drawing/figures.ts';
import type { Region } from '../../state/region.ts';
import { change } from './selected.ts';

const labels: Record<Goal, string> = {
  band: 'Fourchette',
  localisation: 'Soins sur place',
  contiguity: 'Continuité',
};

const titles: Record<Goal, string> = {
  band: 'Se rapprocher de la fourchette de population, ou y entrer',
  localisation: 'Garder plus de soins sur place, sans s’éloigner de la fourchette',
  contiguity: 'Réunir les morceaux, combler les trous',
};

const nothing: Record<Goal, string> = {
  band: 'La population est dans la fourchette, ou aucune commune seule ne l’en rapproche.',
  localisation: 'Aucune commune seule ne garderait plus de soins sur place.',
  contiguity: 'Aucune commune seule ne réunirait des morceaux ni ne comblerait un trou.',
};

/** The three single moves that help most, each a click, each undone as a gesture. */
export function Advice({ region }: { region: Region }) {
  const moves = advice.value;
  return (
    <section class="advice" aria-label="Conseils">
      <h3>Une commune de plus ou de moins</h3>
      <fieldset class="segmented wide" aria-label="But">
        {goals.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={goal.value === each}
            title={titles[each]}
            onClick={() => {
              goal.value = each;
            }}
          >
            {labels[each]}
          </button>
        ))}
      </fieldset>
      {moves.length === 0 && <p class="quiet">{nothing[goal.value]}</p>}
      <ul>
        {moves.map((move) => (
          <li key={move.unit}>
            <button
              type="button"
              class="button small"
              onClick={() => change([move.unit], move.adds, 'advice')}
            >
              {move.adds ? '+' : '−'} {region.name[move.unit]}
            </button>
            <span class="quiet">{effectOf(move)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the goal would become. */
function effectOf({ after }: Move): string {
  if (goal.value === 'band') return `→ ${formatInhabitants(after.population)}`;
  if (goal.value === 'localisation') {
    const gain = (after.li ?? 0) - (draftFigures.value?.li ?? 0);
    return `→ LI ${formatShare(after.li ?? 0)} (+${formatShare(Math.max(0, gain))})`;
  }
  const holes = after.holes > 0 ? `, ${counted(after.holes, 'trou')}` : '';
  return `→ ${counted(after.pieces, 'morceau', 'morceaux')}${holes}`;
}
