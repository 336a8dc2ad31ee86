import { edge, mark, type Scene } from '../../../map/scene.ts';
import type { LegendEntry } from '../../../shell/legend.tsx';
import { type Region, unitsOf } from '../../../state/region.ts';
import { readyValue } from '../../../state/resource.ts';
import { comparedRun, otherProposal, runComparison } from '../../../state/run-comparison.ts';

/** The sign of the communes that change side from one run to the other, and the borders of the other. */
export function withSides(scene: Scene, region: Region): Scene {
  const changes = comparedRun.value === null ? null : readyValue(runComparison.state.value);
  if (!changes) return scene;
  const codes = changes.communes.map(({ code }) => code);
  const marks = scene.marks.slice();
  for (const unit of unitsOf(region, codes)) marks[unit]! |= mark.changed;
  return { ...scene, marks, edges: withOtherBorders(scene.edges, region) };
}

/** Where the other run has a border and the one shown has none. */
function withOtherBorders(edges: Uint8Array, region: Region): Uint8Array {
  const other = readyValue(otherProposal.state.value);
  if (other?.id !== comparedRun.value) return edges;
  const group = new Int32Array(region.count).fill(-1);
  for (const { id, units } of other.territories) {
    for (const unit of unitsOf(region, units)) group[unit] = id;
  }
  const { a, b } = region.borders;
  return edges.map((bits, line) => {
    const beyond = b[line]! < 0 ? -1 : group[b[line]!]!;
    const drawn = (bits & (edge.outline | edge.outOfBand)) !== 0;
    return drawn || group[a[line]!] === beyond ? bits : bits | edge.draft;
  });
}

/** What the legend says of them. */
export function sidesLegend(): LegendEntry[] {
  return comparedRun.value === null
    ? []
    : [
        { sign: 'changed', label: 'la commune change de côté' },
        { sign: 'dashed', label: `limite de la proposition nᵒ\u00a0${comparedRun.value} seule` },
      ];
}
