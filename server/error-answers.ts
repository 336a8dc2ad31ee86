import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorAnswer } from './contracts/errors.ts';
import { diskFull } from './disk-full.ts';
import { DomainError, type ErrorCode } from './errors.ts';

/** The one place where a failure becomes an HTTP answer. */
export function answerError(
  error: FastifyError | DomainError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known =
    error instanceof DomainError
      ? error
      : (databaseLost(error) ?? diskFull(error) ?? fromFastify(error));
  // The cause of a 5xx goes to the log under the request id, never to the user.
  if (known.code === 'internal') request.log.error(error);
  const answer: ErrorAnswer = {
    error: {
      code: known.code,
      message: known.message,
      ...(known.details === undefined ? {} : { details: known.details }),
      requestId: request.id,
    },
  };
  return reply.status(known.status).send(answer);
}

export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0];
  return answerError(
    new DomainError(
      'unknown_route',
      `L’adresse ${request.method} ${path} n’existe pas : la liste des adresses est dans /api/openapi.json.`,
    ),
    request,
    reply,
  );
}

/** SQLSTATE and socket errors of a database that went away under a running server. */
const lost = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', '57P01', '57P03']);

function databaseLost({ code }: FastifyError): DomainError | null {
  if (!lost.has(code)) return null;
  return new DomainError(
    'database_unreachable',
    'La base de données ne répond plus : vérifiez qu’elle est démarrée, puis réessayez.',
  );
}

const byFastifyCode: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'body_too_large',
    'La requête est trop volumineuse (1 Mo au plus) : envoyez moins de communes à la fois.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'Le corps de la requête doit être du JSON : ajoutez l’en-tête « content-type: application/json ».',
  ],
};

function fromFastify(error: FastifyError): DomainError {
  const known = byFastifyCode[error.code];
  if (known) return new DomainError(...known);
  if (error.validation) return fromValidation(error);
  if (error.statusCode === 429) {
    return new DomainError(
      'too_many_requests',
      'Trop de requêtes en peu de temps : attendez une minute avant de réessayer.',
    );
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new DomainError(
      'invalid_request',
      'La requête est illisible : vérifiez que son corps est du JSON valide et son adresse bien écrite.',
    );
  }
  return new DomainError(
    'internal',
    'Une erreur inattendue s’est produite : réessayez, et si elle persiste transmettez le numéro de requête ci-joint à l’administrateur.',
  );
}

const places: Record<string, string> = {
  body: 'le corps',
  querystring: 'les paramètres de l’adresse',
  params: 'l’adresse',
  headers: 'les en-têtes',
};

function fromValidation(error: FastifyError): DomainError {
  const place = places[error.validationContext ?? ''] ?? 'la requête';
  const details = (error.validation ?? []).map((failure) => ({
    where: fieldOf(failure.instancePath, failure.params),
    rule: failure.keyword,
    expected: failure.params,
  }));
  const first = error.validation?.[0];
  const field = first ? fieldOf(first.instancePath, first.params) : '';
  return new DomainError(
    'invalid_request',
    `Dans ${place}${field ? `, « ${field} »` : ''} : ${frenchRule(first?.keyword ?? '', first?.params ?? {})}. Corrigez cette valeur et renvoyez la requête.`,
    details,
  );
}

function fieldOf(path: string, params: Record<string, unknown>): string {
  const named = params.missingProperty ?? params.additionalProperty;
  return [...path.split('/').filter(Boolean), ...(named ? [String(named)] : [])].join('.');
}

function frenchRule(keyword: string, params: Record<string, unknown>): string {
  switch (keyword) {
    case 'required':
      return 'ce champ est obligatoire et manque';
    case 'additionalProperties':
      return 'ce champ n’est pas attendu';
    case 'type':
      return `le type attendu est ${params.type}`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `la valeur doit être ${params.comparison} ${params.limit}`;
    case 'minLength':
    case 'maxLength':
      return `la longueur doit être ${keyword === 'minLength' ? '≥' : '≤'} ${params.limit} caractères`;
    case 'minItems':
    case 'maxItems':
      return `le nombre d’éléments doit être ${keyword === 'minItems' ? '≥' : '≤'} ${params.limit}`;
    case 'pattern':
      return `la valeur n’a pas la forme attendue (${params.pattern})`;
    default:
      return 'la valeur n’est pas de la forme attendue';
  }
}
