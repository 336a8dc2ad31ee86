import type { OverlapResolution } from '../../../../../server/contracts/overlaps.ts';
import { formatFixed, formatInhabitants } from '../../../french/numbers.ts';
import { frame } from '../../../map/frame.ts';
import { region } from '../../../state/analysis.ts';
import { give, receivers } from '../../../state/control/resolution.ts';
import { pointOf } from '../../../state/region.ts';

type SharedUnit = OverlapResolution['units'][number];

/** Each shared commune: its patients to A and to B, and a choice of who gets it. */
export function SharedUnits({ told }: { told: OverlapResolution }) {
  return (
    <ul class="shared-units">
      {told.units.map((unit) => (
        <li key={unit.code}>
          <p>
            <button type="button" class="link" onClick={() => show(unit.code)}>
              {unit.name}
            </button>{' '}
            <span class="quiet figure">{formatInhabitants(unit.population)}</span>
          </p>
          <Choice unit={unit} ids={[told.a.id, told.b.id]} />
          <p class="quiet">{whySaid(unit, told)}</p>
        </li>
      ))}
    </ul>
  );
}

function Choice({ unit, ids }: { unit: SharedUnit; ids: [number, number] }) {
  const to = receivers.value.get(unit.code);
  return (
    <fieldset class="give" aria-label={`${unit.name}, donnée à`}>
      {(['A', 'B'] as const).map((letter, at) => {
        const id = ids[at]!;
        const patients = letter === 'A' ? unit.toA : unit.toB;
        return (
          <label key={letter}>
            <input
              type="radio"
              name={`give-${unit.code}`}
              checked={to === id}
              onChange={() => give(unit.code, id)}
            />
            <span class="side-letter">{letter}</span>
            <span class="figure">{formatFixed(patients, 0)}&nbsp;pat.</span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Why it goes there unless chosen otherwise, where that is not simply the patients. */
function whySaid({ because, tie, flows, proposed }: SharedUnit, { a }: OverlapResolution) {
  const letter = proposed === a.id ? 'A' : 'B';
  const lead = tie ? 'autant de patients pour les deux\u00a0; ' : '';
  if (because === 'patients') {
    return flows === 'masked'
      ? `proposée à ${letter}\u00a0; des cellules masquées pourraient inverser ce choix`
      : null;
  }
  if (because === 'step') return `${lead}proposée à ${letter}, plus avancée`;
  if (because === 'border') return `${lead}proposée à ${letter}, limite commune plus longue`;
  return `${lead}proposée à ${letter}, plus ancienne`;
}

function show(code: string): void {
  const point = region.peek() && pointOf(region.peek()!, code);
  if (point) frame.point(...point);
}
