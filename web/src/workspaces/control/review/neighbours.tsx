import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { statusLabels } from '../../../french/labels.ts';
import { counted, formatInhabitants, formatKm } from '../../../french/numbers.ts';
import { select } from '../../../state/address.ts';
import { openCpts, sharedWith } from '../../../state/cpts.ts';
import { type Region, unitsOf } from '../../../state/region.ts';
import { sharedBorders } from './shared-borders.ts';

interface Props {
  region: Region;
  cpts: Cpts;
  /** of the territory examined, by code */
  units: readonly string[];
}

/** Open CPTS that touch the territory examined, and what they hold of it. */
export function Neighbours({ region, cpts, units }: Props) {
  const others = openCpts.value.filter(({ id }) => id !== cpts.id);
  const own = new Set(unitsOf(region, units));
  const shared = new Map(sharedWith(region, own, others).map((one) => [one.cpts.id, one]));
  const metres = sharedBorders(
    region,
    own,
    others.map((other) => unitsOf(region, other.units)),
  );
  const around = others
    .map((other, at) => ({ other, metres: metres[at]!, held: shared.get(other.id) }))
    .filter((one) => one.metres > 0 || one.held)
    .sort(
      (p, q) =>
        (q.held?.population ?? -1) - (p.held?.population ?? -1) ||
        q.metres - p.metres ||
        p.other.id - q.other.id,
    );
  return (
    <section aria-labelledby="neighbours-title">
      <h3 id="neighbours-title">Voisines et chevauchements</h3>
      {around.length === 0 && <p class="quiet">Aucune CPTS ouverte ne la touche.</p>}
      <ul class="items">
        {around.map(({ other, metres: along, held }) => (
          <li key={other.id} class={held ? 'item conflict' : 'item'}>
            <button
              type="button"
              class="link"
              onClick={() => select({ kind: 'cpts', id: other.id })}
            >
              {other.name}
            </button>
            <span class="item-line figure">
              <span>{statusLabels[other.status]}</span>
              {along > 0 && <span>{formatKm(along / 1000)} de limite</span>}
            </span>
            {held && (
              <span class="conflict-text">
                ⚠ tient {counted(held.units.length, 'de ces communes', 'de ces communes')},{' '}
                {formatInhabitants(held.population)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
