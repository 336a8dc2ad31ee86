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
  let hovered: number | null = null;
  const unitAt = (event: MapMouseEvent) => {
    const [feature] = map.queryRenderedFeatures(event.point, { layers: ['units-fill'] });
    return region.indexOf.get(String(feature?.properties.code ?? '')) ?? null;
  };
  const hover = (unit: number | null) => {
    if (unit === hovered) return;
    for (const [which, on] of [
      [hovered, false],
      [unit, true],
    ] as const) {
      if (which === null) continue;
      const id = region.code[which]!;
      map.setFeatureState({ source: 'units', sourceLayer: 'units', id }, { hover: on });
    }
    hovered = unit;
    map.getCanvas().style.cursor = unit === null ? '' : 'pointer';
  };
  const onMove = (event: MapMouseEvent) => {
    const unit = unitAt(event);
    hover(unit);
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
    hover(null);
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
