import type { Coverage } from '../../contracts/coverage.ts';
import { receiverAmong } from '../../core/coverage/receivers.ts';
import type { Sent } from '../../core/flows/sent.ts';
import { rounded } from '../../db/repositories/flows.ts';
import type { ChosenFlows } from '../flows-asked.ts';
import { codesAt, populationAt, type RegionGround } from '../region-ground.ts';
import type { PlacedCpts } from './region-coverage.ts';

interface Zone {
  units: number[];
  departments: string[];
}

/** Zones blanches with the CPTS that receives most of the patients of each. */
export async function receivedZones(
  region: RegionGround,
  zones: readonly Zone[],
  open: readonly PlacedCpts[],
  flows: ChosenFlows,
): Promise<Coverage['zones']> {
  if (zones.length === 0) return [];
  const codes = zones.map(({ units }) => codesAt(region, units));
  // Places of care: the open CPTS by index, then the zones.
  const care = [...open.map(({ units }) => codesAt(region, units)), ...codes];
  const sent = await flows.sent(codes, care);
  const worth = ({ patients, masked }: Sent) => patients + flows.used.masked * masked;
  return zones.map(({ units, departments }, zone) => {
    const to = sent.to[zone]!;
    const inside = to.get(open.length + zone);
    const toCpts = new Map([...to].filter(([target]) => target < open.length));
    const found = receiverAmong(toCpts, flows.used.masked);
    const patients = worth(sent.all[zone]!);
    const cpts = found.territory === null ? undefined : open[found.territory];
    const received = cpts ? worth(toCpts.get(found.territory!)!) : 0;
    return {
      units: codes[zone]!,
      population: populationAt(region, units),
      areaKm2: rounded(
        units.reduce((km2, unit) => km2 + region.graph.units.areaKm2[unit]!, 0),
        2,
      ),
      departments,
      patients: rounded(patients, 1),
      inside: rounded(inside ? worth(inside) : 0, 1),
      receiver: cpts
        ? {
            cpts: { id: cpts.id, name: cpts.name, status: cpts.status },
            patients: rounded(received, 1),
            share: rounded(received / patients, 6),
            tie: found.tie,
          }
        : null,
      flows: found.flows,
    };
  });
}
