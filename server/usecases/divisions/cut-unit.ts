import type { Kysely } from 'kysely';
import type { CutLine, CutPreview, CutWanted } from '../../contracts/divisions.ts';
import { frenchNumber } from '../../core/french.ts';
import { nameInCommune, sideNames } from '../../core/sectors/names.ts';
import { shareOut } from '../../core/sectors/share-out.ts';
import { sidesOf } from '../../core/sectors/sides.ts';
import { straightLine } from '../../core/sectors/straight-line.ts';
import { cutRepository } from '../../db/repositories/cuts.ts';
import { divisionRepository } from '../../db/repositories/divisions.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import { leafSwapRepository } from '../../db/repositories/leaf-swap.ts';
import { unitRepository } from '../../db/repositories/units.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Remark } from '../../imports/rows.ts';
import { letteredCode } from './import-subdivisions.ts';
import { refuseUnderWay, replaceLeaves } from './replace-leaves.ts';

type Line = [number, number][];

/** Where a line cuts a unit: the side of each piece, and what each side is. */
interface Cut {
  line: Line;
  sides: number[];
  sectors: Awaited<ReturnType<ReturnType<typeof cutRepository>['sides']>>;
}

/**
 * The two sectors that a line would make: names, populations by area, outlines.
 *
 * @throws DomainError `unknown_unit`, `already_divided`, `line_does_not_cross`
 */
export async function previewCut(
  db: Kysely<Schema>,
  vintage: string,
  unit: string,
  wanted: CutLine,
): Promise<CutPreview> {
  const { name, population } = await cuttable(db, vintage, unit);
  const { line, sectors } = await cut(db, unit, name, wanted);
  const names = sideNames(name, line);
  const people = shareOut(
    population,
    sectors.map(({ areaKm2 }) => areaKm2),
  );
  return {
    unit,
    name,
    population,
    line,
    sectors: sectors.map(({ areaKm2, outline }, side) => ({
      name: names[side]!,
      areaKm2: Math.round(areaKm2 * 100) / 100,
      population: people[side]!,
      outline,
    })),
  };
}

/**
 * Cuts a leaf in two sectors of its commune; who held it holds both.
 *
 * @throws DomainError those of `previewCut`; `population_mismatch`, `proposal_under_way`
 */
export async function cutUnit(
  db: Kysely<Schema>,
  vintage: string,
  { unit, line: wanted, sectors: told }: CutWanted,
  actor: string,
): Promise<{ communes: string[]; replaced: string[]; units: string[]; remarks: Remark[] }> {
  return db.transaction().execute(async (tx) => {
    const divisions = divisionRepository(tx);
    await divisions.lock();
    await refuseUnderWay(tx, vintage);
    await divisions.hold(vintage, [unit]);
    const known = await cuttable(tx, vintage, unit);
    const { line, sides, sectors } = await cut(tx, unit, known.name, wanted);
    const typed = typedPopulations(known, told);
    const areas = sectors.map(({ areaKm2 }) => areaKm2);
    const populations = typed ?? shareOut(known.population, areas);

    const commune = (await unitRepository(tx).byCode(vintage, known.parent ?? unit))!;
    const first = await divisions.nextSector(commune.code, 2);
    const codes: [string, string] = [
      letteredCode(commune, first),
      letteredCode(commune, first + 1),
    ];
    await leafSwapRepository(tx).stage();
    await cutRepository(tx).stage(unit, line, sides, codes);
    const leaves = codes.map((code, side) => ({
      code,
      commune: commune.code,
      kind: 'sector',
      name: nameInCommune(commune.name, told[side]!.name),
      population: populations[side]!,
    }));
    const before = (await divisions.list(vintage)).find(({ code }) => code === commune.code);
    const note: Remark = {
      kind: 'note',
      message: `${known.name} a été découpé en « ${leaves[0]!.name} » et « ${leaves[1]!.name} »${typed ? '' : ', habitants répartis selon la surface'}.`,
      where: unit,
    };
    await divisions.describe(commune.code, {
      source: before?.source ?? 'Secteurs découpés dans Maillage',
      byArea: (before?.byArea ?? false) || typed === null,
      remarks: [...(before?.remarks ?? []), note],
    });
    await replaceLeaves(tx, {
      vintage,
      pairs: codes.map((code) => ({ gone: unit, come: code })),
      leaves,
    });
    await eventRepository(tx).record({
      actor,
      verb: 'cut',
      subject: `unit/${unit}`,
      before: { units: [unit], population: known.population },
      after: { line, units: leaves },
    });
    return { communes: [commune.code], replaced: [unit], units: codes, remarks: [note] };
  });
}

async function cuttable(db: Kysely<Schema>, vintage: string, code: string) {
  const unit = await unitRepository(db).byCode(vintage, code);
  if (!unit) {
    throw new DomainError(
      'unknown_unit',
      `Aucune commune ni secteur chargé n’a le code ${code} : la carte a pu changer, rechargez la page.`,
    );
  }
  if (unit.leaf) return unit;
  throw new DomainError(
    'already_divided',
    `${unit.name} est déjà divisée : découpez l’une de ses parties, ou retirez d’abord ses subdivisions.`,
    { unit: code },
  );
}

async function cut(db: Kysely<Schema>, unit: string, name: string, wanted: CutLine): Promise<Cut> {
  const cuts = cutRepository(db);
  const line: Line =
    'points' in wanted
      ? (wanted.points as Line)
      : straightLine(await cuts.outline(unit), wanted.course, wanted.at);
  const refuse = (why: string) =>
    new DomainError('line_does_not_cross', `${why} : tracez-la d’un bord à l’autre de ${name}.`, {
      unit,
    });
  if (!(await cuts.isSimple(line))) throw refuse('La ligne se recoupe elle-même');
  const sides = sidesOf(await cuts.pieces(unit, line), line);
  if (!sides) throw refuse(`La ligne ne traverse pas ${name} de part en part`);
  return { line, sides, sectors: await cuts.sides(unit, line, sides) };
}

/** Both populations, or null when they are left to the areas. */
function typedPopulations(
  { name, population }: { name: string; population: number },
  [one, other]: CutWanted['sectors'],
): [number, number] | null {
  if (one.population === undefined && other.population === undefined) return null;
  const first = one.population ?? population - (other.population ?? 0);
  const second = other.population ?? population - first;
  if (first >= 0 && second >= 0 && first + second === population) return [first, second];
  throw new DomainError(
    'population_mismatch',
    `Les deux secteurs auraient ${frenchNumber(first + second)} habitants alors que ${name} en a ${frenchNumber(population)} : corrigez l’une des deux populations.`,
    { population, given: [one.population ?? null, other.population ?? null] },
  );
}
