import { frenchDay } from '../../../../server/core/life/days.ts';
import type { LegendEntry } from '../../shell/legend.tsx';
import { isFiltered, uncoveredUnits } from '../../state/control/shown.ts';
import { dayShown } from '../../state/control/then.ts';
import { marksChanges } from './review/maps.ts';

/** What each sign of the map of CPTS means. */
export function cptsLegend(): { title: string; entries: LegendEntry[]; note?: string } {
  const entries: LegendEntry[] = [
    { sign: 'standing-recognised', label: 'reconnue (trait plein)' },
    { sign: 'standing-deposited', label: 'demandée (tirets, rayures)' },
    { sign: 'standing-draft', label: 'projet (pointillé, points)' },
    { sign: 'hatch', label: 'dans deux CPTS' },
  ];
  if (uncoveredUnits.value.length > 0) {
    entries.push({ sign: 'uncovered', label: 'zone blanche\u00a0: dans aucune' });
  }
  if (marksChanges()) entries.push({ sign: 'changed', label: 'ajoutée ou retirée' });
  const day = dayShown.value;
  return {
    title: day === null ? 'CPTS' : `CPTS au ${frenchDay(day)}`,
    entries,
    ...(isFiltered.value && { note: 'Filtres actifs\u00a0: d’autres CPTS ne sont pas montrées.' }),
  };
}
