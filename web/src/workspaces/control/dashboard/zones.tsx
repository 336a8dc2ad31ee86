import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { frame } from '../../../map/frame.ts';
import { filter, go, selection } from '../../../state/address.ts';
import { coverage, selectedZone, type Zone } from '../../../state/control/coverage.ts';
import { boundsOf, type Region, unitOf, unitsOf } from '../../../state/region.ts';
import { readyValue } from '../../../state/resource.ts';
import { Fold } from './fold.tsx';

/** Ground that no CPTS holds, and who receives its patients. */
export function Zones({ region }: { region: Region }) {
  const { department } = filter.value;
  const zones = (readyValue(coverage.state.value)?.zones ?? []).filter(
    ({ departments }) => department === null || departments.includes(department),
  );
  return (
    <Fold
      title="Zones blanches"
      items={zones}
      empty="✓ Toutes les communes sont dans une CPTS ouverte."
    >
      {(zone) => (
        <li key={zone.units[0]}>
          <button
            type="button"
            class="item"
            aria-pressed={selection.value?.kind === 'zone' && selectedZone.value === zone}
            onClick={() => selectZone(region, zone)}
          >
            <span class="item-title">
              <span aria-hidden="true">◦ </span>
              {zoneName(region, zone)}
            </span>
            <span class="item-line figure">
              <span>{counted(zone.units.length, 'commune')}</span>
              <span>{formatInhabitants(zone.population)}</span>
              {zone.receiver && <span>patients vers {zone.receiver.cpts.name}</span>}
            </span>
          </button>
        </li>
      )}
    </Fold>
  );
}

/** After its most populated commune. */
export function zoneName(region: Region, zone: Zone): string {
  let largest: number | undefined;
  for (const code of zone.units) {
    const unit = unitOf(region, code);
    if (unit === undefined) continue;
    if (largest === undefined || region.population[unit]! > region.population[largest]!) {
      largest = unit;
    }
  }
  const name = largest === undefined ? zone.units[0]! : region.name[largest]!;
  return zone.units.length === 1 ? name : `Autour de ${name}`;
}

function selectZone(region: Region, zone: Zone): void {
  go({ workspace: 'control', selection: { kind: 'zone', code: zone.units[0]! } });
  frame.bounds(boundsOf(region, unitsOf(region, zone.units)));
}
