import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { frame } from '../../../map/frame.ts';
import { go } from '../../../state/address.ts';
import { announce } from '../../../state/announce.ts';
import { isPhone, setPanel } from '../../../state/panels.ts';
import { boundsOf, type Region, unitsOf } from '../../../state/region.ts';

/** Opens a territory that waits beside what it would change. */
export function startReview(region: Region, cpts: Cpts): void {
  go({ workspace: 'control', selection: { kind: 'cpts', id: cpts.id, review: true } });
  setPanel('right', true);
  const around = boundsOf(region, unitsOf(region, cpts.units), 0.06);
  // The second map takes half of the room first.
  if (!isPhone.peek()) setTimeout(() => frame.bounds(around), 400);
  announce(`Examen de «\u00a0${cpts.name}\u00a0».`);
}
