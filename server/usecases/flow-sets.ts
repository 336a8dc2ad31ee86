import type { Kysely } from 'kysely';
import type { FlowSets, FlowSetsWanted } from '../contracts/flow-sets.ts';
import { apportion, type Divided } from '../core/flows/apportion.ts';
import { type FlowMatrix, flowMatrix } from '../core/flows/matrix.ts';
import { type SetExchange, type SetFlow, setExchanges } from '../core/flows/sets.ts';
import { divisionRepository } from '../db/repositories/divisions.ts';
import { flowSetRepository } from '../db/repositories/flow-sets.ts';
import { type FlowChoice, flowRepository, rounded } from '../db/repositories/flows.ts';
import { contentOf, vintageRepository } from '../db/repositories/vintages.ts';
import type { Schema } from '../db/schema.ts';

/** Flows of a region are kept in memory (a million rows: 12 MB); of more, SQL does the sums. */
const MOST_IN_MEMORY = 1_000_000;
/** Matrices kept of one database, the latest used last. */
const KEPT = 8;

interface KeptMatrix {
  matrix: FlowMatrix;
  index: Map<string, number>;
}

type Wanted = Pick<FlowSetsWanted, 'sets' | 'k'>;
type Measured = { sets: SetExchange[]; flows: SetFlow[] };

/**
 * Measures sets of units. The flows of a dataset never change once it is loaded, and its id is never
 * given again: the matrices last used stay in memory, and the sums take a millisecond. Of a divided
 * commune each part has its share of the flows, by population.
 */
export async function measureSets(
  db: Kysely<Schema>,
  choice: FlowChoice,
  named: Wanted,
): Promise<FlowSets> {
  const vintage = await vintageRepository(db).ofDataset(choice.dataset);
  const divided =
    vintage && vintage.revision > 0 ? await divisionRepository(db).shares(vintage.id) : [];
  const wanted = { ...named, sets: onLeaves(named.sets, divided) };
  const content = vintage ? contentOf(vintage) : '';
  const known = await matrixOf(db, choice, content, divided);
  const { sets, flows } = known
    ? inMemory(known, wanted)
    : await flowSetRepository(db).measure(choice, wanted, divided.length > 0 ? vintage!.id : null);
  return {
    ...choice,
    sets: sets.map((set, at) => described(set, wanted.sets[at]?.name ?? '')),
    flows: flows.map((flow) => ({ ...flow, patients: rounded(flow.patients, 1) })),
  };
}

/** A divided commune stands for all its parts. */
function onLeaves(sets: Wanted['sets'], divided: readonly Divided[]): Wanted['sets'] {
  if (divided.length === 0) return sets;
  const parts = new Map(divided.map((one) => [one.commune, one.leaves.map(({ code }) => code)]));
  return sets.map(({ name, units }) => ({
    name,
    units: units.flatMap((code) => parts.get(code) ?? [code]),
  }));
}

const keptOf = new WeakMap<Kysely<Schema>, Map<string, Promise<KeptMatrix | null>>>();

async function matrixOf(
  db: Kysely<Schema>,
  choice: FlowChoice,
  content: string,
  divided: readonly Divided[],
): Promise<KeptMatrix | null> {
  const kept = keptOf.get(db) ?? new Map<string, Promise<KeptMatrix | null>>();
  keptOf.set(db, kept);
  const key = `${content} ${choice.dataset} ${choice.specialty} ${choice.masked}`;
  const known = kept.get(key) ?? readMatrix(db, choice, divided);
  kept.delete(key);
  kept.set(key, known);
  // A failure is not kept: the next request asks the database again.
  known.catch(() => kept.delete(key));
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return known;
}

async function readMatrix(
  db: Kysely<Schema>,
  choice: FlowChoice,
  divided: readonly Divided[],
): Promise<KeptMatrix | null> {
  const flows = flowRepository(db);
  if ((await flows.count(choice.dataset)) > MOST_IN_MEMORY) return null;
  const byCommune = await flows.totals(choice.dataset, choice.specialty, choice.masked);
  const columns = apportion(byCommune, divided);
  const index = new Map<string, number>();
  const at = (code: string) => {
    const known = index.get(code) ?? index.size;
    index.set(code, known);
    return known;
  };
  const origins = columns.origin.map(at);
  const destinations = columns.destination.map(at);
  return { matrix: flowMatrix(index.size, origins, destinations, columns.patients), index };
}

/** A unit without any flow is in the count of units and changes nothing else. */
function inMemory({ matrix, index }: KeptMatrix, { sets, k }: Wanted): Measured {
  const known = sets.map(({ units }) =>
    units.flatMap((code) => {
      const unit = index.get(code);
      return unit === undefined ? [] : [unit];
    }),
  );
  const found = setExchanges(matrix, known, k);
  return {
    ...found,
    sets: found.sets.map((set, at) => ({ ...set, units: new Set(sets[at]?.units).size })),
  };
}

/** LI, MSI and the rest, of the sums; null where the divisor is 0. */
function described(
  { units, patients, treated, inside }: SetExchange,
  name: string,
): FlowSets['sets'][number] {
  const ratio = (part: number, whole: number) =>
    whole > 0 ? rounded(Math.min(1, part / whole), 6) : null;
  // A difference below a millionth of a patient is what summing in another order leaves.
  const outflow = patients - inside > 1e-6 ? patients - inside : 0;
  const inflow = treated - inside > 1e-6 ? treated - inside : 0;
  const li = ratio(inside, patients);
  const msi = ratio(inside, treated);
  return {
    name,
    units,
    patients: rounded(patients, 1),
    treated: rounded(treated, 1),
    inside: rounded(inside, 1),
    outflow: rounded(outflow, 1),
    inflow: rounded(inflow, 1),
    li,
    msi,
    leakage: li === null ? null : rounded(1 - li, 6),
    attractivity: msi === null ? null : rounded(1 - msi, 6),
    net: outflow > 0 ? rounded(inflow / outflow, 6) : null,
  };
}
