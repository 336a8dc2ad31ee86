import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { edge, mark, outlineSet, type Scene } from '../../../map/scene.ts';
import { select } from '../../../state/address.ts';
import { type Reviewed, review, reviewedCpts } from '../../../state/control/review.ts';
import { openCpts } from '../../../state/cpts.ts';
import { type Region, unitsOf } from '../../../state/region.ts';
import { readyValue } from '../../../state/resource.ts';
import type { SecondMap } from '../../registry.ts';
import { cptsScene } from '../scene.ts';

/** What is reviewed, once it is read. */
function shownReview(): { cpts: Cpts; told: Reviewed } | null {
  const [cpts, told] = [reviewedCpts.value, readyValue(review.state.value)];
  return cpts && told?.cpts === cpts.id ? { cpts, told } : null;
}

/**
 * The ground before the decision: with the territory in force, with the version before where a
 * project waits, without any where a first territory is asked for. Null while nothing is reviewed.
 */
export function reviewBefore(region: Region): Scene | null {
  const shown = shownReview();
  if (!shown) return null;
  const { cpts, told } = shown;
  const had = cpts.recognised ? (told.before ?? told.after) : null;
  return groundWith(region, cpts, had, told);
}

/** The second map: the ground if it is accepted. */
export function reviewSecond(region: Region): SecondMap | null {
  const cpts = reviewedCpts.value;
  if (!cpts) return null;
  const shown = shownReview();
  // A first territory that is recognised already: both maps would be the same.
  if (shown && cpts.recognised && !shown.told.told) return null;
  return {
    titles: titlesOf(cpts, shown?.told ?? null),
    scene:
      shown &&
      groundWith(
        region,
        { ...cpts, recognised: true, population: shown.told.version.figures.population },
        shown.told.after,
        shown.told,
      ),
    waiting: 'Lecture du dossier…',
    fact: (unit) => becomes(region.code[unit]!, shown?.told ?? null),
    leave: () => select({ kind: 'cpts', id: cpts.id }),
  };
}

function titlesOf(cpts: Cpts, told: Reviewed | null): [string, string] {
  if (!cpts.recognised) return ['Aujourd’hui, sans elle', 'Si le territoire est accepté'];
  const number = told?.version.number;
  if (cpts.proposed !== null) {
    return [`Version ${cpts.version}, en vigueur`, `Version ${number ?? cpts.proposed}, proposée`];
  }
  return [`Version ${told?.told?.before.number ?? ''}, avant`, `Version ${number ?? ''}, déposée`];
}

/** Every other open CPTS, with one territory of the CPTS reviewed; what changes bears crosses. */
function groundWith(
  region: Region,
  cpts: Cpts,
  territory: readonly string[] | null,
  { before, after }: Reviewed,
): Scene {
  const open = openCpts.value.filter(({ id }) => id !== cpts.id);
  if (territory) open.push({ ...cpts, units: [...territory] });
  const members = open.map(({ units }) => unitsOf(region, units));
  const held = new Set(members.flat());
  const uncovered = region.code.flatMap((_, unit) => (held.has(unit) ? [] : [unit]));
  const scene = cptsScene(region, open, members, null, { uncovered });
  if (before) {
    const [was, will] = [new Set(before), new Set(after)];
    const differing = [...before, ...after].filter((code) => was.has(code) !== will.has(code));
    for (const unit of unitsOf(region, differing)) scene.marks[unit]! |= mark.changed;
  }
  outlineSet(scene, region, unitsOf(region, territory ?? after), edge.selected);
  return scene;
}

/** What becomes of a commune. */
function becomes(code: string, told: Reviewed | null): string {
  if (!told) return '';
  const [was, will] = [told.before?.includes(code) ?? false, told.after.includes(code)];
  if (will) return was || !told.before ? 'dans ce territoire' : 'ajoutée';
  return was ? 'retirée' : 'hors de ce territoire';
}

/** What the crosses mean, for the legend. */
export const marksChanges = () => readyValue(review.state.value)?.told != null;
