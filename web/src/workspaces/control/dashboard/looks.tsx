import type { Coverage } from '../../../../../server/contracts/coverage.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { filter, selection } from '../../../state/address.ts';
import { coverage } from '../../../state/control/coverage.ts';
import { allCpts } from '../../../state/cpts.ts';
import { readyValue } from '../../../state/resource.ts';
import { selectCpts } from '../../tables/cpts.ts';
import { Fold } from './fold.tsx';

type Territory = Coverage['territories'][number];

/** Territories out of the band, in pieces, or around others. */
export function Looks() {
  const { department } = filter.value;
  const territories = (readyValue(coverage.state.value)?.territories ?? []).filter(
    ({ departments }) => department === null || departments.includes(department),
  );
  return (
    <Fold title="À regarder" items={territories}>
      {(territory) => (
        <li key={territory.cpts.id}>
          <button
            type="button"
            class="item"
            aria-pressed={
              selection.value?.kind === 'cpts' && selection.value.id === territory.cpts.id
            }
            onClick={() => {
              const cpts = allCpts.value.find(({ id }) => id === territory.cpts.id);
              if (cpts) selectCpts(cpts);
            }}
          >
            <span class="item-title">{territory.cpts.name}</span>
            {strikingFacts(territory).map((fact) => (
              <span key={fact} class="item-line amber-line">
                ⚠ {fact}
              </span>
            ))}
          </button>
        </li>
      )}
    </Fold>
  );
}

/** What is out of the ordinary in a territory, a sentence each. */
function strikingFacts({ band, population, pieces, encloses, uncoveredInside }: Territory) {
  const facts: string[] = [];
  if (band !== 'in') {
    facts.push(
      `${formatInhabitants(population)}, ${band === 'below' ? 'sous' : 'au-dessus de'} la fourchette`,
    );
  }
  if (pieces > 1) facts.push(`en ${counted(pieces, 'morceau', 'morceaux')}`);
  if (encloses.length > 0) facts.push(`entoure ${encloses.map(({ name }) => name).join(', ')}`);
  if (uncoveredInside.units.length > 0) {
    facts.push(
      `entoure ${counted(uncoveredInside.units.length, 'commune')} sans CPTS (${formatInhabitants(uncoveredInside.population)})`,
    );
  }
  return facts;
}
