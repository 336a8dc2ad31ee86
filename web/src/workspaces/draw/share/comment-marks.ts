import { Marker } from 'maplibre-gl';
import { useEffect } from 'preact/hooks';
import { counted } from '../../../french/numbers.ts';
import { mainMap } from '../../../map/main-map.ts';
import type { Region } from '../../../state/region.ts';

/** How many comments each unit has; those on the whole, or on a unit not loaded, have no place. */
export function countByUnit(
  region: Region,
  comments: readonly { unit: string | null }[],
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { unit } of comments) {
    const at = unit === null ? undefined : region.indexOf.get(unit);
    if (at !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return counts;
}

/** Numbered marks on the communes that were commented on, while the component is there. */
export function useCommentMarks(
  region: Region,
  comments: readonly { unit: string | null }[],
  choose: (unit: number) => void,
): void {
  const map = mainMap.value;
  const counts = countByUnit(region, comments);
  const key = JSON.stringify([...counts]);
  useEffect(() => {
    if (!map) return;
    const markers = [...counts].map(([unit, count]) => {
      const element = document.createElement('button');
      element.type = 'button';
      element.className = 'comment-mark';
      element.textContent = String(count);
      const name = `${region.name[unit]}\u00a0: ${counted(count, 'avis', 'avis')}`;
      element.title = name;
      element.setAttribute('aria-label', name);
      element.addEventListener('click', (event) => {
        // The map under it would take the click for one of its own.
        event.stopPropagation();
        choose(unit);
      });
      return new Marker({ element, anchor: 'bottom' })
        .setLngLat([region.lon[unit]!, region.lat[unit]!])
        .addTo(map);
    });
    return () => {
      for (const marker of markers) marker.remove();
    };
    // `key` stands for the counts.
  }, [map, region, key]);
}
