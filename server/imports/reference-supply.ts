import { readNumber } from './french-number.ts';
import { specialtyKeys } from './professions.ts';
import { referenceTable } from './reference-data.ts';
import { departmentOf, type Region, regionOfDepartment } from './regions.ts';
import type { SupplyFile, SupplyRow } from './rows.ts';

/** Communes above this many inhabitants share a region's specialists where nothing better is known. */
const townPopulation = 10_000;

interface Town {
  code: string;
  /** inhabitants */
  population: number;
}

/**
 * Specialists by commune without any file: for Centre-Val de Loire, the project's own table of its
 * towns; elsewhere an assumption, the national density shared among the towns by population.
 */
export function referenceSupply(
  region: Pick<Region, 'code' | 'name'>,
  units: readonly Town[],
): SupplyFile {
  return region.code === '24' ? centreValDeLoire(units) : assumed(units);
}

function centreValDeLoire(units: readonly Town[]): SupplyFile {
  const known = new Set(units.map(({ code }) => code));
  const { columns, rows } = referenceTable('specialists-centre-val-de-loire.csv');
  const missing: string[] = [];
  const supply: SupplyRow[] = [];
  for (const { cells } of rows) {
    const [unit = '', name = ''] = cells;
    if (!known.has(unit)) {
      missing.push(`${name} (${unit})`);
      continue;
    }
    for (const [index, profession] of columns.entries()) {
      const count = index < 2 ? 0 : (readNumber(cells[index]) ?? 0);
      if (count > 0) supply.push({ unit, profession, count });
    }
  }
  return {
    source:
      'Spécialistes des 43 villes de Centre-Val de Loire qui en ont au moins cinq (INSEE, BPE 2013, Licence Ouverte)',
    rows: supply,
    remarks:
      missing.length === 0
        ? []
        : [
            {
              kind: 'rejected',
              message: `Villes de la table de référence absentes des communes chargées : ${missing.join(', ')}.`,
            },
          ],
  };
}

function assumed(units: readonly Town[]): SupplyFile {
  const { rows } = referenceTable('specialist-density.csv');
  const density = new Map(rows.map(({ cells }) => [cells[0] ?? '', readNumber(cells[2]) ?? 0]));
  const supply: SupplyRow[] = [];
  for (const members of byRegion(units).values()) {
    const total = sum(members);
    const towns = townsOf(members);
    for (const profession of specialtyKeys()) {
      const specialists = Math.round(((density.get(profession) ?? 0) * total) / 100_000);
      supply.push(...share(specialists, towns, profession));
    }
  }
  return {
    source:
      'Offre supposée : densité nationale de spécialistes (INSEE, BPE 2013, Licence Ouverte) partagée entre les communes de plus de 10 000 habitants au prorata de leur population',
    rows: supply,
    remarks: [
      {
        kind: 'note',
        message:
          'L’offre de spécialistes est une supposition : importez une table BPE pour la remplacer.',
      },
    ],
  };
}

function byRegion(units: readonly Town[]): Map<string, Town[]> {
  const groups = new Map<string, Town[]>();
  for (const unit of units) {
    const region = regionOfDepartment(departmentOf(unit.code)) ?? '';
    const group = groups.get(region);
    if (group === undefined) groups.set(region, [unit]);
    else group.push(unit);
  }
  return groups;
}

/** Largest first; a region without any town has its largest commune for one. */
function townsOf(units: readonly Town[]): Town[] {
  const sorted = [...units].sort(
    (a, b) => b.population - a.population || (a.code < b.code ? -1 : 1),
  );
  const towns = sorted.filter(({ population }) => population > townPopulation);
  return towns.length > 0 ? towns : sorted.slice(0, 1);
}

function sum(units: readonly Town[]): number {
  return units.reduce((total, { population }) => total + population, 0);
}

/** Whole practitioners by population, the remainders to the largest fractions: the sum is exact. */
function share(count: number, towns: readonly Town[], profession: string): SupplyRow[] {
  const total = sum(towns);
  const parts = towns.map(({ code, population }) => {
    const exact = total === 0 ? count / towns.length : (count * population) / total;
    return { unit: code, whole: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  const left = count - parts.reduce((given, { whole }) => given + whole, 0);
  // Sorting is stable: equal remainders go to the larger town, then to the smaller code.
  const lucky = new Set([...parts].sort((a, b) => b.rest - a.rest).slice(0, left));
  return parts
    .map((part) => ({ unit: part.unit, profession, count: part.whole + (lucky.has(part) ? 1 : 0) }))
    .filter((row) => row.count > 0);
}
