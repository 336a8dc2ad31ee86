import type { Map as MapLibreMap } from 'maplibre-gl';
import type { ComponentType } from 'preact';
import type { Scene } from '../map/scene.ts';
import type { PrintContent } from '../print/content.ts';
import type { LegendEntry } from '../shell/legend.tsx';
import type { Workspace } from '../state/address.ts';
import type { Region } from '../state/region.ts';
import { analyse } from './analyse/workspace.tsx';
import { control } from './control/workspace.tsx';
import { draw } from './draw/workspace.tsx';

/** What a user's job brings to the page: its panels, and what the map says and does for it. */
export interface WorkspaceDefinition {
  leftLabel: string;
  rightLabel: string;
  Left: ComponentType<{ region: Region }>;
  Right: ComponentType<{ region: Region }>;
  /** null while what it shows is not there */
  scene(region: Region): Scene | null;
  /** said over the map meanwhile */
  waiting(): string;
  legend(region: Region): { title: string; entries: LegendEntry[]; note?: string };
  /** main fact of a unit, for the card under the pointer */
  fact(region: Region, unit: number): string | null;
  onUnit(region: Region, unit: number): void;
  /** takes hold of the map while the workspace is shown; gives what lets it go */
  attach?(map: MapLibreMap, region: Region): () => void;
  /** a key pressed while nothing is typed; true when it was one of its own */
  onKey?(event: KeyboardEvent, region: Region): boolean;
  /** Enter, once more, on the commune that the search has chosen */
  onEnter?(region: Region): void;
  /** the pointer came over a unit, or left them */
  onPoint?(unit: number | null): void;
  /** a circle of the map was clicked */
  onMark(region: Region, code: string): void;
  /** a second map beside the first, moved with it; null while one is enough */
  second?(region: Region): SecondMap | null;
  /** what it puts on paper; null while that is not there */
  sheet?(region: Region): PrintContent | null;
}

export interface SecondMap {
  /** of the first map and of this one */
  titles: [string, string];
  scene: Scene | null;
  waiting: string;
  fact(unit: number): string | null;
  leave(): void;
}

const definitions: Record<Workspace, WorkspaceDefinition> = { analyse, draw, control };

export const workspaceOf = (workspace: Workspace): WorkspaceDefinition => definitions[workspace];
