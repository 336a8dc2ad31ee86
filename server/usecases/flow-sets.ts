import type { Kysely } from 'kysely';
import type { FlowSets, FlowSetsWanted } from '../contracts/flow-sets.ts';
import { apportion, type Divided } from '../core/flows/apportion.ts';
import { type FlowMatrix, flowMatrix } from '../core/flows/matrix.ts';
import { type SetExchange, type SetFlow, setExchanges } from '../core/flows/sets.ts';
import { divisionRepository } from '../db/repositories/divisions.ts';
import { flowSetRepository } from '../db/repositories/flow-sets.ts';
import { type FlowChoice, flowRepository, rounded } from '../db/repositories/flows.ts';
import { keepsInflows } from '../db/repositories/kept-inflows.ts';
import { contentOf, vintageRepository } from '../db/repositories/vintages.ts';
import type { Schema } from '../db/schema.ts';
import { Lulls } from './lulls.ts';

/**
 * Of so many rows, each some twenty flows, the flows are kept in memory (a region: 23,000 rows, 6 MB);
 * of more, SQL does the sums.
 */
const MOST_IN_MEMORY = 60_000;
/** Communes whose flows are read at once to begin with, then as many as such milliseconds read. */
const AT_ONCE = 20;
const SHORT_MS = 8;
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
  const ahead = aheadOf.get(db) ?? { kept: new Map<string, Reading>(), lulls: new Lulls() };
  aheadOf.set(db, ahead);
  const { kept, lulls } = ahead;
  const { vintage, divided, inflows } = await lulls.serve(async () => {
    const vintage = await vintageRepository(db).ofDataset(choice.dataset);
    const divided =
      vintage && vintage.revision > 0 ? await divisionRepository(db).shares(vintage.id) : [];
    return { vintage, divided, inflows: await keepsInflows(db, choice.dataset) };
  });
  const wanted = { ...named, sets: onLeaves(named.sets, divided) };
  const content = vintage ? contentOf(vintage) : '';
  const key = `${content} ${choice.dataset} ${choice.specialty} ${choice.masked}`;
  const reading = readingOf(kept, key);
  // While flows are read for the first time, SQL answers where it can without a look at each of them.
  const later = inflows && reading.read === undefined;
  const matrix = () => reading.matrix(() => readMatrix(db, choice, divided, later ? lulls : null));
  // Waited for outside of `serve`: a reading under way waits for those that are served.
  const known = later ? null : await matrix();
  const { sets, flows } = known
    ? inMemory(known, wanted)
    : await lulls.serve(() =>
        flowSetRepository(db).measure(
          choice,
          wanted,
          divided.length > 0 && vintage ? vintage.id : null,
        ),
      );
  // A failure is told to who asks next.
  if (later) matrix().catch(() => {});
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

/** A matrix that is read once, when it is first asked for. */
class Reading {
  /** what was read, null where it is too large to keep; undefined until it was */
  read: KeptMatrix | null | undefined;
  #under: Promise<KeptMatrix | null> | null = null;

  async matrix(begin: () => Promise<KeptMatrix | null>): Promise<KeptMatrix | null> {
    if (this.read !== undefined) return this.read;
    this.#under ??= begin();
    try {
      this.read = await this.#under;
      return this.read;
    } catch (cause) {
      // A failure is not kept: the next request asks the database again.
      this.#under = null;
      throw cause;
    }
  }
}

interface Ahead {
  /** matrices by vintage, dataset, specialty and count of masked cells, the latest used last */
  kept: Map<string, Reading>;
  lulls: Lulls;
}

const aheadOf = new WeakMap<Kysely<Schema>, Ahead>();

function readingOf(kept: Map<string, Reading>, key: string): Reading {
  const reading = kept.get(key) ?? new Reading();
  kept.delete(key);
  kept.set(key, reading);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return reading;
}

/**
 * In parts, between which the database answers others: the embedded one does one thing at a time.
 *
 * @param lulls waited for before each part; null where the request that is served waits for the flows
 */
async function readMatrix(
  db: Kysely<Schema>,
  { dataset, specialty, masked }: FlowChoice,
  divided: readonly Divided[],
  lulls: Lulls | null,
): Promise<KeptMatrix | null> {
  const flows = flowRepository(db);
  const { rows, communes } = await flows.origins(dataset);
  if (rows > MOST_IN_MEMORY) return null;
  const index = new Map<string, number>();
  const at = (code: string) => {
    const known = index.get(code) ?? index.size;
    index.set(code, known);
    return known;
  };
  const origins: number[] = [];
  const destinations: number[] = [];
  const patients: number[] = [];
  for (let start = 0, size = AT_ONCE; start < communes.length; ) {
    const of = communes.slice(start, start + size);
    const between = { first: of[0]!, last: of.at(-1)! };
    await lulls?.lull();
    const began = performance.now();
    const read = await flows.totals(dataset, specialty, masked, {}, between);
    start += of.length;
    const took = performance.now() - began;
    size = Math.ceil(size * Math.min(2, SHORT_MS / took));
    const columns = apportion(read, divided);
    for (const code of columns.origin) origins.push(at(code));
    for (const code of columns.destination) destinations.push(at(code));
    for (const people of columns.patients) patients.push(people);
  }
  // In the order of codes, whatever the parts were: sums are then the same to the last bit.
  const rank = new Int32Array(index.size);
  for (const [place, code] of [...index.keys()].sort().entries()) {
    rank[index.get(code)!] = place;
    index.set(code, place);
  }
  const ranked = (all: number[]) => Int32Array.from(all, (first) => rank[first]!);
  const matrix = flowMatrix(index.size, ranked(origins), ranked(destinations), patients);
  return { matrix, index };
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
