import { selection } from '../../state/address.ts';
import { announce } from '../../state/announce.ts';

import { draftUnits, toggleUnit } from '../../state/draft.ts';
import { otherCpts } from '../../state/drawing/others.ts';
import { isPhone } from '../../state/panels.ts';
import type { Region } from '../../state/region.ts';
import type { WorkspaceDefinition } from '../registry.ts';
import { DrawDetail } from './detail.tsx';
import { DrawPanel } from './panel.tsx';
import { draftScene } from './scene.ts';

export const draw: WorkspaceDefinition = {
  leftLabel: 'Dessin',
  rightLabel: 'Territoire dessiné',
  Left: DrawPanel,
  Right: DrawDetail,
  scene(region) {
    const { open, members } = otherCpts.value;
    return draftScene(region, draftUnits.value, open, members, selection.value);
  },
  waiting: () => '',
  legend: () => ({
    title: 'Territoire dessiné',
    entries: [
      { sign: 'drawn', label: 'commune du dessin' },
      { sign: 'solid', label: 'CPTS reconnue' },
      { sign: 'dashed', label: 'CPTS pas encore reconnue' },
      { sign: 'hatch', label: 'aussi dans une autre CPTS' },
    ],
  }),
  fact(_region, unit) {
    const { open, members } = otherCpts.value;
    const held = open.filter((_, at) => members[at]?.includes(unit));
    const gesture = isPhone.value ? 'Toucher' : 'Cliquer';
    const here = `${gesture} pour ${draftUnits.value.has(unit) ? 'retirer' : 'ajouter'}`;
    return [...held.map(({ name }) => name), here].join(' · ');
  },
  onUnit: toggle,
  onMark() {},
};

function toggle(region: Region, unit: number): void {
  const isIn = toggleUnit(unit);
  announce(`${region.name[unit]} ${isIn ? 'ajoutée' : 'retirée'}.`);
}
