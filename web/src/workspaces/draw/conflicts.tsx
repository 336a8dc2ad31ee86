import { counted, formatInhabitants } from '../../french/numbers.ts';
import { sharedWith } from '../../state/cpts.ts';
import { draftUnits } from '../../state/draft.ts';
import { otherCpts } from '../../state/drawing/others.ts';
import type { Region } from '../../state/region.ts';

/** What the drawing shares with other CPTS, and whether that stands in the way. */
export function Conflicts({ region }: { region: Region }) {
  const shared = sharedWith(region, draftUnits.value, otherCpts.value.open);
  if (shared.length === 0) {
    return <p class="quiet">✓ Aucune commune n’est dans une autre CPTS.</p>;
  }
  return (
    <section class="notice notice-error">
      <h3>Communes déjà dans une autre CPTS</h3>
      <ul>
        {shared.map(({ cpts, units: common, population }) => (
          <li key={cpts.id}>
            <strong>{cpts.name}</strong> {cpts.recognised ? '(reconnue)' : '(pas encore reconnue)'}
            &nbsp;: {counted(common.length, 'commune')}, {formatInhabitants(population)}
            <span class="quiet"> — {nameSome(region, common)}</span>
          </li>
        ))}
      </ul>
      {shared.some(({ cpts }) => cpts.recognised) && (
        <p>
          Un brouillon peut chevaucher une CPTS&nbsp;; il ne pourra pas être reconnu tant que ces
          communes y sont.
        </p>
      )}
    </section>
  );
}

function nameSome(region: Region, units: readonly number[], most = 6): string {
  const names = units.slice(0, most).map((unit) => region.name[unit]);
  const rest = units.length - names.length;
  return names.join(', ') + (rest > 0 ? ` et ${counted(rest, 'autre')}` : '');
}
