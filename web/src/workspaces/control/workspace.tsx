import { select, selection } from '../../state/address.ts';
import { cptsList, cptsUnits, openCpts } from '../../state/cpts.ts';
import type { Region } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import type { WorkspaceDefinition } from '../registry.ts';
import { ControlDetail } from './detail.tsx';
import { ControlPanel } from './panel.tsx';
import { cptsScene } from './scene.ts';

export const control: WorkspaceDefinition = {
  leftLabel: 'CPTS',
  rightLabel: 'Détail',
  Left: ControlPanel,
  Right: ControlDetail,
  scene(region) {
    if (readyValue(cptsList.state.value) === null) return null;
    return cptsScene(region, openCpts.value, cptsUnits.value, selection.value);
  },
  waiting: () =>
    cptsList.state.value.status === 'failed'
      ? 'Rien à afficher\u00a0: voir le message dans le panneau de gauche.'
      : 'Chargement des CPTS…',
  legend: () => ({
    title: 'CPTS',
    entries: [
      { sign: 'solid', label: 'reconnue' },
      { sign: 'dashed', label: 'pas encore reconnue' },
      { sign: 'hatch', label: 'communes dans deux CPTS' },
    ],
  }),
  fact: (_region, unit) =>
    holders(unit)
      .map(({ name }) => name)
      .join(' · ') || 'Dans aucune CPTS ouverte',
  onUnit(region: Region, unit: number) {
    const held = holders(unit);
    const [first, second] = held;
    if (first && second) {
      const [a, b] = [first.id, second.id].sort((p, q) => p - q) as [number, number];
      select({ kind: 'overlap', a, b });
    } else if (first) select({ kind: 'cpts', id: first.id });
    else select({ kind: 'unit', code: region.code[unit]! });
  },
  onMark() {},
};

const holders = (unit: number) =>
  openCpts.value.filter((_, at) => cptsUnits.value[at]?.includes(unit));
