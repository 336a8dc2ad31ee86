import type { Health } from '../../server/contracts/health.ts';
import type { UnitGraph } from '../../server/contracts/units.ts';
import { makeRegion, type Region } from '../../web/src/state/region.ts';

const health: Health = {
  status: 'ok',
  version: '0.0.0',
  database: { engine: 'pglite', postgis: '3.6' },
  region: {
    code: '24',
    name: 'Essai',
    units: 0,
    population: 0,
    source: 'Carroyage d’essai.',
    sourceKind: 'schematic',
    supplySource: '',
    vintage: 'essai',
    remarks: [],
    remarksTotal: 0,
  },
  flowDataset: null,
};

const names = ['Olivet', 'Orléans', 'Saint-Hilaire', 'L’Haÿ-les-Roses', 'Saint-Hilaire', 'Ay'];

/** A grid of square communes, 1 000 inhabitants more from one to the next. */
export function gridRegion(columns: number, rows: number): Region {
  const count = columns * rows;
  const at = Array.from({ length: count }, (_, unit) => unit);
  const borders: UnitGraph['borders'] = { id: [], a: [], b: [], lengthM: [] };
  const add = (a: number, b: number) => {
    borders.id.push(borders.id.length + 1);
    borders.a.push(a);
    borders.b.push(b);
    borders.lengthM.push(1000);
  };
  for (const unit of at) {
    if (unit % columns < columns - 1) add(unit, unit + 1);
    if (unit + columns < count) add(unit, unit + columns);
  }
  return makeRegion(health, {
    vintage: 'essai',
    bbox: [0, 0, columns, rows],
    units: {
      code: at.map((unit) => String(1001 + unit).padStart(5, '0')),
      name: at.map((unit) => names[unit] ?? `Commune ${unit}`),
      population: at.map((unit) => 1000 * (unit + 1)),
      department: at.map((unit) => (unit === 4 ? '45' : '01')),
      epci: at.map(() => null),
      areaKm2: at.map(() => 1),
      lon: at.map((unit) => unit % columns),
      lat: at.map((unit) => Math.floor(unit / columns)),
    },
    borders,
    divisions: [],
  });
}
