import type { Kysely } from 'kysely';
import type { MergeWanted } from '../../contracts/divisions.ts';
import { counted } from '../../core/french.ts';
import { nameInCommune } from '../../core/sectors/names.ts';
import { divisionRepository } from '../../db/repositories/divisions.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import { leafSwapRepository } from '../../db/repositories/leaf-swap.ts';
import { unitRepository } from '../../db/repositories/units.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Remark } from '../../imports/rows.ts';
import { letteredCode } from './import-subdivisions.ts';
import { refuseUnderWay, replaceLeaves } from './replace-leaves.ts';

interface Merged {
  communes: string[];
  replaced: string[];
  units: string[];
  remarks: Remark[];
}

/**
 * Makes one unit of several parts of a commune; of all its parts, the commune again.
 *
 * @throws DomainError `unknown_units`, `not_divided` for units that are not parts of one commune,
 *   `division_in_use` where a CPTS or a proposal holds some of them only, `proposal_under_way`
 */
export async function mergeUnits(
  db: Kysely<Schema>,
  vintage: string,
  { units: named, name }: MergeWanted,
  actor: string,
): Promise<Merged> {
  return db.transaction().execute(async (tx) => {
    const divisions = divisionRepository(tx);
    await divisions.lock();
    const codes = [...new Set(named)];
    const units = await divisions.hold(vintage, codes);
    if (units.length < codes.length) {
      const known = new Set(units.map(({ code }) => code));
      const missing = codes.filter((code) => !known.has(code));
      throw new DomainError(
        'unknown_units',
        `Aucune unité chargée n’a le code ${missing[0]} : la carte a pu changer, rechargez la page.`,
        { codes: missing },
      );
    }
    const communes = new Set(units.map(({ parent }) => parent));
    const [commune] = communes;
    if (communes.size !== 1 || !commune || units.length < 2) {
      throw new DomainError(
        'not_divided',
        'Seules des parties d’une même commune se réunissent : choisissez-en au moins deux, toutes de la même commune.',
        { units: codes },
      );
    }
    const all = await divisions.leavesOf(commune);
    const parts = units.map(({ code }) => code);
    if (parts.length === all.length) return undivide(tx, vintage, commune, actor);
    await refuseHeld(tx, vintage, parts);
    const whole = (await unitRepository(tx).byCode(vintage, commune))!;
    const code = letteredCode(whole, await divisions.nextSector(commune, 1));
    const leaf = {
      code,
      commune,
      kind: 'sector',
      name: nameInCommune(whole.name, name),
      population: units.reduce((sum, { population }) => sum + population, 0),
    };
    const swap = leafSwapRepository(tx);
    await swap.stage();
    await swap.stageUnion(code, parts);
    await replaceLeaves(tx, {
      vintage,
      pairs: parts.map((part) => ({ gone: part, come: code })),
      leaves: [leaf],
    });
    await eventRepository(tx).record({
      actor,
      verb: 'merge',
      subject: `unit/${code}`,
      before: { units },
      after: { units: [leaf] },
    });
    return { communes: [commune], replaced: parts, units: [code], remarks: [] };
  });
}

/**
 * Takes the subdivisions of a commune away: it is one unit again.
 *
 * @throws DomainError `not_divided`, `division_in_use`, `proposal_under_way`
 */
export async function removeDivision(
  db: Kysely<Schema>,
  vintage: string,
  commune: string,
  actor: string,
): Promise<Merged> {
  return db.transaction().execute(async (tx) => {
    await divisionRepository(tx).lock();
    return undivide(tx, vintage, commune, actor);
  });
}

async function undivide(
  tx: Kysely<Schema>,
  vintage: string,
  commune: string,
  actor: string,
): Promise<Merged> {
  const divisions = divisionRepository(tx);
  const parts = await divisions.leavesOf(commune);
  const held = await divisions.hold(vintage, [commune, ...parts]);
  if (parts.length === 0 || held.length !== parts.length + 1) {
    throw new DomainError(
      'not_divided',
      `La commune ${commune} n’est pas divisée : il n’y a rien à retirer.`,
      { commune },
    );
  }
  await refuseHeld(tx, vintage, parts);
  await replaceLeaves(tx, {
    vintage,
    pairs: parts.map((part) => ({ gone: part, come: commune })),
    leaves: [],
    restored: commune,
  });
  await eventRepository(tx).record({
    actor,
    verb: 'undivide',
    subject: `unit/${commune}`,
    before: { units: held.filter(({ parent }) => parent !== null) },
    after: { units: [commune] },
  });
  return { communes: [commune], replaced: parts, units: [commune], remarks: [] };
}

/** Refuses what would change a territory: whoever holds one of the parts must hold them all. */
async function refuseHeld(tx: Kysely<Schema>, vintage: string, parts: string[]): Promise<void> {
  await refuseUnderWay(tx, vintage);
  const divisions = divisionRepository(tx);
  const cpts = await divisions.cptsThatSplit(parts);
  const [first] = cpts;
  if (first) {
    const others = cpts.length > 1 ? ` et ${counted(cpts.length - 1, 'autre')}` : '';
    throw new DomainError(
      'division_in_use',
      `La CPTS « ${first.name} »${others} ${cpts.length > 1 ? 'tiennent' : 'tient'} une partie de ces secteurs sans les autres : changez ${cpts.length > 1 ? 'leurs territoires' : 'son territoire'} ou closez-la d’abord.`,
      { cpts },
    );
  }
  const proposals = await divisions.proposalsThatSplit(parts);
  if (proposals.length === 0) return;
  throw new DomainError(
    'division_in_use',
    proposals.length === 1
      ? `La proposition n° ${proposals[0]} met ces secteurs dans des territoires différents : supprimez-la d’abord si vous n’en avez plus besoin.`
      : `Les propositions n° ${proposals.slice(0, 10).join(', ')}${proposals.length > 10 ? '…' : ''} mettent ces secteurs dans des territoires différents : supprimez-les d’abord si vous n’en avez plus besoin.`,
    { proposals },
  );
}
