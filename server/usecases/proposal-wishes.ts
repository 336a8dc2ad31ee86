import type { Kysely } from 'kysely';
import type { FlowDataset } from '../contracts/flow-datasets.ts';
import type { ProposalParameters } from '../contracts/proposals.ts';
import { counted } from '../core/french.ts';
import { cptsRepository, type OpenCpts } from '../db/repositories/cpts.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { knownRun } from './analyse-poles.ts';
import { refuseUnknownUnits } from './create-cpts.ts';
import { finishedProposal, unknownTerritory } from './finished-proposal.ts';
import { unknownCpts } from './known-cpts.ts';

/**
 * The parameters with the dataset and the analysis of poles that they mean; refuses what names
 * nothing, or contradicts itself at sight.
 *
 * @throws DomainError `band_inverted`, `unknown_dataset`, `unknown_specialty`, `no_weight`,
 *   `no_flow_dataset`, `unknown_pole_run`, `unknown_units`, `contradictory_wishes`,
 *   `unknown_proposal`, `proposal_not_done`, `unknown_territory`, `unknown_cpts`
 */
export async function completeWishes(
  db: Kysely<Schema>,
  vintage: string,
  wanted: ProposalParameters,
): Promise<ProposalParameters> {
  await refuseContradictions(db, vintage, wanted);
  const dataset = await meantDataset(db, vintage, wanted.flowDataset);
  refuseSpecialties(wanted, dataset);
  const poleRun = await meantPoles(db, vintage, wanted, dataset);
  await refuseUnknownUnits(db, vintage, [
    ...new Set([
      ...wanted.together.flat(),
      ...wanted.apart.flat(),
      ...(wanted.improves?.locked ?? []),
      ...(wanted.improves?.changes.map(({ unit }) => unit) ?? []),
    ]),
  ]);
  if (wanted.scope.kind === 'departments') {
    await refuseDepartments(db, vintage, wanted.scope.codes);
  }
  if (wanted.improves) {
    await refuseImproved(db, vintage, wanted.improves);
    await refuseHeldTwice(db, vintage, wanted.improves.drafts, wanted.keepCpts);
  }
  return {
    ...wanted,
    ...(dataset && { flowDataset: dataset.id }),
    ...(poleRun !== null && { poleRun }),
  };
}

async function refuseContradictions(
  db: Kysely<Schema>,
  vintage: string,
  { floor, ceiling, target, together, apart }: ProposalParameters,
): Promise<void> {
  if (floor > ceiling) {
    throw new DomainError(
      'band_inverted',
      `Le plancher (${floor}) dépasse le plafond (${ceiling}) : échangez-les ou corrigez l’un des deux.`,
    );
  }
  if (target !== undefined && (target < floor || target > ceiling)) {
    throw new DomainError(
      'contradictory_wishes',
      `La population visée (${target}) est hors de la fourchette de ${floor} à ${ceiling} : visez une valeur entre les deux, ou changez la fourchette.`,
    );
  }
  const sets = together.map((codes) => new Set(codes));
  const pair = apart.find(([a, b]) => a === b || sets.some((set) => set.has(a) && set.has(b)));
  if (!pair) return;
  const { code, name } = await unitRepository(db).leaves(vintage);
  const [a, b] = pair.map((one) => {
    const known = name[code.indexOf(one)];
    return known ? `${known} (${one})` : one;
  });
  throw new DomainError(
    'contradictory_wishes',
    pair[0] === pair[1]
      ? `La commune ${a} ne peut pas être séparée d’elle-même : indiquez deux communes.`
      : `Les communes ${a} et ${b} doivent être à la fois ensemble et séparées : levez l’une des deux contraintes.`,
    { units: pair },
  );
}

async function meantDataset(db: Kysely<Schema>, vintage: string, id: number | undefined) {
  const datasets = flowDatasetRepository(db);
  const dataset = id ? await datasets.byId(vintage, id) : await datasets.latest(vintage);
  if (dataset || !id) return dataset;
  throw new DomainError(
    'unknown_dataset',
    `Le jeu de flux ${id} n’existe pas : choisissez-en un dans la liste.`,
  );
}

function refuseSpecialties(
  { specialty, specialtyWeights }: ProposalParameters,
  dataset: FlowDataset | undefined,
): void {
  const keys = dataset?.specialties.map(({ key }) => key) ?? [];
  const named = [...(specialty === 'all' ? [] : [specialty]), ...Object.keys(specialtyWeights)];
  const unknown = named.find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    throw new DomainError(
      'unknown_specialty',
      `La spécialité « ${unknown} » n’est pas dans ce jeu de flux : choisissez « all » ou l’une de celles qu’il contient.`,
      { specialties: keys },
    );
  }
  if (specialty === 'all' && keys.length > 0 && keys.every((key) => specialtyWeights[key] === 0)) {
    throw new DomainError(
      'no_weight',
      'Toutes les spécialités ont un poids nul : donnez à l’une d’elles au moins un poids positif.',
    );
  }
}

/** The analysis whose poles are to be apart; null where the weight leaves them out. */
async function meantPoles(
  db: Kysely<Schema>,
  vintage: string,
  { poleRun, weights }: ProposalParameters,
  dataset: FlowDataset | undefined,
): Promise<number | null> {
  if (poleRun !== undefined) return (await knownRun(db, vintage, poleRun)).id;
  if (weights.poles === 0) return null;
  if (dataset) return poleRepository(db).analyse(dataset.id);
  throw new DomainError(
    'no_flow_dataset',
    'Aucun flux n’est chargé, donc aucun pôle n’est connu : mettez le poids des pôles à zéro, ou chargez des flux.',
  );
}

async function refuseDepartments(
  db: Kysely<Schema>,
  vintage: string,
  codes: readonly string[],
): Promise<void> {
  const known = await unitRepository(db).departments(vintage);
  const missing = codes.filter((code) => !known.includes(code));
  if (missing.length === 0) return;
  throw new DomainError(
    'unknown_units',
    `Aucune commune chargée n’est dans le département ${missing[0]} : choisissez parmi ${known.join(', ')}.`,
    { codes: missing, departments: known },
  );
}

async function refuseImproved(
  db: Kysely<Schema>,
  vintage: string,
  improves: NonNullable<ProposalParameters['improves']>,
): Promise<void> {
  const { proposal, changes, locked, drafts } = improves;
  await finishedProposal(db, vintage, proposal);
  if (changes.length + locked.length + drafts.length === 0) {
    throw new DomainError(
      'contradictory_wishes',
      'Rien n’a été touché : déplacez ou verrouillez au moins une commune, ou indiquez un projet dessiné.',
    );
  }
  const { unit, territory } = await proposalRepository(db).members(proposal);
  // Of a commune divided since, a part may be named, or of its parts the whole.
  const within = new Set(unit.flatMap((code) => [code, code.slice(0, 5)]));
  const strays = [...locked, ...changes.map((change) => change.unit)].filter(
    (code) => !within.has(code) && !within.has(code.slice(0, 5)),
  );
  if (strays[0] !== undefined) {
    const { code, name } = await unitRepository(db).leaves(vintage);
    const known = name[code.indexOf(strays[0])] ?? strays[0];
    throw new DomainError(
      'contradictory_wishes',
      `La commune ${known} (${strays[0]}) n’est dans aucun territoire de la proposition ${proposal} : retirez-la des communes verrouillées ou déplacées, ou partez d’une proposition qui la divise.`,
      { units: strays },
    );
  }
  const most = territory.reduce((max, t) => Math.max(max, t), -1);
  const beyond = changes.find((change) => change.territory > most);
  if (beyond) throw unknownTerritory(proposal, beyond.territory);
  const known = new Set((await cptsRepository(db).unitsOf(drafts)).map(({ id }) => id));
  const missing = drafts.find((id) => !known.has(id));
  if (missing !== undefined) throw unknownCpts(missing);
}

/** Two drafts to hold share communes, other than those of recognised CPTS that are kept anyway. */
async function refuseHeldTwice(
  db: Kysely<Schema>,
  vintage: string,
  drafts: readonly number[],
  keepCpts: boolean,
): Promise<void> {
  const asked = new Set(drafts);
  const open = await cptsRepository(db).openIn(vintage);
  const kept = new Set(
    open.flatMap(({ recognised, units }) => (keepCpts && recognised ? units : [])),
  );
  const held = open.filter(({ id, recognised }) => asked.has(id) && !(keepCpts && recognised));
  const first = new Map<string, OpenCpts>();
  for (const cpts of held) {
    const shared = cpts.units.find((code) => first.has(code) && !kept.has(code));
    if (shared !== undefined) throw await heldTwice(db, vintage, first.get(shared)!, cpts);
    for (const code of cpts.units) first.set(code, cpts);
  }
}

async function heldTwice(
  db: Kysely<Schema>,
  vintage: string,
  one: OpenCpts,
  other: OpenCpts,
): Promise<DomainError> {
  const { code, name } = await unitRepository(db).leaves(vintage);
  const within = new Set(one.units);
  const communes = other.units.filter((unit) => within.has(unit));
  const many = communes.length > 1;
  const first = name[code.indexOf(communes[0]!)] ?? communes[0];
  const more = many ? ` et ${counted(communes.length - 1, 'autre')} sont` : ' est';
  return new DomainError(
    'contradictory_wishes',
    `« ${one.name} » et « ${other.name} » ne peuvent pas être tenues toutes deux telles quelles : ${first}${more} dans l’une et dans l’autre. Retirez-${many ? 'les' : 'la'} de l’une des deux, ou ne tenez que l’une.`,
    { cpts: [one, other].map(({ id, name: called }) => ({ id, name: called })), communes },
  );
}
