import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { Region } from '../state/region.ts';
import { arrowFeatures } from './arrows.ts';
import { townFilter } from './label-layers.ts';
import { edge, emptyScene, mark, markFeatures, type Scene } from './scene.ts';

type Names = readonly (readonly [name: string, bit: number])[];
const markNames: Names = Object.entries(mark);
const edgeNames: Names = Object.entries(edge);

/** Layers that no scene of the first map has use for, by what calls for them. */
const hidden = {
  marks: [
    [mark.conflict, 'units-conflict'],
    [mark.poleless, 'units-poleless'],
    [mark.fragile, 'units-fragile'],
    [mark.changed, 'units-changed'],
    [mark.locked, 'units-locked'],
    [mark.deposited, 'units-deposited'],
    [mark.uncovered, 'units-uncovered'],
  ],
  edges: [
    [edge.draft, 'borders-draft'],
    [edge.dotted, 'borders-dotted'],
  ],
} as const;

/** What comes and goes in a view under the pointer, where a layer must not be laid out first. */
const expected: Partial<Record<Scene['view'], { marks: number; edges: number }>> = {
  draft: { marks: mark.conflict | mark.locked, edges: edge.draft },
  cpts: { marks: mark.conflict, edges: edge.draft },
};

/** Paints scenes on a map, touching only what differs from the one before. */
export function painter(map: MapLibreMap, region: Region): (scene: Scene) => void {
  let before = emptyScene(region, 'poles');
  const { code, borders } = region;
  return (scene) => {
    const seen = { marks: 0, edges: 0, ...expected[scene.view] };
    for (let unit = 0; unit < region.count; unit++) {
      const bits = scene.marks[unit]!;
      const changed = bits ^ before.marks[unit]!;
      const fill = scene.fills[unit]!;
      if (fill === before.fills[unit] && changed === 0) continue;
      seen.marks |= bits;
      map.setFeatureState(
        { source: 'units', sourceLayer: 'units', id: code[unit]! },
        { fill, ...stateOf(markNames, bits, changed) },
      );
    }
    for (let line = 0; line < borders.id.length; line++) {
      const bits = scene.edges[line]!;
      const changed = bits ^ before.edges[line]!;
      if (changed === 0) continue;
      seen.edges |= bits;
      map.setFeatureState(
        { source: 'units', sourceLayer: 'borders', id: borders.id[line]! },
        stateOf(edgeNames, bits, changed),
      );
    }
    reveal(map, seen);
    if (scene.labels !== before.labels) paintLabels(map, scene);
    if (scene.arrows !== before.arrows) {
      map.getSource<GeoJSONSource>('arrows')?.setData(arrowFeatures(scene.arrows));
    }
    before = scene;
  };
}

/** The names whose bit changed, true or false. */
function stateOf(names: Names, bits: number, changed: number): Record<string, boolean> {
  const state: Record<string, boolean> = {};
  for (const [name, bit] of names) if (changed & bit) state[name] = (bits & bit) !== 0;
  return state;
}

/**
 * Shows the layers of what a scene holds, which then stay: each is one more pass over every commune
 * of the map, at every frame.
 */
function reveal(map: MapLibreMap, seen: { marks: number; edges: number }): void {
  for (const kind of ['marks', 'edges'] as const) {
    for (const [bit, layer] of hidden[kind]) {
      if (!(seen[kind] & bit) || map.getLayoutProperty(layer, 'visibility') === 'visible') continue;
      map.setLayoutProperty(layer, 'visibility', 'visible');
    }
  }
}

function paintLabels(map: MapLibreMap, scene: Scene): void {
  map.getSource<GeoJSONSource>('marks')?.setData(markFeatures(scene.labels));
  map.setFilter('towns', townFilter(scene.labels.map(({ code }) => code)));
}
