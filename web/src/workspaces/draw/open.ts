import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { frame } from '../../map/frame.ts';
import { go } from '../../state/address.ts';
import { announce } from '../../state/announce.ts';
import { draftName, nameDraft, openCpts, openNew, replaceUnits } from '../../state/draft.ts';
import { boundsOf, type Region, unitsOf } from '../../state/region.ts';

/** Goes and draws the next version of a CPTS. */
export function editCpts(region: Region, cpts: Cpts): void {
  openCpts(cpts);
  show(region, cpts);
  announce(`Espace Dessiner, CPTS «\u00a0${cpts.name}\u00a0».`);
}

/** Goes and draws a new CPTS from the territory of one, in a gesture that can be undone. */
export function drawFrom(region: Region, cpts: Cpts): void {
  openNew();
  replaceUnits(unitsOf(region, cpts.units), 'cpts');
  if (draftName.peek().trim() === '') nameDraft(`${cpts.name.slice(0, 100)} (variante)`);
  show(region, cpts);
  announce(`Espace Dessiner, nouvelle CPTS sur le territoire de «\u00a0${cpts.name}\u00a0».`);
}

function show(region: Region, cpts: Cpts): void {
  go({ workspace: 'draw', selection: null });
  frame.bounds(boundsOf(region, unitsOf(region, cpts.units)));
}
