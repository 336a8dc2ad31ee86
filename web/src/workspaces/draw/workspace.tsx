import { computed } from '@preact/signals';
import { selection } from '../../state/address.ts';
import { region as loaded } from '../../state/analysis.ts';
import { announce } from '../../state/announce.ts';
import { draftUnits, lockedUnits, perform, settledUnits } from '../../state/draft.ts';
import { announceChange } from '../../state/drawing/gesture.ts';
import { held } from '../../state/drawing/locks.ts';
import { otherCpts } from '../../state/drawing/others.ts';
import { byEpci, grained, tool } from '../../state/drawing/tools.ts';
import { isPhone } from '../../state/panels.ts';
import type { Region } from '../../state/region.ts';
import type { WorkspaceDefinition } from '../registry.ts';
import { cutting } from './cut/store.ts';
import { DrawDetail } from './detail.tsx';
import { drawOnMap } from './gestures.ts';
import { DrawPanel } from './panel.tsx';
import { draftScene, drawingGroundScene } from './scene.ts';
import { toggleSelected } from './selected.ts';
import { onDrawKey } from './shortcuts.ts';

const under = computed(() => {
  const { open, members } = otherCpts.value;
  return loaded.value && drawingGroundScene(loaded.value, open, members, held.value);
});

export const draw: WorkspaceDefinition = {
  leftLabel: 'Dessin',
  rightLabel: 'Territoire dessiné',
  Left: DrawPanel,
  Right: DrawDetail,
  scene: (region) => {
    const chosen =
      selection.value?.kind === 'unit' ? region.indexOf.get(selection.value.code) : null;
    return under.value && draftScene(region, under.value, draftUnits.value, chosen ?? null);
  },
  waiting: () => '',
  legend: () => ({
    title: 'Dessin et CPTS',
    entries: [
      { sign: 'drawn', label: 'commune du dessin' },
      { sign: 'solid', label: 'CPTS reconnue' },
      { sign: 'dashed', label: 'CPTS pas encore reconnue' },
      { sign: 'hatch', label: 'aussi dans une autre CPTS' },
      { sign: 'locked', label: 'verrouillée' },
    ],
  }),
  fact(_region, unit) {
    if (cutting.value) {
      if (cutting.value.way !== 'drawn') return null;
      return `${isPhone.value ? 'Toucher' : 'Cliquer'} pour poser un point`;
    }
    const { open, members } = otherCpts.value;
    const names = open.filter((_, at) => members[at]?.includes(unit)).map(({ name }) => name);
    return [...names, gestureHint(unit)].filter(Boolean).join(' · ');
  },
  onUnit: toggle,
  onMark() {},
  attach: drawOnMap,
  onKey: onDrawKey,
  onEnter: toggleSelected,
};

function gestureHint(unit: number): string {
  if (lockedUnits.value.has(unit)) return 'Verrouillée';
  if (tool.value !== 'click') return draftUnits.value.has(unit) ? 'Dans le dessin' : '';
  const gesture = isPhone.value ? 'Toucher' : 'Cliquer';
  return `${gesture} pour ${draftUnits.value.has(unit) ? 'retirer' : 'ajouter'}`;
}

/** A click with the hand; with another tool the gesture has done its work already. */
function toggle(region: Region, unit: number): void {
  // While a cut is prepared, a click is a point of its line.
  if (tool.peek() !== 'click' || cutting.peek()) return;
  if (lockedUnits.peek().has(unit)) {
    announce(`${region.name[unit]} est verrouillée.`);
    return;
  }
  const adds = !settledUnits.peek().has(unit);
  if (byEpci.peek()) {
    const units = [...grained([unit])].filter((each) => each === unit || !held.peek().has(each));
    const size = perform(adds ? units : [], adds ? [] : units, 'epci');
    announceChange(size, adds);
    return;
  }
  perform(adds ? [unit] : [], adds ? [] : [unit], 'click');
  announce(`${region.name[unit]} ${adds ? 'ajoutée' : 'retirée'}.`);
}
