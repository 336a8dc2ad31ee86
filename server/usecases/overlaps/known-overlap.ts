import type { Kysely } from 'kysely';
import type { Cpts } from '../../contracts/cpts.ts';
import { severityOf } from '../../core/overlap/severity.ts';
import { cptsRepository } from '../../db/repositories/cpts.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { unknownCpts } from '../known-cpts.ts';
import { type RegionGround, unitsAt } from '../region-ground.ts';

/** Two open CPTS that share units of the region; units are indices, ascending. */
export interface KnownOverlap {
  a: OverlapSide;
  b: OverlapSide;
  severity: ReturnType<typeof severityOf>;
  shared: number[];
}

export interface OverlapSide {
  cpts: Cpts & { status: Exclude<Cpts['status'], 'closed'> };
  units: number[];
  /** those that the other does not hold */
  own: number[];
}

/**
 * What two CPTS share, whichever is named first.
 *
 * @throws DomainError `unknown_cpts`, `no_overlap`
 */
export async function knownOverlap(
  db: Kysely<Schema>,
  region: RegionGround,
  one: number,
  other: number,
): Promise<KnownOverlap> {
  const [first, second] = [Math.min(one, other), Math.max(one, other)];
  const [a, b] = [await openCpts(db, first), await openCpts(db, second)];
  const [ofA, ofB] = [unitsAt(region, a.units), unitsAt(region, b.units)];
  const [inA, inB] = [new Set(ofA), new Set(ofB)];
  const shared = ofA.filter((unit) => inB.has(unit));
  if (a.id === b.id || shared.length === 0) {
    throw noOverlap(`« ${a.name} » et « ${b.name} » ne partagent aucune commune`);
  }
  return {
    a: { cpts: a, units: ofA, own: ofA.filter((unit) => !inB.has(unit)) },
    b: { cpts: b, units: ofB, own: ofB.filter((unit) => !inA.has(unit)) },
    severity: severityOf(a.status, b.status),
    shared,
  };
}

async function openCpts(db: Kysely<Schema>, id: number): Promise<OverlapSide['cpts']> {
  const cpts = await cptsRepository(db).byId(id);
  if (!cpts) throw unknownCpts(id);
  const { status } = cpts;
  if (status === 'closed') throw noOverlap(`La CPTS « ${cpts.name} » est close`);
  return { ...cpts, status };
}

function noOverlap(because: string): DomainError {
  return new DomainError(
    'no_overlap',
    `${because} : il n’y a rien à départager. Rechargez la liste des chevauchements.`,
  );
}
