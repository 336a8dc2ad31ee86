/** A square of 0.1° whose south-west corner is given. */
export function square(lon: number, lat: number): { type: 'Polygon'; coordinates: number[][][] } {
  const [east, north] = [lon + 0.1, lat + 0.1];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [east, lat],
        [east, north],
        [lon, north],
        [lon, lat],
      ],
    ],
  };
}

/** A GeoJSON file of squares side by side, with the given properties. */
export function collection(...properties: Record<string, unknown>[]): string {
  const features = properties.map((property, index) => ({
    type: 'Feature',
    properties: property,
    geometry: square(1 + index / 10, 47),
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}
