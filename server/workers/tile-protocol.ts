/** What the tile thread starts with: the units and borders of one vintage, as GeoJSON text. */
export interface TileLayers {
  units: {
    code: string;
    name: string;
    population: number;
    lon: number;
    lat: number;
    outline: string;
  }[];
  borders: { id: number; level: string; line: string }[];
}

export interface TileQuestion {
  id: number;
  z: number;
  x: number;
  y: number;
}

export interface TileAnswer {
  id: number;
  /** gzipped vector tile; null when nothing is there */
  tile: Uint8Array | null;
  failure?: string;
}

/** Beyond it the page enlarges the last tiles. */
export const MAX_TILE_ZOOM = 12;
