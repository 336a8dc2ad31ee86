import type { Kysely } from 'kysely';
import { frenchNumber } from '../../core/french.ts';
import { sectorCode } from '../../core/sectors/codes.ts';
import { nameInCommune } from '../../core/sectors/names.ts';
import { shareOut } from '../../core/sectors/share-out.ts';
import { divisionPartRepository, type PartsFit } from '../../db/repositories/division-parts.ts';
import { divisionRepository } from '../../db/repositories/divisions.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import { leafSwapRepository, type NewLeaf } from '../../db/repositories/leaf-swap.ts';
import { unitRepository } from '../../db/repositories/units.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Remark } from '../../imports/rows.ts';
import type {
  SubdivisionFile,
  SubdivisionRow,
} from '../../imports/subdivisions/read-subdivisions.ts';
import { chooseCommunes, type DividedCommune } from './choose-communes.ts';
import { refuseUnderWay, replaceLeaves } from './replace-leaves.ts';

/** Above this share of a commune's area its parts do not fit it, and it stays whole. */
const MOST_AMISS = 0.05;
/** Above this share a gap or an overlap is told; below it is how outlines are drawn. */
const TOLD_AMISS = 0.001;

interface LeavesImported {
  communes: string[];
  replaced: string[];
  units: string[];
  remarks: Remark[];
}

/**
 * Divides communes by the parts that a file gives them: those asked for, or all that it has at least
 * two parts of. A commune whose parts do not fit it stays whole, with a remark; memberships of the
 * others follow. All in one transaction.
 *
 * @throws DomainError `nothing_to_divide` with the remarks, `proposal_under_way`
 */
export async function importSubdivisions(
  db: Kysely<Schema>,
  vintage: string,
  file: SubdivisionFile,
  wanted: string[] | null,
  actor: string,
): Promise<LeavesImported> {
  return db.transaction().execute(async (tx) => {
    await divisionRepository(tx).lock();
    await refuseUnderWay(tx, vintage);
    const choice = await chooseCommunes(tx, vintage, file, wanted);
    const remarks = [...file.remarks, ...choice.remarks];
    if (choice.communes.length === 0) throw nothingToDivide(remarks);
    await divisionRepository(tx).hold(
      vintage,
      choice.communes.map(({ code }) => code),
    );

    const rows = choice.communes.flatMap((commune) => commune.rows);
    const parts = divisionPartRepository(tx);
    await parts.stage(rows);
    const fits = new Map((await parts.fit()).map((fit) => [fit.commune, fit]));
    const fitting: DividedCommune[] = [];
    const own = new Map<string, Remark[]>();
    for (const commune of choice.communes) {
      const { kept, told } = judge(commune, rows, fits.get(commune.code));
      own.set(commune.code, told);
      if (kept) fitting.push(kept);
      else remarks.push(...told);
    }
    if (fitting.length === 0) throw nothingToDivide(remarks);
    await parts.fillGaps();

    const codes = await codesOf(tx, fitting);
    await leafSwapRepository(tx).stage();
    await parts.stageLeaves(rows.map((row) => codes.get(row) ?? null));
    const areas = await parts.areas();
    const leaves: NewLeaf[] = [];
    for (const commune of fitting) {
      const { populations, byArea, told } = populationsOf(
        commune,
        commune.rows.map((row) => areas.get(codes.get(row)!) ?? 0),
      );
      const notes = [...own.get(commune.code)!, ...told];
      remarks.push(...notes);
      commune.rows.forEach((row, k) => {
        leaves.push({
          code: codes.get(row)!,
          commune: commune.code,
          kind: row.kind,
          name: nameInCommune(commune.name, row.name),
          population: populations[k]!,
        });
      });
      await divisionRepository(tx).describe(commune.code, {
        source: file.source,
        byArea,
        remarks: notes,
      });
    }
    await replaceLeaves(tx, {
      vintage,
      pairs: leaves.map(({ commune, code }) => ({ gone: commune, come: code })),
      leaves,
    });
    await eventRepository(tx).recordAll(
      fitting.map(({ code }) => ({
        actor,
        verb: 'divide',
        subject: `unit/${code}`,
        before: { units: [code] },
        after: { source: file.source, units: leaves.filter((leaf) => leaf.commune === code) },
      })),
    );
    const communes = fitting.map(({ code }) => code);
    return { communes, replaced: communes, units: leaves.map(({ code }) => code), remarks };
  });
}

/** The parts of a commune that are kept, unless they do not fit it. */
function judge(
  commune: DividedCommune,
  rows: SubdivisionRow[],
  fit: PartsFit | undefined,
): { kept: DividedCommune | null; told: Remark[] } {
  const { code, name } = commune;
  const remark = (kind: Remark['kind'], message: string): Remark => ({
    kind,
    message,
    where: code,
  });
  const share = (km2: number) => (fit && fit.areaKm2 > 0 ? km2 / fit.areaKm2 : 1);
  const percent = (km2: number) => `${(share(km2) * 100).toFixed(1).replace('.', ',')}\u00a0%`;
  const { gapKm2 = 0, overlapKm2 = 0, outsideKm2 = 0, lost = [] } = fit ?? {};
  const amiss = [
    { km2: gapKm2, what: `laissent ${percent(gapKm2)} de sa surface à découvert` },
    { km2: overlapKm2, what: `se recouvrent sur ${percent(overlapKm2)} de sa surface` },
    { km2: outsideKm2, what: `débordent d’elle de ${percent(outsideKm2)} de sa surface` },
  ];
  const worst = amiss.find(({ km2 }) => share(km2) > MOST_AMISS);
  if (!fit || worst) {
    const why = worst?.what ?? 'n’ont aucune surface en commun avec elle';
    return {
      kept: null,
      told: [
        remark(
          'rejected',
          `${name} (${code}) reste entière : ses subdivisions ${why}. Vérifiez qu’elles sont toutes dans le fichier, et de la même année que les communes.`,
        ),
      ],
    };
  }
  const gone = new Set(lost.map((number) => rows[number]!));
  const kept = { ...commune, rows: commune.rows.filter((row) => !gone.has(row)) };
  const told = [
    ...[...gone].map((row) =>
      remark(
        'rejected',
        `« ${row.name} » n’a aucune surface à elle dans ${name} : laissée de côté.`,
      ),
    ),
    ...amiss
      .filter(({ km2 }) => share(km2) > TOLD_AMISS)
      .map(({ what }) =>
        remark(
          'changed',
          `Les subdivisions de ${name} ${what} : leurs contours ont été ajustés au sien.`,
        ),
      ),
  ];
  if (kept.rows.length >= 2) return { kept, told };
  return {
    kept: null,
    told: [
      ...told,
      remark('rejected', `${name} (${code}) reste entière : il n’en reste qu’une partie.`),
    ],
  };
}

/** The file's codes where they are free, else letters after the commune's code. */
async function codesOf(
  tx: Kysely<Schema>,
  communes: DividedCommune[],
): Promise<Map<SubdivisionRow, string>> {
  const divisions = divisionRepository(tx);
  const all = communes.flatMap(({ rows }) => rows);
  const taken = await unitRepository(tx).taken(all.flatMap(({ code }) => code ?? []));
  const codes = new Map<SubdivisionRow, string>();
  for (const { code: commune, name, rows } of communes) {
    const unnamed: SubdivisionRow[] = [];
    for (const row of rows) {
      // Letters are ours to give: those of a file may have meant other ground here.
      const own = row.kind === 'sector' ? null : row.code;
      if (own !== null && !taken.has(own)) codes.set(row, own);
      else unnamed.push(row);
    }
    const first = unnamed.length > 0 ? await divisions.nextSector(commune, unnamed.length) : 0;
    unnamed.forEach((row, k) => {
      codes.set(row, letteredCode({ code: commune, name }, first + k));
    });
  }
  return codes;
}

/** @throws DomainError `nothing_to_divide` once the letters of a commune are used up */
export function letteredCode(commune: { code: string; name: string }, number: number): string {
  const code = sectorCode(commune.code, number);
  if (code !== null) return code;
  throw new DomainError(
    'nothing_to_divide',
    `${commune.name} a déjà reçu 702 secteurs, le plus qu’un code puisse numéroter : gardez ceux qui existent.`,
    { commune: commune.code },
  );
}

/** Inhabitants of each part, which add up to the commune's, and what was done for that. */
function populationsOf(
  { code, name, population, rows }: DividedCommune,
  areas: number[],
): { populations: number[]; byArea: boolean; told: Remark[] } {
  const given = rows.map((row) => row.population);
  const sum = given.reduce<number>((all, one) => all + (one ?? 0), 0);
  const told = (message: string): Remark[] => [{ kind: 'changed', message, where: code }];
  if (given.includes(null) || sum === 0) {
    return {
      populations: shareOut(population, areas),
      byArea: true,
      told: told(
        `Le fichier ne donne pas la population de chaque subdivision de ${name} : les ${frenchNumber(population)} habitants de la commune ont été répartis selon la surface.`,
      ),
    };
  }
  const populations = shareOut(
    population,
    given.map((one) => one ?? 0),
  );
  if (Math.round(sum) === population) return { populations, byArea: false, told: [] };
  return {
    populations,
    byArea: false,
    told: told(
      `Les subdivisions de ${name} ont ${frenchNumber(Math.round(sum))} habitants dans le fichier et la commune ${frenchNumber(population)} : leurs populations ont été mises à l’échelle.`,
    ),
  };
}

function nothingToDivide(remarks: Remark[]): DomainError {
  const first = remarks.find(({ kind }) => kind === 'rejected') ?? remarks.at(-1);
  return new DomainError(
    'nothing_to_divide',
    `Ce fichier ne divise aucune des communes chargées. ${first?.message ?? 'Vérifiez qu’il porte le code de leur commune.'}`,
    { remarks },
  );
}
