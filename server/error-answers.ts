import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorAnswer } from './contracts/errors.ts';
import { diskFull } from './disk-full.ts';
import { DomainError, type ErrorCode } from './errors.ts';
import { type Checked, validationFailure } from './validation-failure.ts';

/** The one place where a failure becomes an HTTP answer. */
export function answerError(
  error: FastifyError | DomainError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known =
    error instanceof DomainError
      ? error
      : (databaseLost(error) ?? diskFull(error) ?? fromFastify(error, request));
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

function fromFastify(error: FastifyError, request: FastifyRequest): DomainError {
  const known = byFastifyCode[error.code];
  if (known) return new DomainError(...known);
  if (error.validation) return validationFailure(error, checked(error, request));
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

/** What of the request its schema was held against. */
function checked(error: FastifyError, request: FastifyRequest): Checked {
  const { schema } = request.routeOptions;
  switch (error.validationContext) {
    case 'body':
      return { schema: schema?.body, value: request.body };
    case 'querystring':
      return { schema: schema?.querystring, value: request.query };
    default:
      return { schema: schema?.params, value: request.params };
  }
}
