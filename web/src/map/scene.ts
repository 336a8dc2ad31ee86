import type { FeatureCollection, Point } from 'geojson';
import type { Region } from '../state/region.ts';

/** What a border line is part of; bits, since a line may be several. */
export const edge = {
  /** between two groups */
  outline: 1,
  /** of a territory out of the band */
  outOfBand: 2,
  /** of a recognised CPTS */
  recognised: 4,
  /** of a CPTS not yet recognised; of the run that the one shown is compared with, alone */
  draft: 8,
  /** of what is selected */
  selected: 16,
  /** of a CPTS that asks for nothing yet, where it is told from one that does */
  dotted: 32,
} as const;

/** What a unit is marked with beside its colour. */
export const mark = {
  /** held by two CPTS */
  conflict: 1,
  /** outside what is selected */
  dimmed: 2,
  /** masked cells could change its pole */
  fragile: 4,
  /** its flows are known, but a threshold leaves it without a pole */
  poleless: 8,
  /** of another pole on the map beside it */
  changed: 16,
  /** no gesture changes it; in Contrôler, of a CPTS that asks for nothing yet */
  locked: 32,
  /** of a CPTS that asks for its territory */
  deposited: 64,
  /** held by no CPTS, and shown as such */
  uncovered: 128,
} as const;

export interface Mark {
  code: string;
  name: string;
  detail: string;
  /** circle radius in px; 0: a label alone */
  radius: number;
  colour: string;
  /** larger first where labels collide */
  rank: number;
  lon: number;
  lat: number;
}

export interface Arrow {
  from: [number, number];
  to: [number, number];
  patients: number;
  /** 0 is the largest */
  rank: number;
  /** where on the way its head is; 1, the end, when absent */
  headAt?: number;
}

/** All that the map shows of a workspace; `view` is what tests wait for. */
export interface Scene {
  view: 'poles' | 'proposal' | 'cpts' | 'draft';
  /** fill of each unit; null leaves the land */
  fills: (string | null)[];
  /** bits of `mark`, one byte a unit */
  marks: Uint8Array;
  /** bits of `edge`, one byte a border line */
  edges: Uint8Array;
  labels: Mark[];
  arrows: Arrow[];
}

export function emptyScene(region: Region, view: Scene['view']): Scene {
  return {
    view,
    fills: new Array(region.count).fill(null),
    marks: new Uint8Array(region.count),
    edges: new Uint8Array(region.borders.id.length),
    labels: [],
    arrows: [],
  };
}

/** Marks the lines between two groups, and those around the groups out of the band. */
export function outlineGroups(
  scene: Scene,
  { borders }: Region,
  group: Int32Array,
  outOfBand: (group: number) => boolean = () => false,
): void {
  for (let line = 0; line < borders.id.length; line++) {
    const a = group[borders.a[line]!]!;
    const b = borders.b[line]! < 0 ? -1 : group[borders.b[line]!]!;
    if (a === b) continue;
    scene.edges[line]! |= edge.outline;
    if ((a >= 0 && outOfBand(a)) || (b >= 0 && outOfBand(b))) {
      scene.edges[line]! |= edge.outOfBand;
    }
  }
}

/** Marks the lines around a set of units. */
export function outlineSet(
  scene: Scene,
  { borders, lines, count }: Region,
  units: Iterable<number>,
  bit: number,
): void {
  const inside = new Uint8Array(count);
  const members = [...units];
  for (const unit of members) inside[unit] = 1;
  for (const unit of members) {
    for (let at = lines.offsets[unit]!; at < lines.offsets[unit + 1]!; at++) {
      const line = lines.of[at]!;
      const other = borders.a[line] === unit ? borders.b[line]! : borders.a[line]!;
      if (other < 0 || inside[other] === 0) scene.edges[line]! |= bit;
    }
  }
}

/** Dims all but the given units. */
export function dimOthers(scene: Scene, units: Iterable<number>): void {
  scene.marks.forEach((bits, unit) => {
    scene.marks[unit] = bits | mark.dimmed;
  });
  for (const unit of units) scene.marks[unit]! &= ~mark.dimmed;
}

/** A name as the map has room for: the map breaks lines at spaces alone, and never cuts. */
function mapName(name: string): string {
  const cut = name.length > 60 ? `${name.slice(0, 59).trimEnd()}…` : name;
  return cut.replace(/\S{22}(?=\S)/g, '$&\u200b');
}

export function markFeatures(marks: readonly Mark[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: marks.map(({ lon, lat, ...properties }) => ({
      type: 'Feature',
      properties: { ...properties, name: mapName(properties.name) },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  };
}
