import type { Kysely } from 'kysely';
import type { OverlapResolution, PreviewResolution } from '../../contracts/overlaps.ts';
import type { Sent } from '../../core/flows/sent.ts';
import { type Given, receiverOf } from '../../core/overlap/resolution.ts';
import { furtherStep } from '../../core/overlap/severity.ts';
import { rounded } from '../../db/repositories/flows.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { type ChosenFlows, chosenFlows } from '../flows-asked.ts';
import { type GroundOfRegion, type RegionGround, regionGround } from '../region-ground.ts';
import { type KnownOverlap, knownOverlap, type OverlapSide } from './known-overlap.ts';
import { territoryEffects } from './territory-effects.ts';

/**
 * How two CPTS would share out the units that both hold: each to the one that receives most of its
 * patients (`core/overlap/resolution.ts`), or as `give` says; with what it would make of both.
 *
 * @throws DomainError `unknown_cpts`, `no_overlap`, `overlap_changed` for a gift of a unit that they
 *   do not share, `invalid_request` for a gift to another, `unknown_dataset`, `unknown_specialty`
 */
export async function proposeResolution(
  db: Kysely<Schema>,
  { vintage, graph }: GroundOfRegion,
  [one, other]: [number, number],
  { give = [], ...asked }: PreviewResolution,
): Promise<OverlapResolution> {
  const region = regionGround(graph);
  const overlap = await knownOverlap(db, region, one, other);
  const flows = await chosenFlows(db, vintage.id, asked);
  const gifts = checkedGifts(region, overlap, give);
  const proposals = await proposedReceivers(region, overlap, flows);
  const { a, b, shared, severity } = overlap;
  const ids = { a: a.cpts.id, b: b.cpts.id };
  const receivers = proposals.map(({ unit, to }) => gifts.get(unit) ?? ids[to]);
  const { population, areaKm2, code, name, department } = graph.units;
  const total = (column: number[]) => shared.reduce((sum, unit) => sum + column[unit]!, 0);
  const people = total(population);
  const after = (id: number, own: number[]) => [
    ...own,
    ...shared.filter((_, k) => receivers[k] === id),
  ];
  const effects = await territoryEffects(region, flows, [
    { before: a.units, after: after(ids.a, a.own) },
    { before: b.units, after: after(ids.b, b.own) },
  ]);
  return {
    ...flows.used,
    a: described(a, people),
    b: described(b, people),
    severity,
    population: people,
    areaKm2: rounded(total(areaKm2), 2),
    units: proposals
      .map(({ unit, to, because, tie, flows: word, patients, toA, toB }, k) => ({
        code: code[unit]!,
        name: name[unit]!,
        department: department[unit]!,
        population: population[unit]!,
        areaKm2: areaKm2[unit]!,
        patients: rounded(patients, 1),
        toA: rounded(worth(toA, flows), 1),
        toB: rounded(worth(toB, flows), 1),
        maskedCells: rounded(toA.masked + toB.masked, 3),
        to: receivers[k]!,
        proposed: ids[to],
        because,
        tie,
        flows: word,
      }))
      .sort((p, q) => q.population - p.population || (p.code < q.code ? -1 : 1)),
    effects: { a: effects[0]!, b: effects[1]! },
    empties: [ids.a, ids.b].filter((_, k) => effects[k]!.after.units === 0),
  };
}

type Proposal = Given & { unit: number; patients: number; toA: Sent; toB: Sent };

/** What the flows, the steps and the borders say of each shared unit. */
async function proposedReceivers(
  { graph, ground }: RegionGround,
  { a, b, shared }: KnownOverlap,
  flows: ChosenFlows,
): Promise<Proposal[]> {
  const codes = (units: number[]) => units.map((unit) => graph.units.code[unit]!);
  const sent = await flows.sent(
    shared.map((unit) => codes([unit])),
    [codes(a.own), codes(b.own)],
  );
  const [ownA, ownB] = [new Set(a.own), new Set(b.own)];
  const along = (unit: number, own: Set<number>) => {
    const { offsets, neighbours, lengthsM } = ground.adjacency;
    let metres = 0;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      if (own.has(neighbours[e]!)) metres += lengthsM[e]!;
    }
    return metres;
  };
  const further = furtherStep(a.cpts.status, b.cpts.status);
  const nothing = { patients: 0, masked: 0 };
  return shared.map((unit, k) => {
    const toA = sent.to[k]!.get(0) ?? nothing;
    const toB = sent.to[k]!.get(1) ?? nothing;
    const borders = { alongA: along(unit, ownA), alongB: along(unit, ownB) };
    const given = receiverOf({ toA, toB, ...borders }, further, flows.used.masked);
    return { ...given, unit, patients: worth(sent.all[k]!, flows), toA, toB };
  });
}

/** Patients, each masked cell counted as asked. */
function worth({ patients, masked }: Sent, { used }: ChosenFlows): number {
  return patients + used.masked * masked;
}

function checkedGifts(
  { index }: RegionGround,
  { a, b, shared }: KnownOverlap,
  give: NonNullable<PreviewResolution['give']>,
): Map<number, number> {
  const held = new Set(shared);
  return new Map(
    give.map(({ unit: code, to }) => {
      const unit = index.get(code);
      if (unit === undefined || !held.has(unit)) {
        throw new DomainError(
          'overlap_changed',
          `La commune ${code} n’est pas partagée par « ${a.cpts.name} » et « ${b.cpts.name} », ou ne l’est plus : rechargez ce chevauchement.`,
          { unit: code },
        );
      }
      if (to !== a.cpts.id && to !== b.cpts.id) {
        throw new DomainError(
          'invalid_request',
          `La commune ${code} ne peut aller qu’à l’une des deux CPTS qui la tiennent, ${a.cpts.id} ou ${b.cpts.id} : « ${to} » n’est ni l’une ni l’autre.`,
        );
      }
      return [unit, to];
    }),
  );
}

function described({ cpts }: OverlapSide, shared: number) {
  const { id, name, status, version, proposed, population } = cpts;
  const share = population > 0 ? rounded(shared / population, 6) : 0;
  return { id, name, status, version, proposed, population, share };
}
