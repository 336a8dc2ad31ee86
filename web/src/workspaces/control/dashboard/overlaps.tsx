import type { Overlap } from '../../../../../server/contracts/overlaps.ts';
import { severities, severityLabels } from '../../../../../server/core/overlap/severity.ts';
import { counted, formatInhabitants, formatKm2 } from '../../../french/numbers.ts';
import { filter, selection } from '../../../state/address.ts';
import { selectOverlap } from '../../tables/cpts.ts';
import { Fold } from './fold.tsx';

/** Pairs that share communes, the gravest first. */
export function Overlaps({ pairs }: { pairs: readonly Overlap[] }) {
  const { department } = filter.value;
  const kept = pairs.filter(
    ({ departments }) => department === null || departments.includes(department),
  );
  const ordered = severities.flatMap((severity) =>
    kept.filter((pair) => pair.severity === severity),
  );
  const chosen = selection.value;
  return (
    <Fold
      title="Chevauchements"
      items={ordered}
      empty="✓ Aucune commune n’est dans deux CPTS ouvertes à la fois."
    >
      {(pair) => (
        <li key={`${pair.a.id}-${pair.b.id}`}>
          <button
            type="button"
            class="item conflict"
            aria-pressed={
              chosen?.kind === 'overlap' && chosen.a === pair.a.id && chosen.b === pair.b.id
            }
            onClick={() => selectOverlap(pair)}
          >
            <span class="item-title">
              {pair.a.name} <span aria-hidden="true">∩</span>
              <span class="visually-hidden">et</span> {pair.b.name}
            </span>
            <span class="item-line figure">
              <span>{severityLabels[pair.severity].toLowerCase()}</span>
              <span>{counted(pair.units.length, 'commune')}</span>
              <span>{formatInhabitants(pair.population)}</span>
              <span>{formatKm2(pair.areaKm2)}</span>
            </span>
          </button>
        </li>
      )}
    </Fold>
  );
}
