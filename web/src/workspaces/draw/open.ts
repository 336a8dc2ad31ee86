import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { frame } from '../../map/frame.ts';
import { go } from '../../state/address.ts';
import { announce } from '../../state/announce.ts';
import { openCpts } from '../../state/draft.ts';
import { boundsOf, type Region, unitsOf } from '../../state/region.ts';

/** Goes and draws the next version of a CPTS. */
export function editCpts(region: Region, cpts: Cpts): void {
  openCpts(cpts);
  go({ workspace: 'draw', selection: null });
  frame.bounds(boundsOf(region, unitsOf(region, cpts.units)));
  announce(`Espace Dessiner, CPTS «\u00a0${cpts.name}\u00a0».`);
}
