import { select, selection } from '../../state/address.ts';
import { cptsList, cptsUnits, openCpts } from '../../state/cpts.ts';
import type { Region } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import { type ComparedVersions, comparedVersions } from '../../state/versions.ts';
import { versionFact, versionsLegend, versionsScene } from '../draw/versions/scene.ts';
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
    const versions = shownVersions();
    if (versions) return versionsScene(region, versions);
    return cptsScene(region, openCpts.value, cptsUnits.value, selection.value);
  },
  waiting: () =>
    cptsList.state.value.status === 'failed'
      ? 'Rien à afficher\u00a0: voir le message dans le panneau de gauche.'
      : 'Chargement des CPTS…',
  legend() {
    const versions = shownVersions();
    if (versions) return versionsLegend(versions);
    return {
      title: 'CPTS',
      entries: [
        { sign: 'solid', label: 'reconnue' },
        { sign: 'dashed', label: 'pas encore reconnue' },
        { sign: 'hatch', label: 'communes dans deux CPTS' },
      ],
    };
  },
  fact(region, unit) {
    const versions = shownVersions();
    if (versions) return versionFact(region.code[unit]!, versions);
    const names = holders(unit).map(({ name }) => name);
    return names.join(' · ') || 'Dans aucune CPTS ouverte';
  },
  onUnit(region: Region, unit: number) {
    // What is compared stays: a click elsewhere would close it.
    if (shownVersions()) return;
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

/** Two versions of the CPTS selected, while they are compared. */
function shownVersions(): ComparedVersions | null {
  const compared = readyValue(comparedVersions.state.value);
  const chosen = selection.value;
  return chosen?.kind === 'cpts' && chosen.id === compared?.cpts ? compared : null;
}

const holders = (unit: number) =>
  openCpts.value.filter((_, at) => cptsUnits.value[at]?.includes(unit));
