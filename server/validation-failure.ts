import type { FastifyError } from 'fastify';
import { DomainError } from './errors.ts';

type Failure = NonNullable<FastifyError['validation']>[number];

/** What was checked, for what a failure alone does not tell. */
export interface Checked {
  schema: unknown;
  value: unknown;
}

const places: Record<string, string> = {
  body: 'le corps',
  querystring: 'les paramètres de l’adresse',
  params: 'l’adresse',
  headers: 'les en-têtes',
};

/** A request that its schema refuses, as one French sentence about the field to correct. */
export function validationFailure(error: FastifyError, checked: Checked): DomainError {
  const failures = error.validation ?? [];
  const place = places[error.validationContext ?? ''] ?? 'la requête';
  const details = failures.map((failure) => ({
    where: fieldOf(failure),
    rule: failure.keyword,
    expected: failure.params,
  }));
  const first = telling(failures, checked);
  const field = first ? fieldOf(first) : '';
  return new DomainError(
    'invalid_request',
    `Dans ${place}${field ? `, « ${field} »` : ''} : ${frenchRule(first?.keyword ?? '', first?.params ?? {})}. Corrigez cette valeur et renvoyez la requête.`,
    details,
  );
}

/**
 * The failure that tells what to correct. A value that may be one of several kinds fails once for each:
 * only the kind that it says to be counts, and where it is none, the words that it could be.
 */
function telling(failures: readonly Failure[], checked: Checked): Failure | undefined {
  const last = failures.at(-1);
  if (last?.keyword !== 'anyOf') return failures[0];
  const kinds = at(checked.schema, last.schemaPath.slice(1)) as
    | Record<string, unknown>[]
    | undefined;
  if (!kinds) return last;
  const own = kinds.map((_, k) =>
    failures.filter(({ schemaPath }) => schemaPath.startsWith(`${last.schemaPath}/${k}/`)),
  );
  const oneOf = (where: string, allowedValues: unknown[]): Failure => ({
    ...last,
    keyword: 'enum',
    instancePath: where,
    params: { allowedValues },
  });
  if (kinds.every((kind) => 'const' in kind)) {
    return oneOf(
      last.instancePath,
      kinds.map((kind) => kind.const),
    );
  }
  const real = [...kinds.keys()].filter((k) => kinds[k]!.type !== 'null');
  if (real.length === 1) return telling(own[real[0]!]!, checked) ?? last;
  const value = at(checked.value, last.instancePath);
  const said = kinds.map(saidBy);
  const meant = said.findIndex(
    (words) => words.length > 0 && words.every(([key, word]) => at(value, `/${key}`) === word),
  );
  if (meant >= 0) return telling(own[meant]!, checked) ?? last;
  const key = said[0]?.[0]?.[0];
  const words = said.flatMap((pairs) => pairs.filter(([one]) => one === key));
  if (key === undefined || words.length < kinds.length) return failures[0];
  return oneOf(
    `${last.instancePath}/${key}`,
    words.map(([, word]) => word),
  );
}

/** The fields whose one possible value tells a kind from the others, with that value. */
function saidBy(kind: Record<string, unknown>): [string, unknown][] {
  const properties = (kind.properties ?? {}) as Record<string, object>;
  return Object.entries(properties).flatMap(([key, one]): [string, unknown][] =>
    'const' in one ? [[key, one.const]] : [],
  );
}

/** What a path such as `/scope/kind` leads to. */
function at(from: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
}

function fieldOf({ instancePath, params }: Failure): string {
  const named = params.missingProperty ?? params.additionalProperty;
  return [...instancePath.split('/').filter(Boolean), ...(named ? [String(named)] : [])].join('.');
}

function frenchRule(keyword: string, params: Record<string, unknown>): string {
  switch (keyword) {
    case 'required':
      return 'ce champ est obligatoire et manque';
    case 'additionalProperties':
      return 'ce champ n’est pas attendu';
    case 'type':
      return `le type attendu est ${params.type}`;
    case 'const':
      return `la valeur attendue est ${params.allowedValue}`;
    case 'enum':
      return `la valeur doit être l’une de ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `la valeur doit être ${params.comparison} ${params.limit}`;
    case 'minLength':
    case 'maxLength':
      return `la longueur doit être ${keyword === 'minLength' ? '≥' : '≤'} ${params.limit} caractères`;
    case 'minItems':
      return params.limit === 1
        ? 'la liste est vide, il y faut au moins un élément'
        : `le nombre d’éléments doit être ≥ ${params.limit}`;
    case 'maxItems':
      return `le nombre d’éléments doit être ≤ ${params.limit}`;
    case 'uniqueItems':
      return 'le même élément y est deux fois';
    case 'pattern':
      return `la valeur n’a pas la forme attendue (${params.pattern})`;
    default:
      return 'la valeur n’est pas de la forme attendue';
  }
}
