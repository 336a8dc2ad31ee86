import type { Kysely } from 'kysely';
import type { ResolvedOverlap, ResolveOverlap } from '../../contracts/overlaps.ts';
import type { Actor } from '../../core/accounts/actor.ts';
import { mayEdit } from '../../core/accounts/scope.ts';
import { cptsLifeRepository } from '../../db/repositories/cpts-life.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { completeSaved } from '../complete-versions.ts';
import { proposeVersions } from '../life/propose-versions.ts';
import type { GroundOfRegion } from '../region-ground.ts';
import { proposeResolution } from './resolve-overlap.ts';

/**
 * Proposes the resolution of an overlap to the owners of both CPTS: versions bound in one agreement,
 * even of the CPTS that keeps all it has, put in force together when both owners agreed.
 *
 * @throws DomainError those of `proposeResolution` and `proposeVersions`; `overlap_changed` where
 *   either is no longer at the version that was looked at, `forbidden` to who may edit neither
 */
export async function applyResolution(
  db: Kysely<Schema>,
  region: GroundOfRegion,
  pair: [number, number],
  { basedOn, note = '', ...wanted }: ResolveOverlap,
  actor: Actor,
): Promise<ResolvedOverlap> {
  const resolution = await proposeResolution(db, region, pair, wanted);
  const { a, b, units } = resolution;
  if (!mayEdit(actor, a) && !mayEdit(actor, b)) {
    throw new DomainError(
      'forbidden',
      `Vous ne portez ni « ${a.name} » ni « ${b.name} » : demandez à l’un de leurs porteurs, ou à l’ARS, de proposer ce partage.`,
    );
  }
  const lost = (id: number) => units.filter(({ to }) => to !== id).map(({ code }) => code);
  const proposed = await db.transaction().execute(async (tx) => {
    const held = await cptsLifeRepository(tx).hold([a.id, b.id]);
    const seen = [basedOn.a, basedOn.b];
    for (const [k, { name, version }] of held.entries()) {
      if (version === seen[k] && version === [a, b][k]?.version) continue;
      throw new DomainError(
        'overlap_changed',
        `Le territoire de « ${name} » est passé à la version ${version} depuis que vous regardez ce chevauchement : rechargez-le, puis recommencez.`,
        { cpts: [a, b][k]?.id, version },
      );
    }
    const changes = [a, b].map(({ id }) => ({ cpts: id, added: [], removed: lost(id) }));
    return proposeVersions(tx, changes, { note, actor });
  });
  await completeSaved(db, region.vintage.id, [a.id, b.id]);
  return { resolution, proposed };
}
