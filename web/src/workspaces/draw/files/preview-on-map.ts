import { effect, untracked } from '@preact/signals';
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { mainMap } from '../../../map/main-map.ts';
import type { Region } from '../../../state/region.ts';
import { candidate, leavePreview, previewed } from './preview.ts';

const HATCH = 'files-preview';
const OUTLINE = 'files-outline';

/**
 * Hatches what is previewed and draws its outline, over whatever the map shows: layers of its own,
 * taken away with the panel, so that no scene needs to know of them.
 */
export function showPreview(region: Region): () => void {
  let shown: ReadonlySet<number> = new Set();
  let prepared: MapLibreMap | null = null;
  const stop = effect(() => {
    const map = mainMap.value;
    const units = previewed.value ?? new Set<number>();
    const outline = candidate.value?.outline ?? null;
    if (!map || (units.size === 0 && outline === null && prepared !== map)) return;
    untracked(() => {
      if (prepared !== map) {
        addLayers(map);
        prepared = map;
        shown = new Set();
      }
      for (const unit of shown) if (!units.has(unit)) mark(map, region, unit, false);
      for (const unit of units) if (!shown.has(unit)) mark(map, region, unit, true);
      shown = units;
      map.getSource<GeoJSONSource>(OUTLINE)?.setData(collection(outline));
    });
  });
  return () => {
    stop();
    leavePreview();
    // The map may be gone already, with its page.
    if (!prepared || prepared !== mainMap.peek()) return;
    for (const unit of shown) mark(prepared, region, unit, false);
    for (const layer of [HATCH, OUTLINE]) if (prepared.getLayer(layer)) prepared.removeLayer(layer);
    if (prepared.getSource(OUTLINE)) prepared.removeSource(OUTLINE);
  };
}

function mark(map: MapLibreMap, { code }: Region, unit: number, preview: boolean): void {
  map.setFeatureState({ source: 'units', sourceLayer: 'units', id: code[unit]! }, { preview });
}

function addLayers(map: MapLibreMap): void {
  if (!map.hasImage(HATCH)) map.addImage(HATCH, hatch(), { pixelRatio: 2 });
  map.addSource(OUTLINE, { type: 'geojson', data: collection(null) });
  const above = 'borders-commune';
  map.addLayer(
    {
      id: HATCH,
      type: 'fill',
      source: 'units',
      'source-layer': 'units',
      paint: {
        'fill-pattern': HATCH,
        'fill-opacity': ['case', ['boolean', ['feature-state', 'preview'], false], 1, 0],
      },
    },
    above,
  );
  map.addLayer(
    {
      id: OUTLINE,
      type: 'line',
      source: OUTLINE,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#0b3b8c', 'line-width': 2, 'line-dasharray': [1, 2] },
    },
    'towns',
  );
}

function collection(geometry: unknown): FeatureCollection {
  const features = geometry === null ? [] : [{ type: 'Feature', properties: {}, geometry }];
  return { type: 'FeatureCollection', features } as FeatureCollection;
}

/** Blue stripes on pale blue, upright: neither the slanted hatch of conflicts nor the dots of what is held. */
function hatch(size = 16, stroke = 4) {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      data.set(x < stroke ? [23, 78, 166, 230] : [157, 188, 240, 110], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}
