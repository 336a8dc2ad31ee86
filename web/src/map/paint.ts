import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { Region } from '../state/region.ts';
import { arrowFeatures } from './arrows.ts';
import { townFilter } from './layers.ts';
import { edge, emptyScene, mark, markFeatures, type Scene } from './scene.ts';

/** Paints scenes on a map, touching only what differs from the one before. */
export function painter(map: MapLibreMap, region: Region): (scene: Scene) => void {
  let before = emptyScene(region, 'poles');
  return (scene) => {
    paintUnits(map, region, before, scene);
    paintEdges(map, region, before, scene);
    if (scene.labels !== before.labels) paintLabels(map, scene);
    if (scene.arrows !== before.arrows) {
      map.getSource<GeoJSONSource>('arrows')?.setData(arrowFeatures(scene.arrows));
    }
    before = scene;
  };
}

function paintUnits(map: MapLibreMap, region: Region, before: Scene, scene: Scene): void {
  for (let unit = 0; unit < region.count; unit++) {
    const bits = scene.marks[unit]!;
    if (scene.fills[unit] === before.fills[unit] && bits === before.marks[unit]) continue;
    map.setFeatureState(
      { source: 'units', sourceLayer: 'units', id: region.code[unit]! },
      {
        fill: scene.fills[unit],
        conflict: (bits & mark.conflict) !== 0,
        dimmed: (bits & mark.dimmed) !== 0,
        fragile: (bits & mark.fragile) !== 0,
        poleless: (bits & mark.poleless) !== 0,
        changed: (bits & mark.changed) !== 0,
        locked: (bits & mark.locked) !== 0,
      },
    );
  }
}

function paintEdges(map: MapLibreMap, { borders }: Region, before: Scene, scene: Scene): void {
  for (let line = 0; line < borders.id.length; line++) {
    const bits = scene.edges[line]!;
    if (bits === before.edges[line]) continue;
    map.setFeatureState(
      { source: 'borders', sourceLayer: 'borders', id: borders.id[line]! },
      {
        outline: (bits & edge.outline) !== 0,
        outOfBand: (bits & edge.outOfBand) !== 0,
        recognised: (bits & edge.recognised) !== 0,
        draft: (bits & edge.draft) !== 0,
        selected: (bits & edge.selected) !== 0,
      },
    );
  }
}

function paintLabels(map: MapLibreMap, scene: Scene): void {
  map.getSource<GeoJSONSource>('marks')?.setData(markFeatures(scene.labels));
  map.setFilter('towns', townFilter(scene.labels.map(({ code }) => code)));
}
