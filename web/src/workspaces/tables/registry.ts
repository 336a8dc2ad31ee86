import type { ReadonlySignal } from '@preact/signals';
import { changeTable } from '../analyse/compare/table.ts';
import { sideTable } from '../analyse/compare-runs/table.ts';
import { communeTable } from './communes.ts';
import { cptsTable } from './cpts.ts';
import type { DrawerTable } from './drawer-table.ts';
import { poleTable } from './poles.ts';
import { runTable } from './runs.ts';
import { territoryTable } from './territories.ts';

export type TableName =
  | 'communes'
  | 'poles'
  | 'territories'
  | 'runs'
  | 'cpts'
  | 'changes'
  | 'sides';

// biome-ignore lint/suspicious/noExplicitAny: tables of different rows behind one name each
export const drawerTables: Record<TableName, ReadonlySignal<DrawerTable<any>>> = {
  communes: communeTable,
  poles: poleTable,
  territories: territoryTable,
  runs: runTable,
  cpts: cptsTable,
  changes: changeTable,
  sides: sideTable,
};
