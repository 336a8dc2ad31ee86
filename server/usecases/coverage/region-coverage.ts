import type { Kysely } from 'kysely';
import type { Coverage, CoverageQuery } from '../../contracts/coverage.ts';
import { heldStates, type Shares, sharesOf, summed } from '../../core/coverage/shares.ts';
import { uncoveredZones } from '../../core/coverage/zones.ts';
import { rounded } from '../../db/repositories/flows.ts';
import {
  type OpenTerritory,
  openTerritoryRepository,
} from '../../db/repositories/open-territories.ts';
import type { Schema } from '../../db/schema.ts';
import { chosenFlows } from '../flows-asked.ts';
import { refuseUnseen } from '../life/read-history.ts';
import { departmentsAt, type GroundOfRegion, regionGround, unitsAt } from '../region-ground.ts';
import { strikingTerritories } from './striking-territories.ts';
import { receivedZones } from './zones.ts';

/** An open CPTS with its units by index. */
export type PlacedCpts = Omit<OpenTerritory, 'units'> & { units: number[] };

/**
 * How open CPTS cover the region: shares by department, zones blanches with the CPTS that receives
 * most of their patients, territories that call for a look. On a past day, of the territories of then
 * with the inhabitants and the flows of today.
 *
 * @throws DomainError `unknown_dataset`, `unknown_specialty`, `invalid_day`
 */
export async function regionCoverage(
  db: Kysely<Schema>,
  { vintage, graph }: GroundOfRegion,
  { department, at, ...asked }: CoverageQuery,
): Promise<Coverage> {
  refuseUnseen(at);
  const region = regionGround(graph);
  const flows = await chosenFlows(db, vintage.id, asked);
  const held = await openTerritoryRepository(db).list(vintage.id, at);
  const open = held.map((cpts): PlacedCpts => ({ ...cpts, units: unitsAt(region, cpts.units) }));
  const state = heldStates(graph.units.code.length, open);
  const touches = ({ departments }: { departments: string[] }) =>
    department === undefined || departments.includes(department);
  const shares = sharesOf(
    state,
    region.departmentOf,
    region.departments.length,
    graph.units.population,
  );
  const departments = region.departments
    .map((code, k) => ({ code, shares: shares[k]! }))
    .filter(({ code }) => department === undefined || code === department);
  const zones = uncoveredZones(region.ground.adjacency, state, graph.units.population)
    .map((units) => ({ units, departments: departmentsAt(region, units) }))
    .filter(touches);
  return {
    ...flows.used,
    all: said(summed(departments.map((one) => one.shares))),
    departments: departments.map(({ code, shares }) => ({ code, ...said(shares) })),
    zones: await receivedZones(region, zones, open, flows),
    territories: (await strikingTerritories(region, open, state)).filter(touches),
  };
}

function said({ units, population }: Shares) {
  const [residents, ground] = [sum(population), sum(units)];
  const held = (at: 0 | 1 | 2) => ({
    units: units[at],
    population: population[at],
    share: residents > 0 ? rounded(population[at] / residents, 6) : null,
  });
  return {
    units: ground,
    population: residents,
    recognised: held(2),
    inProject: held(1),
    uncovered: held(0),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
