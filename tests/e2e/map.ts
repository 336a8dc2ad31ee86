import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    maillageMap?: MapLibreMap;
  }
}

/** Waits until the map has drawn a view. */
export async function drawn(
  page: Page,
  view: 'poles' | 'proposal' | 'cpts' | 'draft',
): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.documentElement.dataset.mapReady === wanted,
    view,
    { timeout: 60_000 },
  );
}

/** Clicks the map where a commune is. */
export async function clickCommune(page: Page, point: [number, number]): Promise<void> {
  const { x, y } = await pixelOf(page, point);
  await page.mouse.click(x, y);
}

/** Where a place of the map is in the window. */
export async function pixelOf(page: Page, point: [number, number]) {
  return page.evaluate((lonLat) => {
    const map = window.maillageMap;
    if (!map) throw new Error('there is no map');
    const at = map.project(lonLat);
    const frame = map.getCanvas().getBoundingClientRect();
    return { x: frame.left + at.x, y: frame.top + at.y };
  }, point);
}

/** Brings a place to the middle of the map, close enough to click small communes. */
export async function lookAt(page: Page, center: [number, number], zoom: number): Promise<void> {
  await page.evaluate(
    (view) =>
      new Promise<void>((resolve) => {
        window.maillageMap?.once('idle', () => resolve());
        window.maillageMap?.jumpTo(view);
      }),
    { center, zoom },
  );
}

/** Codes of the communes the map draws with a sign: that of a conflict when none is named. */
export async function hatched(
  page: Page,
  sign: 'conflict' | 'fragile' | 'poleless' = 'conflict',
): Promise<string[]> {
  return page.evaluate((sign) => {
    const map = window.maillageMap;
    const features = map?.querySourceFeatures('units', { sourceLayer: 'units' }) ?? [];
    const codes = features
      .filter(
        ({ id }) =>
          map?.getFeatureState({ source: 'units', sourceLayer: 'units', id: id ?? '' })[sign],
      )
      .map(({ properties }) => String(properties.code));
    return [...new Set(codes)].sort();
  }, sign);
}
