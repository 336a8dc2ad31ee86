import { Value } from 'typebox/value';
import { defaultProposalParameters, ProposalParameters } from '../server/contracts/proposals.ts';
import { DomainError } from '../server/errors.ts';
import { takeOptions } from './own-options.ts';

export const options = [
  'department',
  'floor',
  'ceiling',
  'k',
  'target',
  'border',
  'epci',
  'target-weight',
  'poles',
  'pole-run',
  'walls',
  'together',
  'apart',
  'dataset',
  'specialty',
  'weights',
  'masked',
  'effort',
  'seed',
] as const;
export const flags = ['uncovered', 'keep-cpts', 'whole-epci', 'bound'] as const;

type Values = Partial<Record<(typeof options)[number], string>>;

/** What `npm run propose` was asked for on the communes of the database. */
export interface RegionOptions {
  wishes: ProposalParameters;
  /** prove how much better is possible once it is done */
  bound: boolean;
  /** arguments that are not its own, for `readConfig` */
  rest: string[];
}

/** @throws DomainError `invalid_configuration` */
export function regionOptions(argv: readonly string[]): RegionOptions {
  const { values, set, rest } = takeOptions(argv, options, flags);
  if (set.has('uncovered') && values.department !== undefined) {
    throw new DomainError(
      'invalid_configuration',
      'Choisissez --uncovered ou --department : l’un complète toute la carte, l’autre divise des départements.',
    );
  }
  return { wishes: readWishes(values, set), bound: set.has('bound'), rest };
}

function readWishes(values: Values, set: ReadonlySet<(typeof flags)[number]>): ProposalParameters {
  const number = (name: keyof Values) =>
    values[name] === undefined ? undefined : Number(values[name]?.replace(',', '.'));
  const list = (text: string | undefined) => text?.split(',') ?? [];
  const lists = (text: string | undefined) => list(text).map((one) => one.split('+'));
  const { weights, scope, ...rest } = defaultProposalParameters;
  const given = {
    floor: number('floor'),
    ceiling: number('ceiling'),
    territories: number('k'),
    target: number('target'),
    flowDataset: number('dataset'),
    poleRun: number('pole-run'),
    masked: number('masked'),
    seed: number('seed'),
    specialty: values.specialty,
    walls: values.walls,
    effort: values.effort,
  };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const wanted = {
    ...rest,
    ...Object.fromEntries(named),
    weights: {
      border: number('border') ?? weights.border,
      epci: number('epci') ?? weights.epci,
      target: number('target-weight') ?? weights.target,
      poles: number('poles') ?? weights.poles,
    },
    specialtyWeights: Object.fromEntries(
      list(values.weights).map((one) => {
        // Without a number this is none, not zero.
        const [key = '', weight = 'none'] = one.split(':');
        return [key, Number(weight || 'none')];
      }),
    ),
    scope: set.has('uncovered')
      ? { kind: 'uncovered' }
      : values.department
        ? { kind: 'departments', codes: list(values.department) }
        : scope,
    keepCpts: set.has('keep-cpts'),
    wholeEpci: set.has('whole-epci'),
    together: lists(values.together),
    apart: lists(values.apart),
  };
  if (Value.Check(ProposalParameters, wanted)) return wanted;
  const [first] = Value.Errors(ProposalParameters, wanted);
  throw refused(first?.instancePath ?? '', values);
}

/** The option that set each wish, and what it expects. */
const expected: [wish: string, name: (typeof options)[number], form: string][] = [
  ['/floor', 'floor', 'un nombre d’habitants'],
  ['/ceiling', 'ceiling', 'un nombre d’habitants'],
  ['/territories', 'k', 'un nombre entier de territoires, au moins 1'],
  ['/target', 'target', 'un nombre d’habitants'],
  ['/flowDataset', 'dataset', 'le numéro d’un jeu de flux'],
  ['/poleRun', 'pole-run', 'le numéro d’une analyse des pôles'],
  ['/masked', 'masked', '0, 5 ou 10'],
  ['/seed', 'seed', 'un nombre entier de 0 à 4294967295'],
  ['/specialty', 'specialty', 'une spécialité, ou all'],
  ['/specialtyWeights', 'weights', 'des poids positifs : cardiologie:2,orl:0'],
  ['/walls', 'walls', 'none, department ou region'],
  ['/effort', 'effort', 'quick, normal ou thorough'],
  ['/weights/border', 'border', 'un nombre de 0 à 10'],
  ['/weights/epci', 'epci', 'un nombre de 0 à 10'],
  ['/weights/target', 'target-weight', 'un nombre de 0 à 10'],
  ['/weights/poles', 'poles', 'un nombre de 0 à 10'],
  ['/scope', 'department', 'des codes de départements : 45,41'],
  ['/together', 'together', 'des communes qui restent ensemble : 45001+45002,41001+41002'],
  ['/apart', 'apart', 'des paires de communes : 45001+45002,41001+41002'],
];

function refused(path: string, values: Values): DomainError {
  const known = expected.find(([wish]) => path === wish || path.startsWith(`${wish}/`));
  const [, name = 'region', form = 'une autre valeur'] = known ?? [];
  const given = name === 'region' ? path : values[name];
  return new DomainError(
    'invalid_configuration',
    `L’option --${name} attend ${form}, pas « ${given ?? ''} ».`,
  );
}
