import type { SupplyFile, UnitFile, UnitRow } from '../../server/imports/rows.ts';

const COLUMNS = 8;
const ROWS = 6;
const SIDE = 0.1;
const WEST = 2;
const SOUTH = 47;

/** Code of the commune in a column and row, from the south-west: `45101` is column 1, row 0. */
export function codeAt(column: number, row: number): string {
  return `45${String(100 + row * COLUMNS + column).padStart(3, '0')}`;
}

/**
 * A region small enough to load in a second: a grid of 8 × 6 square communes, two departments
 * (the two eastern columns are 41), one town of 120,000 inhabitants above the ceiling at column 3,
 * row 2, and two smaller towns with specialists.
 */
export function smallRegion(): UnitFile {
  const units: UnitRow[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) units.push(square(column, row));
  }
  return {
    region: { code: '24', name: 'Centre-Val de Loire' },
    year: 2023,
    sourceKind: 'files',
    source: 'Damier d’essai',
    units,
    remarks: [],
  };
}

function square(column: number, row: number): UnitRow {
  const west = WEST + column * SIDE;
  const south = SOUTH + row * SIDE;
  const ring = [
    [west, south],
    [west + SIDE, south],
    [west + SIDE, south + SIDE],
    [west, south + SIDE],
    [west, south],
  ].map(([x = 0, y = 0]) => [round(x), round(y)]);
  return {
    code: codeAt(column, row),
    name: nameAt(column, row),
    department: column >= COLUMNS - 2 ? '41' : '45',
    region: '24',
    epci: `2000000${Math.floor(column / 2)}${Math.floor(row / 2)}`,
    population: populationAt(column, row),
    geometry: { type: 'Polygon', coordinates: [ring] },
    point: null,
  };
}

function nameAt(column: number, row: number): string {
  if (column === 3 && row === 2) return 'Orléans';
  if (column === 0 && row === 0) return 'L’Haÿ-les-Œillets';
  return `Saint-Éloi-${column}-${row}`;
}

function populationAt(column: number, row: number): number {
  if (column === 3 && row === 2) return 120_000;
  return 8000 + 500 * ((column * 7 + row * 3) % 5);
}

/** Specialists in three towns, dermatologists in two. */
export function smallSupply(): SupplyFile {
  const rows = [
    { unit: codeAt(3, 2), profession: 'cardiologie', count: 40 },
    { unit: codeAt(1, 4), profession: 'cardiologie', count: 6 },
    { unit: codeAt(6, 1), profession: 'cardiologie', count: 5 },
    { unit: codeAt(3, 2), profession: 'dermatologie', count: 20 },
    { unit: codeAt(6, 1), profession: 'dermatologie', count: 3 },
    { unit: codeAt(3, 2), profession: 'infirmier', count: 200 },
  ];
  return { source: 'Offre d’essai', rows, remarks: [] };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
