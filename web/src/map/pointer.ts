import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import type { Region } from '../state/region.ts';

/** The unit under the pointer, and where, in px of the map. */
export interface Pointed {
  unit: number;
  x: number;
  y: number;
  /** in the right half of the map, where a card would leave it */
  atRight: boolean;
}

interface Handlers {
  unit(unit: number): void;
  mark(code: string): void;
  point(pointed: Pointed | null): void;
}

export function followPointer(map: MapLibreMap, region: Region, handlers: Handlers): () => void {
  const unitAt = (event: MapMouseEvent) => {
    const [feature] = map.queryRenderedFeatures(event.point, { layers: ['units-fill'] });
    return region.indexOf.get(String(feature?.properties.code ?? '')) ?? null;
  };
  const onMove = (event: MapMouseEvent) => {
    // A hand that draws or drags looks at what it does, and each frame counts.
    if (event.originalEvent.buttons !== 0) return onLeave();
    const unit = unitAt(event);
    map.getCanvas().style.cursor = unit === null ? '' : 'pointer';
    handlers.point(
      unit === null
        ? null
        : {
            unit,
            x: event.point.x,
            y: event.point.y,
            atRight: event.point.x > map.getContainer().clientWidth / 2,
          },
    );
  };
  const onLeave = () => {
    map.getCanvas().style.cursor = '';
    handlers.point(null);
  };
  const onClick = (event: MapMouseEvent) => {
    const [circle] = map.queryRenderedFeatures(event.point, { layers: ['mark-circles'] });
    const unit = unitAt(event);
    if (circle) handlers.mark(String(circle.properties.code));
    else if (unit !== null) handlers.unit(unit);
  };
  map.on('mousemove', onMove);
  map.on('mouseout', onLeave);
  map.on('movestart', onLeave);
  map.on('click', onClick);
  return () => {
    map.off('mousemove', onMove);
    map.off('mouseout', onLeave);
    map.off('movestart', onLeave);
    map.off('click', onClick);
  };
}

/** Shades and rings the unit pointed at, on this map or on the one beside it. */
export function ringPointed(
  map: MapLibreMap,
  region: Region,
  pointed: ReadonlySignal<Pointed | null>,
): () => void {
  let ringed: number | null = null;
  return effect(() => {
    const unit = pointed.value?.unit ?? null;
    if (unit === ringed) return;
    untracked(() => {
      if (ringed !== null) ring(map, region, ringed, false);
      if (unit !== null) ring(map, region, unit, true);
    });
    ringed = unit;
  });
}

function ring(map: MapLibreMap, region: Region, unit: number, hover: boolean): void {
  const { code, borders, lines } = region;
  const units = { source: 'units', sourceLayer: 'units' };
  map.setFeatureState({ ...units, id: code[unit]! }, { hover });
  const drawn = { source: 'units', sourceLayer: 'borders' };
  for (let at = lines.offsets[unit]!; at < lines.offsets[unit + 1]!; at++) {
    map.setFeatureState({ ...drawn, id: borders.id[lines.of[at]!]! }, { hover });
  }
}
