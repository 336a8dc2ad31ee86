import type { ExportedTerritory } from './territory.ts';

/** One row a commune; with several territories, or where asked, the territory first. */
export function communesTable(territories: readonly Omit<ExportedTerritory, 'outline'>[]): {
  header: string[];
  rows: (string | number)[][];
} {
  const own = ['code', 'nom', 'population'];
  const [only] = territories;
  if (only && territories.length === 1) {
    return {
      header: own,
      rows: only.units.map(({ code, name, population }) => [code, name, population]),
    };
  }
  return {
    header: ['cpts', 'statut', ...own],
    rows: territories.flatMap((one) =>
      one.units.map(({ code, name, population }) => [one.name, one.status, code, name, population]),
    ),
  };
}
